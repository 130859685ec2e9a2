"""One engine for fields that are text: which property, of Work or Instance, which subfields, in whose language."""

from typing import NamedTuple

from ingest.mappings.description import Description
from ingest.mappings.facts.addresses import state_link
from ingest.mappings.facts.texts import note
from ingest.mappings.table import Drop, FieldFunction, MappingTable
from ingest.record import DataField, MarcRecord

_CONTROL = "356"
_PRIVATE = "0"
#: Fields of names, subjects and added entries lose nothing.
_NEVER_DROPPED = frozenset("167")
LINK_NUMBER = Drop("link number", "Orders or groups fields of one record; each field is stated whole without it")


class NoteRule(NamedTuple):
    """How a field becomes one text.

    Attributes:
        predicate: A datatype property.
        codes: Subfields of the text, in the order of the field.
        of_work: Whether it is said of the Work, else of the Instance.
        joint: What joins subfields that no punctuation joins.
        own_language: Whether the text is in the language of the resource, not of the cataloguer.
        has_link: Whether $u holds a web address.
        may_be_private: Whether a first indicator 0 keeps it from the public.
    """

    predicate: str
    codes: str = "a"
    of_work: bool = False
    joint: str = " "
    own_language: bool = False
    has_link: bool = False
    may_be_private: bool = False

    @property
    def declared(self) -> str:
        """Every subfield code that this rule uses."""
        return self.codes + _CONTROL + ("u" if self.has_link else "")


def register(table: MappingTable[MarcRecord], rules: dict[str, NoteRule]) -> None:
    """Adds the fields of ``rules`` to a mapping table."""
    for tag, rule in rules.items():
        drop = {} if tag[0] in _NEVER_DROPPED else {"8": LINK_NUMBER}
        table.maps(tag, codes=rule.declared, drop=drop)(_writer(rule))


def _writer(rule: NoteRule) -> FieldFunction:
    def write(d: Description, f: DataField) -> None:
        write_note(d, f, rule)

    return write


def write_note(d: Description, f: DataField, rule: NoteRule) -> None:
    """States the field's text, and its link as a link."""
    if rule.may_be_private and f.ind1 == _PRIVATE:
        return
    subject = d.work if rule.of_work else d.instance
    d.text(subject, rule.predicate, note(f, rule.codes, rule.joint), d.lang if rule.own_language else d.note_lang)
    if rule.has_link:
        for value in f.all("u"):
            state_link(d, subject, value)
