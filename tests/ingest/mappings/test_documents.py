"""What a document's keys become."""

import json
from collections.abc import Iterator

import pytest

from common.terms import is_language_tag
from ingest.mappings.documents import map_document
from ingest.mappings.table import DOCUMENT, WHOLE
from ingest.prepare import Preparer
from ingest.readers.jsonvalues import KEYS, interpret
from ingest.record import Document, RawRecord, RecordKey
from ontology import labels

BASE = "https://x.example/"
FULL = {
    "id": "1",
    "title": "On whales",
    "text": "Whales are large.\n\nThey swim.",
    "authors": ["Hay, J.", {"name": "Carberry, Josiah", "orcid": "https://orcid.org/0000-0002-1825-0097"}],
    "year": 1963,
    "subjects": ["Whales"],
    "lang": "en",
    "url": "https://a.example/7",
    "cites": ["2"],
}
_PREFIXES = (
    "http://id.loc.gov/ontologies/bibframe/",
    "http://id.loc.gov/ontologies/bflc/",
    "http://id.loc.gov/vocabulary/",
    "https://w3id.org/bibliograph/ontology#",
    "https://w3id.org/bibliograph/code/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2004/02/skos/core#",
    "https://schema.org/",
)


def _short(term: str) -> str:
    if term.startswith('"'):
        return term.split("^^", 1)[0] if '"^^<' in term else term
    value = term[1:-1].removeprefix(BASE).removeprefix("id/").replace("/s/1", "")
    for prefix in _PREFIXES:
        value = value.removeprefix(prefix)
    return value


def everything(document: Document) -> set[str]:
    """Statements of a document, those about cited persons among them."""
    graph = map_document(document, RecordKey("s", document.id), BASE)
    return set(graph.statements).union(*(lines for _, lines in graph.cited.values()))


def mapped(**content: object) -> set[str]:
    """Short statements of a document with the id 1."""
    statements = everything(interpret({"id": "1", **content}))
    return {" ".join(map(_short, statement.split(" ", 2))) for statement in statements}


def test_a_document_is_a_text_with_one_instance_and_a_record() -> None:
    """Its supplier and its own id stand where those of a MARC record stand."""
    assert mapped(title="x") >= {
        "work type Work",
        "work type Text",
        "work type Document",
        "instance type Instance",
        "instance instanceOf work",
        "instance adminMetadata graph/record",
        "graph/record type AdminMetadata",
        'graph/record source "s"',
        'graph/record controlNumber "1"',
    }


def test_title_and_text() -> None:
    """One title node on Work and Instance; the text is the Work's, with its lines, and no abstract."""
    found = mapped(title="On whales", text="One.\nTwo.", lang="en-GB")
    assert found >= {
        "work title instance#title-title-1",
        "instance title instance#title-title-1",
        "instance#title-title-1 type Title",
        'instance#title-title-1 mainTitle "On whales"@en-gb',
        'work label "On whales"@en-gb',
        'instance label "On whales"@en-gb',
        r'work text "One.\nTwo."@en-gb',
        "work language languages/eng",
    }
    assert not any("abstract" in statement for statement in found)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("A short text.", "A short text."),
        ("Many words " * 20, "Many words Many words Many words Many words Many words Many words Many words …"),
        ("鲸" * 50, "鲸" * 40 + "…"),
        ("x" * 100, "x" * 80 + "…"),
    ],
)
def test_without_a_title_the_first_words_are_the_label(text: str, label: str) -> None:
    """They are no title, so none is stated, and nothing is wrong with the document."""
    found = mapped(text=text)
    assert {f'work label "{label}"', f'instance label "{label}"'} <= found
    assert not any(" title " in statement for statement in found)
    raw = RawRecord(json.dumps({"id": "1", "text": text}).encode(), "jsonl", 1, 0)
    (prepared,) = Preparer(BASE).prepare([raw]).records
    assert (prepared.reason, prepared.findings) == ("", [])


