"""Hits: entities as a list shows them, described from the graph; what search, related and recommendations have in common."""
