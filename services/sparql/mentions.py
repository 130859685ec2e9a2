"""Whether a query asks for text (``services.sparql.text``), found without loading what answers that."""

from common.errors import InputError
from common.namespaces import BG
from graph.lexer import tokens

TEXT = f"{BG}text"


def mentions_text(text: str) -> bool:
    """Whether a query may hold ``bg:text``: quickly, and without a parser."""
    return any(
        (token.kind == "name" and token.text.endswith(":text")) or (token.kind == "iri" and token.text == f"<{TEXT}>")
        for token in tokens(text)
    )


def refuse_in_update(text: str) -> None:
    """Refuses ``bg:text`` in an update, where it would find nothing.

    Raises:
        InputError: It is there.
    """
    if mentions_text(text):
        raise InputError("bg:text works in queries, not in updates")
