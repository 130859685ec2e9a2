"""The people database: SQLite in the data directory, or any URL that SQLAlchemy takes.

What is deleted from SQLite is overwritten (``secure_delete``), and its file is readable by its owner alone.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase

from common.errors import ConfigurationError, StoreError
from common.settings import Settings

_PRAGMAS = ("secure_delete = ON", "journal_mode = WAL", "foreign_keys = ON", "busy_timeout = 5000")


class Base(DeclarativeBase):
    """Base of all tables of the people database."""


def open_database(settings: Settings) -> Engine:
    """The engine of the people database; missing tables are created.

    Raises:
        ConfigurationError: ``database`` is no SQLAlchemy URL, or its driver is not installed.
        StoreError: The database can't be opened or written.
    """
    engine = _engine(_url(settings))
    try:
        Base.metadata.create_all(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        raise StoreError(f"people database {engine.url.render_as_string()}: {_reason(error)}") from error
    return engine


def _url(settings: Settings) -> URL:
    if not settings.database:
        return _sqlite_file(settings.data / "people.db")
    try:
        return make_url(settings.database)
    except SQLAlchemyError as error:
        raise ConfigurationError(f"setting database: {_reason(error)}") from error


def _sqlite_file(path: Path) -> URL:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise StoreError(f"people database {path}: {error.strerror}") from error
    return URL.create("sqlite", database=str(path))


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url)
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        raise ConfigurationError(f"setting database: {_reason(error)}") from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "orig", None) or error).split())[:300]
