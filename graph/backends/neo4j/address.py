"""Where a Neo4j database is: the setting ``store``."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from common.errors import ConfigurationError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
"""``neo4j`` asks a cluster who is responsible, ``bolt`` talks to one server; ``+s`` is encrypted."""

MOUNT = "mount=foreign"
"""After ``?``: the database holds somebody else's graph, which is only read."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a database; it never holds a name or password.

    Attributes:
        url: Of the server, for the driver.
        database: Its name; None: the server's default.
        foreign: It holds somebody else's graph, which is to be mounted read-only.
    """

    url: str
    database: str | None = None
    foreign: bool = False

    @classmethod
    def of(cls, setting: str) -> "Address":
        """The address in a setting ``store``.

        >>> Address.of("neo4j+s://host:7687/library")
        Address(url='neo4j+s://host:7687', database='library', foreign=False)

        Raises:
            ConfigurationError: It is no such address, or holds a name or password.
        """
        try:
            parts = urlsplit(setting)
            _ = parts.port
        except ValueError as error:
            raise ConfigurationError(f"setting store: not an address: {error}") from error
        if parts.username is not None or parts.password is not None:
            raise ConfigurationError(
                "setting store: no name or password in the address; they are the settings store_user and store_password"
            )
        database = parts.path.strip("/")
        known = parts.scheme in SCHEMES and parts.query in {"", MOUNT}
        if not known or not parts.hostname or parts.fragment or "/" in database:
            raise ConfigurationError(
                f"setting store: {setting!r} is not neo4j://HOST:PORT or neo4j://HOST:PORT/DATABASE, with ?{MOUNT} for "
                "a graph of somebody else"
            )
        return cls(f"{parts.scheme}://{parts.netloc}", database or None, foreign=parts.query == MOUNT)

    @property
    def host(self) -> str:
        """For messages."""
        return f"{self.url.rpartition('/')[2]}{f'/{self.database}' if self.database else ''}"
