"""The examples in the docstrings of the fact modules hold."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from ingest.mappings import bibliographic, facts


@pytest.mark.parametrize(
    "name",
    [f"{p.__name__}.{m.name}" for p in (facts, bibliographic) for m in iter_modules(p.__path__)]
    + ["ingest.mappings.linkage"],
)
def test_examples(name: str) -> None:
    """Every example gives what it says."""
    assert doctest.testmod(import_module(name)).failed == 0
