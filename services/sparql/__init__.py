"""Users' SPARQL queries: checked, then run in killable worker processes over an immutable snapshot."""
