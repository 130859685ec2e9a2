"""From the graph to documents of the text index: what an entity is found by."""
