"""Graph stores: one module an engine, each holding only what is different about it."""
