"""Settings: ``bibliograph.toml`` in the working directory, overridden by ``BIBLIOGRAPH_*`` in the environment."""

from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from common.errors import ConfigurationError
from common.namespaces import Graphs


class Settings(BaseSettings):
    """Everything an installation can set; each field is one key of ``bibliograph.toml``."""

    model_config = SettingsConfigDict(
        env_prefix="BIBLIOGRAPH_", toml_file="bibliograph.toml", extra="forbid", frozen=True
    )

    data: Path = Path("data")
    """The data directory: graph, archive, quarantine, people."""
    store: str = "oxigraph:"
    """The graph store: ``oxigraph:DIRECTORY`` (default: one in the data directory), a Neo4j database
    (``neo4j://HOST``), or any SPARQL 1.1 server as ``sparql+https://HOST/PATH`` (also ``sparql+http``)."""
    store_user: str = ""
    """Name under which a graph store on a server knows this installation."""
    store_password: SecretStr = SecretStr("")
    """Password of ``store_user``; without a name, a bearer token. Best given as ``BIBLIOGRAPH_STORE_PASSWORD``."""
    base: str = "https://bibliograph.example/"
    """Base IRI of all entities and graphs; recorded in the data directory, can't change afterwards."""
    languages: tuple[str, ...] = Field(default=("en", "zh"), min_length=1)
    """Languages of the interface, in order of preference."""
    database: str = ""
    """SQLAlchemy URL of the people database; default: ``people.db`` in the data directory."""
    host: str = "127.0.0.1"
    port: int = Field(default=8010, ge=0, le=65_535)
    query_seconds: float = Field(default=30.0, gt=0)
    """Time limit of a user's query, in seconds."""
    query_rows: int = Field(default=100_000, ge=1)
    """Row limit of a user's query."""
    query_megabytes: int = Field(default=1024, ge=64)
    """Memory limit of a user's query, in MB."""
    query_workers: int = Field(default=2, ge=1, le=256)
    """Worker processes for users' queries."""
    query_characters: int = Field(default=100_000, ge=1)
    """Longest query accepted, in characters."""
    query_depth: int = Field(default=64, ge=1)
    """Deepest nesting of brackets accepted in a query."""
    record_bytes: int = Field(default=10_000_000, ge=1_000)
    """Longest single record accepted, in bytes; a longer one goes to quarantine."""
    batch_records: int = Field(default=1_000, ge=1)
    """Records committed to the graph at a time."""

    @field_validator("base")
    @classmethod
    def _base_ends_in_slash(cls, base: str) -> str:
        if not base.startswith(("http://", "https://")) or any(c in base for c in ' <>"{}|\\^`#?'):
            raise ValueError("must be an http(s) IRI without query or fragment")
        return base if base.endswith("/") else f"{base}/"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  pydantic passes it by name
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then ``bibliograph.toml``."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @cached_property
    def graphs(self) -> Graphs:
        """IRIs of the named graphs under ``base``."""
        return Graphs(self.base)


def load(**overrides: object) -> Settings:
    """The settings of this process.

    Raises:
        ConfigurationError: A setting is unknown or wrong; the message names it.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic validates
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise ConfigurationError(f"setting {name}: there is no such setting") from error
        raise ConfigurationError(f"setting {name}: {first['msg'].removeprefix('Value error, ')}") from error
    except ValueError as error:
        raise ConfigurationError(f"bibliograph.toml: {error}") from error
