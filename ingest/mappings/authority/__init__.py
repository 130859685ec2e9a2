"""Mapping of authority records: one module a group of fields."""
