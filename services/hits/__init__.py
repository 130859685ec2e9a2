"""Hits: entities as a list shows them, described from the graph; what search, related and the like have in common."""
