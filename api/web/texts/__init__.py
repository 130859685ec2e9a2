"""The words of the interface in every language it has: a table for each kind of page."""

from api.web.texts.entity import ENTITY, INCOMING, SPOKES
from api.web.texts.frame import FRAME, PROBLEMS
from api.web.texts.home import HOME
from api.web.texts.preview import PREVIEW
from api.web.texts.search import SEARCH
from api.web.texts.sparql import SPARQL

#: Key -> language -> text; ``{name}`` stands for a value.
TEXTS: dict[str, dict[str, str]] = {**FRAME, **HOME, **SEARCH, **ENTITY, **SPARQL, **PREVIEW}


def text(key: str, language: str, **values: object) -> str:
    """The text of ``key``, in English where the language has none.

    Where a value ``count`` is 1 and there is a text ``{key}-one``, it is that.
    """
    if values.get("count") in {1, "1"} and f"{key}-one" in TEXTS:
        key = f"{key}-one"
    found = TEXTS[key]
    return (found.get(language) or found["en"]).format(**values)


def problem_text(english: str, language: str) -> str:
    """What an error says in a language, in English where the table has no words for it."""
    return PROBLEMS.get(english, {}).get(language, english)


def incoming_label(curie: str, language: str) -> str | None:
    """What links by a predicate are called where they lead to, None if the table has no word for it."""
    found = INCOMING.get(curie)
    return (found.get(language) or found["en"]) if found else None


def spoke_label(curie: str, language: str) -> str | None:
    """What neighbours are called to which an entity leads by a predicate, None if the table has no word for it."""
    found = SPOKES.get(curie)
    return (found.get(language) or found["en"]) if found else None
