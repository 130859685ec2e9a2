"""Readers: one module a format, found by its name."""
