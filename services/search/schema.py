"""The fields of the text index (https://docs.rs/tantivy): one document a canonical entity."""

from hashlib import blake2b
from importlib.metadata import version

import tantivy

from services.search import words

#: Analysed fields that a search may be restricted to, and what a hit there is worth.
TEXT_FIELDS = {"title": 4.0, "creator": 3.0, "subject": 2.0, "series": 1.0, "publisher": 0.7, "text": 1.0}
#: Values compared as they are; each may occur several times.
RAW_FIELDS = ("iri", "kind", "key", "sound", "initials", "identifier", "call_number", "vocabulary")
#: Facet -> field; counted, and filtered by.
FACET_FIELDS = {
    name: f"facet_{name}"
    for name in (
        "type", "language", "creator", "subject", "format", "classification", "place", "series", "source", "decade",
    )
}  # fmt: skip
ALL = "all"
"""Everything that is said of an entity: what all the words of a query must be in."""
PLAIN = "plain"
"""Titles, names, subjects without stemming: what a misspelt word is compared with."""
PINYIN = "pinyin"
SORT_FIELDS = {"newest": "by_year", "oldest": "by_year", "title": "by_title", "title backwards": "by_title"}
DESCENDING = frozenset({"newest", "title backwards"})
SEQUENCE = "sequence"
STATE = "state"
"""Kind of the one document that says which changeset the index reflects."""
_VERSION = 3
"""Raised when documents are made differently, so that older indexes are made anew."""


def schema() -> tantivy.Schema:
    """The schema."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("iri", stored=True, tokenizer_name="raw", index_option="basic")
    for name in RAW_FIELDS[1:]:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="stemming")
    builder.add_text_field(ALL, tokenizer_name="stemming")
    builder.add_text_field(PLAIN, tokenizer_name="plain")
    builder.add_text_field("name", tokenizer_name="plain")
    builder.add_text_field(PINYIN, tokenizer_name="whitespace")
    builder.add_bytes_field("passage", stored=True)
    builder.add_bytes_field("names", stored=True)
    builder.add_bytes_field("names_digest", stored=True)
    for name in FACET_FIELDS.values():
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in dict.fromkeys(SORT_FIELDS.values()):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    builder.add_unsigned_field("works", stored=True, fast=True)
    builder.add_unsigned_field(SEQUENCE, stored=True)
    return builder.build()


def register(index: tantivy.Index) -> None:
    """Gives an open index the analysers that its schema names."""
    index.register_tokenizer("stemming", words.stemming())
    index.register_tokenizer("plain", words.plain())


def fingerprint() -> str:
    """Changes when an index made before can't be used any more."""
    text = f"{_VERSION} {version('tantivy')} {sorted(TEXT_FIELDS)} {RAW_FIELDS} {sorted(FACET_FIELDS)}"
    return blake2b(text.encode(), digest_size=4).hexdigest()