def test_authors() -> None:
    """The first is primary; an ORCID names a person for good, a name alone an agent of this document."""
    found = mapped(title="x", authors=FULL["authors"])
    assert found >= {
        "work contribution work#contribution-authors-1",
        "work#contribution-authors-1 type PrimaryContribution",
        "work#contribution-authors-1 type Uncontrolled",
        "work#contribution-authors-1 role relators/aut",
        "work#contribution-authors-1 agent agent/Hay,_J.",
        "agent/Hay,_J. type Agent",
        'agent/Hay,_J. label "Hay, J."',
        "work#contribution-authors-2 agent authority/orcid/0000-0002-1825-0097",
        "authority/orcid/0000-0002-1825-0097 type Person",
        "authority/orcid/0000-0002-1825-0097 exactMatch https://orcid.org/0000-0002-1825-0097",
    }
    assert "work#contribution-authors-2 type Uncontrolled" not in found
    assert "work#contribution-authors-2 type PrimaryContribution" not in found


def test_an_orcid_with_a_wrong_check_digit_names_nobody() -> None:
    """It is kept with the agent, marked as incorrect, and listed."""
    found = mapped(title="x", authors=[{"name": "Hay, J.", "orcid": "0000-0002-1825-0098"}])
    assert found >= {
        "work#contribution-authors-1 agent agent/Hay,_J.",
        "agent/Hay,_J. identifiedBy agent/Hay,_J.#identifier-authors-1",
        'agent/Hay,_J.#identifier-authors-1 value "0000-0002-1825-0098"',
        "agent/Hay,_J.#identifier-authors-1 status mstatus/incorrect",
    }
    assert not any("authority/" in statement for statement in found)


@pytest.mark.parametrize(
    ("year", "edtf", "first"),
    [
        (1963, "1963", "1963"),
        ("1963", "1963", "1963"),
        (-44, "-0044", "-44"),
        ("2019-05-03", "2019-05-03", "2019"),
        ("c1998", "1998", "1998"),
        ("1990-1995", "1990/1995", "1990"),
        ("no date", None, None),
        (20190503, None, None),
    ],
)
def test_years(year: object, edtf: str | None, first: str | None) -> None:
    """As written always; as EDTF and as an integer year where there is one."""
    found = mapped(title="x", year=year)
    assert f'instance#provision-year-1 simpleDate "{year}"' in found
    assert (f'instance#provision-year-1 date "{edtf}"' in found) == (edtf is not None)
    assert (f'instance startYear "{first}"' in found) == (first is not None)
    assert any("startYear" in statement for statement in found) == (first is not None)


def test_subjects_belong_to_the_suppliers_list() -> None:
    """Each is a topic of this document, in the language of the document."""
    assert mapped(title="x", subjects=["Whales", "Sea"], lang="en") >= {
        "work subject subject/Whales",
        "subject/Whales type Topic",
        'subject/Whales label "Whales"@en',
        "subject/Whales inScheme graph/vocabulary/s",
        "work subject subject/Sea",
    }


@pytest.mark.parametrize(
    ("lang", "code", "tag"),
    [
        ("en", "eng", "en"),
        ("eng", "eng", "en"),
        ("zh-Hans-CN", "chi", "zh-hans-cn"),
        ("pt_BR", "por", "pt-br"),
        ("iw", "heb", "he"),
        ("yue", "yue", "yue"),
        ("de-CH-1996", "ger", "de-ch-1996"),
    ],
)
def test_languages(lang: str, code: str, tag: str) -> None:
    """A tag gives the term of the code list, and the language of the texts in its shortest form."""
    found = mapped(title="x", lang=lang)
    assert f"work language languages/{code}" in found
    assert f'work label "x"@{tag}' in found
    assert is_language_tag(tag)


@pytest.mark.parametrize("lang", ["English", "xx", "e", "en-", "zh hans", "en-abcdefghi", "英语"])
def test_what_is_no_language_tag_is_withheld_and_listed(lang: str) -> None:
    """The document enters without a language; the finding names the key and the value."""
    raw = RawRecord(json.dumps({"id": "1", "title": "x", "lang": lang}).encode(), "jsonl", 1, 0)
    (prepared,) = Preparer(BASE).prepare([raw]).records
    (finding,) = prepared.findings
    assert (prepared.reason, finding.place, finding.value, finding.action) == ("", "lang", lang, "withhold")
    assert b"bibframe/language" not in prepared.rendered
    assert b'"x"@' not in prepared.rendered


