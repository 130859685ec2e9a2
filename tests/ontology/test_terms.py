"""Every vocabulary term that the code names is declared in the ontology, under a name that its publisher knows."""

from functools import cache

import pytest
from terms_in_code import python_files, terms_in, terms_in_code, terms_in_query

from ontology import labels


def test_the_collector_sees_calls_and_formatted_names() -> None:
    """Terms are found as ``bf("…")``, ``names.bg("…")`` and ``f"<{ns.SKOS}…>"``, and nowhere else."""
    source = 'a = bf("Work")\nb = names.bg("score")\nc = f"<{ns.SKOS}note>"\nd = f"{PROV}Activity"\ne = other("bf:x")'
    assert terms_in(source) == {
        "http://id.loc.gov/ontologies/bibframe/Work",
        "https://w3id.org/bibliograph/ontology#score",
        "http://www.w3.org/2004/02/skos/core#note",
        "http://www.w3.org/ns/prov#Activity",
    }


def test_the_collector_sees_prefixed_names_in_queries() -> None:
    """A query's prefixed names are found, what stands in its comments is not."""
    query = "# bg:none\nPREFIX bg: <x#>\nSELECT * { ?w bf:title/bf:mainTitle ?t ; a bf:Work . ?w bg:canonical ?e }"
    names = {term.split("bibframe/")[-1].split("#")[-1] for term in terms_in_query(query)}
    assert names == {"title", "mainTitle", "Work", "canonical"}


def test_the_collector_reads_the_mappings() -> None:
    """The scan covers mapping modules and the graph layer, so that an empty result can't pass for a clean one."""
    assert {path.name for path in python_files()} >= {"titles.py", "vocabulary.py", "suppressions.py"}
    assert len(terms_in_code()) > 100


@cache
def undeclared(lang: str) -> dict[str, list[str]]:
    """Terms without a label in ``lang``, with the files that name them."""
    known = labels(lang)
    return {term: sorted(files) for term, files in terms_in_code().items() if term not in known}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_term_in_the_code_is_declared(lang: str) -> None:
    """A term that a mapping writes has a label in both languages; the message names term and file."""
    assert undeclared(lang) == {}
