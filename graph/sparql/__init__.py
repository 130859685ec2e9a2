"""SPARQL 1.1 read and understood here: grammar, syntax tree, algebra (https://www.w3.org/TR/sparql11-query/)."""
