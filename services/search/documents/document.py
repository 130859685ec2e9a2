"""A document: what one canonical entity is found, filtered, counted and sorted by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

import tantivy

from services.search import pinyin, words
from services.search.schema import ALL, FACET_FIELDS, PINYIN, PLAIN, SEQUENCE, STATE, TEXT_FIELDS

_IN_PLAIN = ("title", "creator", "subject", "series", "publisher")
_LONGEST_PASSAGE = 4_000
"""Characters of notes and abstracts kept to show where a query matched."""
_LONGEST_WORD = 12
"""Characters of a Chinese name that counts as one word when a query is segmented."""


@dataclass(slots=True)
class Document:
    """One canonical entity.

    Attributes:
        iri: Without brackets.
        kind: ``work``, ``agent``, ``subject``, ``place``, ``hub`` or ``event``.
        texts: Field of ``TEXT_FIELDS`` -> texts as they are written.
        names: Titles or names in full, the preferred ones first; what suggestions complete and exact searches match.
        identifiers: In every form that may be asked for.
        call_numbers: As ``numbers.call_number`` makes them.
        facets: Facet -> values.
        years: Years of publication.
        sort_title: What the entity is filed under, "" for last.
        works: Works behind it.
    """

    iri: str
    kind: str
    texts: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in TEXT_FIELDS})
    names: list[str] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    call_numbers: list[str] = field(default_factory=list)
    facets: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FACET_FIELDS})
    years: list[int] = field(default_factory=list)
    sort_title: str = ""
    works: int = 0

    def to_tantivy(self) -> tantivy.Document:
        """The document as the index takes it."""
        made = tantivy.Document()
        made.add_text("iri", self.iri)
        made.add_text("kind", self.kind)
        self._add_texts(made)
        self._add_names(made)
        _add_all(made, "identifier", self.identifiers)
        _add_all(made, "call_number", self.call_numbers)
        for name, values in self.facets.items():
            _add_all(made, FACET_FIELDS[name], values)
        self._add_order(made)
        return made

    def _add_texts(self, made: tantivy.Document) -> None:
        everything: list[str] = []
        for name, texts in self.texts.items():
            forms = [form for text in dict.fromkeys(texts) for form in words.variants(text)]
            _add_all(made, name, forms)
            everything += forms
            if name in _IN_PLAIN:
                _add_all(made, PLAIN, forms)
        _add_all(made, ALL, everything)
        if passage := "\n".join(dict.fromkeys(self.texts["text"]))[:_LONGEST_PASSAGE]:
            made.add_bytes("passage", passage.encode())

    def _add_names(self, made: tantivy.Document) -> None:
        names = list(dict.fromkeys(self.names))
        made.add_bytes("names", "\n".join(names)[:_LONGEST_PASSAGE].encode())
        made.add_bytes("names_digest", names_digest(names))
        forms = [form for name in names for form in words.variants(name)]
        _add_all(made, "name", forms)
        keys = [key for form in forms if (key := words.key(form))]
        _add_all(made, "key", [*keys, *(words.without_article(key) for key in keys)])
        creators = self.texts["creator"] if self.kind == "work" else []
        sounds = [found for name in (*forms, *dict.fromkeys(creators)) if (found := pinyin.syllables(name))]
        _add_all(made, PINYIN, [" ".join(found) for found in sounds])
        _add_all(made, "sound", ["".join(found) for found in sounds])
        _add_all(made, "initials", [pinyin.initials(found) for found in sounds])
        if self.kind != "work":
            _add_all(made, "vocabulary", [key for key in keys if words.has_han(key) and len(key) <= _LONGEST_WORD])

    def _add_order(self, made: tantivy.Document) -> None:
        for year in sorted(set(self.years)):
            made.add_integer("year", year)
        if self.years:
            made.add_text("by_year", f"{min(self.years):05d} {self.iri}")
        if self.sort_title:
            made.add_text("by_title", f"{filed(self.sort_title)} {self.iri}")
        made.add_unsigned("works", self.works)


def names_digest(names: Iterable[str]) -> bytes:
    """Tells whether an entity has other names than before; their order does not count."""
    return blake2b("\n".join(sorted(set(names))).encode(), digest_size=8).digest()


def filed(title: str) -> str:
    """Where a title is filed: without its article; Chinese by its sound, among the other titles.

    >>> filed("The tempest"), filed("红楼梦 = Dream")
    ('tempest', 'hong lou meng')
    """
    key = words.without_article(words.key(title))
    return " ".join(pinyin.syllables(key)) if key and words.HAN.match(key) else key


def state(sequence: int) -> tantivy.Document:
    """The document that says which changeset the index reflects."""
    made = tantivy.Document()
    made.add_text("kind", STATE)
    made.add_unsigned(SEQUENCE, sequence)
    return made


def _add_all(made: tantivy.Document, name: str, values: Iterable[str]) -> None:
    for value in dict.fromkeys(values):
        made.add_text(name, value)
