"""Citations of works and editions: read from the graph once, written in several styles."""
