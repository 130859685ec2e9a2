"""Neo4j as a store: RDF as the property graph that a Cypher user expects, without loss.

The driver is an optional part.

Raises:
    ConfigurationError: It is not installed.
"""

from common.errors import ConfigurationError

try:
    import neo4j as _driver  # noqa: F401  only to see that it is there
except ImportError as error:
    raise ConfigurationError("a graph on Neo4j needs its driver: pip install 'bibliograph[neo4j]'") from error
