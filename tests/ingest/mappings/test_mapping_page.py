"""docs/mapping.md says what the mapping does."""

from pathlib import Path

import pytest

from common.namespaces import BF, BFLC, BG, DCTERMS
from ingest.mappings.bibliographic import attributes, edition, notes, physical
from ingest.mappings.facts.note_rules import NoteRule

PREFIXES = {BF: "bf:", BFLC: "bflc:", BG: "bg:", DCTERMS: "dcterms:"}
RULES: dict[str, NoteRule] = {**notes.NOTES, **notes.RESTRICTIONS, **edition.STATEMENTS, "583": notes.ACTION}
TABLES: dict[str, dict[str, str]] = {**physical._CHARACTERISTICS, **attributes._ATTRIBUTES}
PAGE = (Path(__file__).resolve().parents[3] / "docs" / "mapping.md").read_text(encoding="utf-8")


def short(term: str) -> str:
    """A term as the page writes it."""
    namespace = next(n for n in PREFIXES if term[1:].startswith(n))
    return f"`{PREFIXES[namespace]}{term[1 + len(namespace) : -1]}`"


@pytest.mark.parametrize("tag", sorted(RULES))
def test_every_note_is_on_the_page(tag: str) -> None:
    """Each note's property is named."""
    assert short(RULES[tag].predicate) in PAGE


@pytest.mark.parametrize("tag", sorted(TABLES))
def test_every_characteristic_is_on_the_page(tag: str) -> None:
    """Each subfield's property is named."""
    assert [term for term in TABLES[tag].values() if short(term) not in PAGE] == []
