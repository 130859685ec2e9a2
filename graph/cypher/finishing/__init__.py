"""The end of a query, done here on the rows of a statement as they come: what Cypher can't say exactly.

Values are exact: decimals are integers of 10^-18, as Oxigraph has them. What is not sure to be as on the other engines
raises ``Unsure``; the query is then evaluated another way.
"""