def test_addresses_and_references() -> None:
    """A web address is a link, another text stays one; a cited id is the Work of that document."""
    found = mapped(title="x", url=["https://a.example/7", "ask the desk"], cites=["2", 3, "a b/c"])
    assert found >= {
        "instance electronicLocator https://a.example/7",
        'instance electronicAddress "ask the desk"',
        "work references work/s/2",
        "work references work/s/3",
        "work references work/s/a_b%2Fc",
    }


def test_an_over_long_title_is_shown_by_its_beginning() -> None:
    """The gate withholds the title; the document is found by a label all the same."""
    raw = RawRecord(json.dumps({"id": "1", "title": "word " * 1_000}).encode(), "jsonl", 1, 0)
    (prepared,) = Preparer(BASE).prepare([raw]).records
    assert prepared.reason == ""
    assert {finding.place for finding in prepared.findings} == {"title"}
    assert prepared.rendered.count(b"rdf-schema#label> ") == 4, "Work and Instance, in graph and merge"


def others(key: str) -> Iterator[dict[str, object]]:
    """The full document with another value under ``key``, or in each part of it."""
    if key == "authors":
        yield {**FULL, "authors": ["Other, A."]}
        yield {**FULL, "authors": ["Hay, J.", {"name": "Other, A.", "orcid": "0000-0002-1825-0097"}]}
        yield {**FULL, "authors": ["Hay, J.", {"name": "Carberry, Josiah", "orcid": "0000-0002-1694-233X"}]}
    else:
        yield {**FULL, key: {"lang": "fr", "url": "https://a.example/8"}.get(key, "7")}


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_key_declared_as_mapped_changes_the_graph(key: str) -> None:
    """Another value gives another graph, so that what counts as mapped is."""
    before = everything(interpret(dict(FULL)))
    assert all(everything(interpret(content)) != before for content in others(key))


def test_the_table_maps_the_keys_that_are_read() -> None:
    """No key is known to the reader and unknown to the mapping, or the other way round."""
    assert DOCUMENT.fields.keys() == KEYS.keys()
    declared = {key: set(kind.parts) | {WHOLE} for key, kind in KEYS.items()}
    assert {key: set(mapping.mapped) for key, mapping in DOCUMENT.fields.items()} == declared


def test_documents_use_declared_terms() -> None:
    """Every predicate and class has a label in both languages."""
    terms = {term for s in everything(interpret(dict(FULL))) for term in _terms(s)}
    assert len(terms) > 25
    assert {term for term in terms if term not in labels("en") or term not in labels("zh")} == set()


def _terms(statement: str) -> Iterator[str]:
    _, predicate, obj = statement.split(" ", 2)
    if predicate.endswith("22-rdf-syntax-ns#type>"):
        yield obj[1:-1]
    else:
        yield predicate[1:-1]


def test_the_ledger_counts_every_value_once() -> None:
    """Mapped and unmapped add up to all; a part of an author counts as a subfield does."""
    authors = ["Hay, J.", {"name": "Two, B.", "orcid": "x", "role": "editor"}]
    content = {**FULL, "authors": authors, "doi": "10.1/x", "more": {"a": 1}, "none": None}
    ledger = Preparer(BASE).prepare([RawRecord(json.dumps(content).encode(), "jsonl", 1, 0)]).ledger
    assert ledger.totals() == {"mapped": 11, "dropped": 0, "unmapped": 3, "total": 14}
    assert ledger.unmapped == {"document doi -", "document more -", "document authors role"}
    assert ledger.examples["document doi -"] == ["1: 10.1/x"]


def test_an_undetermined_language_is_none() -> None:
    """``und`` is a tag: nothing is wrong, and nothing is said."""
    assert 'work label "x"' in mapped(title="x", lang="und")
    assert not any("language" in statement for statement in mapped(title="x", lang="und"))
