"""pyoxigraph's exceptions as the nearest of ours; it tells them apart only by their text."""

import re
from pathlib import Path

from common.errors import QueryError, QuerySyntaxError, StoreBusyError, StoreError, StoreReadOnlyError

_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_BUSY = ("lock hold by current process", "LOCK: Resource temporarily unavailable", "While lock file")
_READ_ONLY = ("Read-only file system", "Permission denied", "Operation not permitted")
_LONGEST = 200
_FULL = ("No space left on device", "Disk quota exceeded")


def query_error(error: Exception) -> QueryError:
    """What a query or update raised; a syntax error with its line and column."""
    message = " ".join(str(error).split())
    if not isinstance(error, SyntaxError):
        return QueryError(f"the query failed: {message[:500]}")
    match = _POSITION.match(message)
    if match is None:
        return QuerySyntaxError(message[:300])
    return QuerySyntaxError(_shorten(match.group(3)), int(match.group(1)), int(match.group(2)))


def _shorten(expected: str) -> str:
    """The parser lists every character class that it could have read: keep the beginning."""
    return expected if len(expected) <= _LONGEST else f"{expected[:_LONGEST]}…"


def store_error(error: Exception, path: Path | None) -> StoreError:
    """What opening or writing the store raised."""
    message, where = " ".join(str(error).split()), path or "memory"
    if _is_permission(error, message):
        return StoreReadOnlyError(f"graph store {where} can't be written: {message[:300]}")
    if any(sign in message for sign in _BUSY):
        return StoreBusyError(f"graph store {where} is open in another process")
    if any(sign in message for sign in _FULL):
        return StoreError(f"graph store {where}: the disk is full")
    return StoreError(f"graph store {where}: {message[:500]}")


def _is_permission(error: Exception, message: str) -> bool:
    return isinstance(error, PermissionError) or any(sign in message for sign in _READ_ONLY)
