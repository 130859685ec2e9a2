"""Mappings from records to graph."""
