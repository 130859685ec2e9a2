"""What a plain document's keys mean: one module a group of keys, each adding its part to ``table.DOCUMENT``."""
