"""What the driver and the server say when they refuse, as the nearest of our errors, in one sentence."""

from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable

from common.errors import ConfigurationError as WrongSetting
from common.errors import QueryError, QueryLimitError, StoreError

_LONGEST = 300
_CONFLICTS = frozenset(
    {
        # Two made the same index: the next try finds it.
        "Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists",
        "Neo.ClientError.Schema.IndexAlreadyExists",
        # Two transactions made the same node, or one deleted what the other was about to use: the next try sees which.
        "Neo.ClientError.Schema.ConstraintValidationFailed",
        "Neo.ClientError.Statement.EntityNotFound",
    }
)
_SCHEMA = "frequent schema changes"
"""No query could be planned while others made indexes."""
_MEMORY = ("OutOfMemory", "MemoryPoolOutOfMemory")
_TIME = ("TransactionTimedOut", "LockClientStopped", "Terminated")


class NumberError(QueryError):
    """A number did not fit: a division by zero or an overflow."""


class OutdatedError(StoreError):
    """Others changed what a query was reading, which the server noticed: ask again."""


class ConflictError(Exception):
    """Another transaction came between: try again."""


def is_passing(error: Exception) -> bool:
    """Whether the same transaction may succeed when it is tried again."""
    if isinstance(error, ConflictError):
        return True
    if isinstance(error, Neo4jError):
        code = error.code or ""
        if _SCHEMA in (error.message or ""):
            return True
        return code in _CONFLICTS or (error.is_retryable() and not any(word in code for word in (*_MEMORY, *_TIME)))
    return isinstance(error, DriverError) and error.is_retryable()


def store_error(error: Exception, host: str) -> StoreError | WrongSetting:  # noqa: PLR0911  a table of cases
    """The error of a transaction that the platform itself needed."""
    code = getattr(error, "code", None) or ""
    if isinstance(error, AuthError):
        return StoreError(f"{host} asks for a name and password: set store_user and store_password")
    if "Forbidden" in code:
        return StoreError(f"{host} does not allow this to the user of the setting store_user: {one_line(error)}")
    if "DatabaseNotFound" in code:
        return WrongSetting(f"setting store: {host} has no database of that name: {one_line(error)}")
    if any(word in code for word in _MEMORY):
        return StoreError(
            f"{host} has not the memory for a transaction of this size: lower the setting batch_records, or give the "
            "server more (dbms.memory.transaction.total.max, server.memory.heap.max_size)"
        )
    if isinstance(error, ServiceUnavailable | OSError):
        return StoreError(f"{host} can't be reached: {one_line(error)}")
    if isinstance(error, ConflictError):
        return StoreError(f"{host}: other processes came between again and again")
    if isinstance(error, ConfigurationError):
        return WrongSetting(f"setting store: {one_line(error)}")
    return StoreError(f"{host}: {one_line(error)}")


def query_error(error: Exception, host: str) -> QueryError | StoreError | WrongSetting:
    """The error of a query."""
    code = getattr(error, "code", None) or ""
    if any(word in code for word in _TIME):
        return QueryLimitError(f"{host} stopped the query, which took too long")
    if any(word in code for word in _MEMORY):
        return QueryLimitError(f"{host} stopped the query, which needed too much memory")
    if code == "Neo.TransientError.Transaction.Outdated":
        return OutdatedError(f"{host}: others changed what was read: try again")
    if code == "Neo.ClientError.Statement.ArithmeticError":
        return NumberError(f"the query failed: {one_line(error)}")
    if code.startswith("Neo.ClientError.Statement"):
        return QueryError(f"the query failed: {one_line(error)}")
    return store_error(error, host)


def one_line(error: Exception) -> str:
    """The server's words in one line of bounded length."""
    words = getattr(error, "message", None) or str(error)
    return " ".join(str(words).split())[:_LONGEST]
