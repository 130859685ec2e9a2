"""One process owns an embedded store; others send their work to it through a socket in the data directory."""
