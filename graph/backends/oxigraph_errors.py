"""pyoxigraph's exceptions as the nearest of ours; it tells them apart only by their text."""

from pathlib import Path

from common.errors import QueryError, StoreBusyError, StoreError, StoreReadOnlyError
from graph.backends.oxigraph_syntax import syntax_error

_BUSY = ("lock hold by current process", "LOCK: Resource temporarily unavailable", "While lock file")
_READ_ONLY = ("Read-only file system", "Permission denied", "Operation not permitted")
_FULL = ("No space left on device", "Disk quota exceeded")


def query_error(error: Exception, text: str) -> QueryError:
    """What the query or update ``text`` raised; a syntax error with its line and column."""
    message = " ".join(str(error).split())
    if isinstance(error, SyntaxError):
        return syntax_error(message, text)
    return QueryError(f"the query failed: {message[:500]}")


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
