"""The SHACL shapes, by class, and their loader."""
