"""Search: seeds from the text index, everything else from the graph."""
