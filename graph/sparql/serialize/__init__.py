"""Algebra back to SPARQL 1.1 text that any engine evaluates to the same answer.

The text says the algebra literally, in more braces than a person would write: a nested ``{}`` or subquery wherever a
group of SPARQL would otherwise mean another tree. Hidden variables get names that the query does not use. It holds no
shorthands and no prefixes; what ``graph.sparql.parser`` reads from it is equivalent, not equal.
"""

from graph.sparql.serialize.requests import serialize_pattern, serialize_query, serialize_update

__all__ = ["serialize_pattern", "serialize_query", "serialize_update"]
