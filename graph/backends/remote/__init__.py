"""A graph store behind any endpoint of SPARQL 1.1 with query, update and, for speed, loading of N-Quads."""

from graph.backends.remote.address import Address
from graph.backends.remote.store import RemoteStore

__all__ = ["Address", "RemoteStore"]
