"""Services: what users do, as queries over the graph."""
