"""Where a SPARQL server is: the setting ``store``, and the paths that servers have for query, update and loading."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from common.errors import ConfigurationError

_SCHEMES = {"sparql+http": "http", "sparql+https": "https"}


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Full addresses of one dataset's services.

    Attributes:
        query: https://www.w3.org/TR/sparql11-protocol/#query-operation
        update: https://www.w3.org/TR/sparql11-protocol/#update-operation
        load: Takes N-Quads by POST as one transaction; "" if there is none.
        timeout: Parameter of ``query`` that limits its seconds; "" if there is none.
    """

    query: str
    update: str
    load: str = ""
    timeout: str = ""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Paths below a dataset's address, as one kind of server has them."""

    query: str
    update: str
    load: str = ""
    timeout: str = ""


#: Tried in this order; the first whose query service answers is the one.
_LAYOUTS = (
    _Layout("/query", "/update", "/store"),  # Oxigraph
    _Layout("/query", "/update", "/data", "timeout"),  # Jena Fuseki
    _Layout("/sparql", "/update", "/data", "timeout"),  # Jena Fuseki
    _Layout("", "/statements", "/statements", "timeout"),  # RDF4J, GraphDB
    _Layout("/query", "/update"),  # Stardog
    _Layout("", "/update"),
    _Layout("", ""),  # one address for both: Virtuoso, Blazegraph, QLever
)
_QUERY_PATHS = ("/query", "/sparql")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a dataset without its scheme's prefix, such as ``https://host:3030/ds``.

    It never holds a name or password: those would end up in logs and messages.
    """

    url: str

    @classmethod
    def of(cls, setting: str) -> "Address":
        """The address in a setting ``store``.

        >>> Address.of("sparql+https://host/ds/")
        Address(url='https://host/ds')

        Raises:
            ConfigurationError: It is no such address, or holds a name or password.
        """
        parts = _split(setting)
        if parts.username is not None or parts.password is not None:
            raise ConfigurationError(
                "setting store: no name or password in the address; they are the settings store_user and store_password"
            )
        if not parts.hostname or parts.query or parts.fragment:
            raise ConfigurationError(f"setting store: {setting!r} is not sparql+https://HOST/PATH")
        return cls(f"{_SCHEMES[parts.scheme]}://{parts.netloc}{parts.path.rstrip('/')}")

    def candidates(self) -> Iterator[Endpoints]:
        """What the services' addresses may be, most likely first."""
        if self.url.endswith(_QUERY_PATHS):
            # The address of the query service itself: the others are beside it, or it serves both.
            base = self.url.rpartition("/")[0]
            given = self.url.removeprefix(base)
            layouts = (*(layout for layout in _LAYOUTS if layout.query == given), _Layout(given, given))
        else:
            base, layouts = self.url, _LAYOUTS
        for layout in layouts:
            load = f"{base}{layout.load}" if layout.load else ""
            yield Endpoints(f"{base}{layout.query}", f"{base}{layout.update}", load, layout.timeout)


def _split(setting: str) -> SplitResult:
    try:
        parts = urlsplit(setting)
        _ = parts.port
    except ValueError as error:
        raise ConfigurationError(f"setting store: not an address: {error}") from error
    if parts.scheme not in _SCHEMES:
        raise ConfigurationError("setting store: the address of a SPARQL server is sparql+https://HOST/PATH")
    return parts
