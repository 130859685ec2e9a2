"""Related: what the graph associates with an entity, and why."""
