"""How much memory it takes to read a large graph from a server."""
