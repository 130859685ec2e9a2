"""The neighbourhood of an entity: what it is linked to, as nodes and edges, few enough to be drawn."""
