"""Every code that records are mapped to is described in a vocabulary, in English and Chinese."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from record_sets import CLASSICS, SAMPLES, decoded, shared

from common.namespaces import CODE, SKOS
from ingest.codes.vocabulary import LOC, vocabulary_graphs
from ingest.mappings.marc21 import map_record
from ingest.record import MarcRecord, RecordKey

#: Families whose terms may be without a description. Each with its reason.
UNDESCRIBED_FAMILIES = {
    f"{LOC}organizations": "some ten thousand libraries have a code; no open list names them all",
    f"{CODE}subject_schemes": "$2 holds the names of local vocabularies too",
    f"{CODE}issn_centres": "the ISSN International Centre's list of its centres is not open",
    f"{CODE}iamlmf": "047 $2: another body's list of musical forms",
    **dict.fromkeys(
        (
            f"{LOC}{name}"
            for name in "mspecplayback mpresformat mbroadstd mencformat mrecmedium mplayback mrectype".split()
        ),
        "a term that the record itself names by its address in $0",
    ),
}
#: Terms that stand for mistakes and inventions of the records: no such code exists.
MISTAKES = {
    f"{CODE}countries": "en b ab",
    f"{CODE}languages": "rda foo nope",
    f"{CODE}areas": "-gx -iq",
    f"{CODE}relators": "hon",
    f"{CODE}music_medium": "zz",
    f"{CODE}national_bibliographies": "ASDVF",
    f"{LOC}classSchemes": "mesh ordocs eflch",
    f"{LOC}identifiers": "sample gettyulan",
    f"{LOC}descriptionConventions": "nars_staff_bulletin_no._16",
    f"{LOC}marcauthen": "pcc_record",
    f"{LOC}genreFormSchemes": "foo",
    f"{LOC}frequencies": "anl",
}
SETS = ("lc_marc2bibframe2", "lc_bibframe2marc", "folio_mod-data-import", "stanford_searchworks")


@cache
def described() -> frozenset[str]:
    """Terms with a label in both languages."""
    labels: dict[str, set[str]] = defaultdict(set)
    for statements in vocabulary_graphs("https://x.example/").values():
        for subject, predicate, label in (statement.split(" ", 2) for statement in statements):
            if predicate == f"<{SKOS}prefLabel>":
                labels[subject].add(label[-3:])
    return frozenset(subject for subject, languages in labels.items() if languages == {"@en", "@zh"})


def stated(records: list[MarcRecord]) -> set[str]:
    """Terms of code lists that are objects of statements."""
    found = set()
    for record in records:
        graph = map_record(record, RecordKey("s", "1"), "https://x.example/")
        for statement in [*graph.statements, *(line for _, lines in graph.cited.values() for line in lines)]:
            obj = statement.split(" ", 2)[2]
            if obj.startswith((f"<{LOC}", f"<{CODE}")):
                found.add(obj)
    return found


def nameless(paths: list[Path]) -> list[str]:
    """Terms that no vocabulary describes and no exception explains."""
    terms = stated([record for path in paths for record in decoded(path)]) - described()
    return sorted(term for term in terms if not excepted(*term[1:-1].rsplit("/", 1)))


def excepted(family: str, code: str) -> bool:
    """Whether a term may be without a description."""
    return family in UNDESCRIBED_FAMILIES or code in MISTAKES.get(family, "").split()


def test_codes_of_the_samples_are_described() -> None:
    """What readers of our own samples see has a name."""
    assert nameless([SAMPLES, *CLASSICS]) == []


@pytest.mark.shared_data
@pytest.mark.parametrize("name", SETS)
def test_codes_of_shared_sets_are_described(name: str) -> None:
    """Likewise in the shared sets."""
    assert nameless(shared(name)) == []


def test_most_codes_of_the_samples_are_no_exceptions() -> None:
    """Beside organisations, nearly all terms that samples state are described."""
    terms = {term for term in stated(list(decoded(SAMPLES))) if f"<{LOC}organizations/" not in term}
    assert len(terms & described()) / len(terms) > 0.9
