"""Parameters of the routes: what is not known is refused by name, so that a misspelt filter never filters nothing."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from common.errors import InputError
from graph.canonical import is_absolute_iri

LONGEST_TEXT = 2_000
LONGEST_IRI = 4_000


class Parameters(BaseModel):
    """What every route takes."""

    model_config = ConfigDict(extra="forbid")

    lang: str | None = Field(
        None,
        max_length=35,
        pattern=r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$",
        description="Language of the reader; default: as Accept-Language",
    )

    @classmethod
    def model_json_schema(cls, *args: Any, **how: Any) -> dict[str, Any]:
        """As pydantic's; the plain one, which is asked for at each request, is made once."""
        return super().model_json_schema(*args, **how) if args or how else _schema(cls)

    @model_validator(mode="before")
    @classmethod
    def _only_known(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Refuses what is not known; what is left empty, as forms send it, was not given."""
        known = [field.alias or name for name, field in cls.model_fields.items()]
        for name in given:
            if name not in known:
                raise InputError(f"{name[:40]}: there is no such parameter; there are {', '.join(known)}")
        return {name: value for name, value in given.items() if value not in ("", [""])}


@cache
def _schema(model: type[Parameters]) -> dict[str, Any]:
    # The class method itself: the subclass's own one is what asks here.
    return BaseModel.model_json_schema.__func__(model)  # type: ignore[attr-defined,no-any-return]


def term(iri: str) -> str:
    """The term of an IRI that was sent.

    Raises:
        InputError: It is none.
    """
    if not is_absolute_iri(iri):
        raise InputError(f"iri: {iri[:80]!r} is no IRI")
    return f"<{iri}>"
