"""Importing the modules of a package, each of which adds its part to a mapping table."""

from importlib import import_module
from pkgutil import iter_modules


def load(*packages: str) -> None:
    """Imports every module of these packages of ``ingest.mappings``."""
    for name in packages:
        package = import_module(f"ingest.mappings.{name}")
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")
