"""The OWL ontology, in modules, and its loader."""
