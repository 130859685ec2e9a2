"""SPARQL over a property graph: compiled to Cypher where that is exact, evaluated on fetched data where it is not."""
