"""From sources to graph: readers, archive, mappings, gate, pipeline."""
