"""The servers of the contract suite."""

from tests.graph.contract.conftest import servers

__all__ = ["servers"]
