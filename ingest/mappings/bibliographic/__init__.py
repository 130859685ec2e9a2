"""Mapping of bibliographic records: one module a group of fields."""
