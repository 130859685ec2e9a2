"""The people database as a server holds it: opened when first needed, for SQLAlchemy takes a while to load."""

from threading import Lock
from typing import TYPE_CHECKING

from common.settings import Settings

if TYPE_CHECKING:
    from people.tokens import Tokens


class People:
    """The relational side of an installation.

    Args:
        settings: Name the database.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = Lock()
        self._tokens: Tokens | None = None

    @property
    def tokens(self) -> "Tokens":
        """Access tokens.

        Raises:
            ConfigurationError, StoreError: The database can't be opened.
        """
        with self._lock:
            if self._tokens is None:
                from people.database import open_database  # noqa: PLC0415  loads late: a server starts quickly
                from people.tokens import Tokens  # noqa: PLC0415

                self._tokens = Tokens(open_database(self._settings))
            return self._tokens

    def close(self) -> None:
        """Closes the database if it was opened."""
        with self._lock:
            if self._tokens is not None:
                self._tokens.close()
                self._tokens = None
