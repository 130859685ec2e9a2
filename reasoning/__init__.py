"""Reasoning over the graph: resolution of headings to entities, scored and reversible."""
