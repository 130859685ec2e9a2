"""Readers: bytes of any format to records. A file with ``NAME`` and the functions of ``Reader`` is a format more."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO, Protocol, cast

from common.errors import InputError
from ingest.readers import unimarc
from ingest.readers.detection import Detection, is_plainly_other, nearest
from ingest.record import RawRecord, Record, Unreadable

__all__ = ["HEAD", "Detection", "Reader", "decode", "detect", "is_unimarc", "read", "reader", "readers"]

HEAD = 1 << 17
"""Bytes of a file that ``detect`` wants to see: one whole ISO 2709 record at least."""
_ENOUGH = 0.3
is_unimarc = unimarc.is_unimarc


class Reader(Protocol):
    """What a module in this package offers to be a format."""

    NAME: str

    def sniff(self, head: bytes) -> float:
        """How much ``head``, the first bytes of a file, looks like this format: 0 to 1."""

    def read(self, stream: BinaryIO, limit: int) -> Iterator[RawRecord | Unreadable]:
        """Splits bytes into records of at most ``limit`` bytes; decodes nothing."""

    def decode(self, data: bytes, encoding: str | None = None) -> Record:
        """One record; ``InputError`` if it can't be had, soft repairs in its ``warnings``."""


@lru_cache(maxsize=1)
def readers() -> dict[str, Reader]:
    """Every reader by name."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return {module.NAME: cast("Reader", module) for module in modules if hasattr(module, "NAME")}


def reader(name: str) -> Reader:
    """The reader of format ``name``.

    Raises:
        InputError: There is none; the message lists those there are.
    """
    try:
        return readers()[name]
    except KeyError:
        known = ", ".join(sorted(readers()))
        raise InputError(f"format {name}: not known; these are: {known}") from None


def detect(head: bytes, name: str) -> Detection:
    """Which format the first bytes of file ``name`` are in.

    Raises:
        InputError: No reader recognises it, or it is UNIMARC; one line says what was found.
    """
    scored = sorted(((r.sniff(head), r.NAME) for r in readers().values()), reverse=True)
    confidence, best = scored[0]
    if confidence < _ENOUGH or is_plainly_other(head):
        raise InputError(f"{name}: {nearest(head)}")
    sample, encoding = unimarc.look(reader(best), head)
    if sample:
        raise InputError(f"{name}: unimarc ({best}): {sample}; UNIMARC is not read yet, convert it to MARC 21")
    return Detection(best, encoding, confidence, f"looks like {best}")


def read(stream: BinaryIO, name: str, limit: int) -> Iterator[RawRecord | Unreadable]:
    """Records of ``stream`` in format ``name``, none longer than ``limit`` bytes."""
    return reader(name).read(stream, limit)


def decode(raw: RawRecord, encoding: str | None = None) -> Record:
    """The record that ``raw`` holds; ``encoding`` overrules what it declares.

    Raises:
        InputError: It can't be decoded; the message says why, not where.
    """
    return readers()[raw.format].decode(raw.data, encoding)
