"""The retrieval benchmark reads its collections right, measures right, and goes the way of real text collections."""

import doctest
import math
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.retrieval.__main__ import _Asked, _load, _scores
from benchmarks.retrieval.collection import COLLECTIONS, DATA, Collection, cisi, cranfield, document
from benchmarks.retrieval.measure import chance, ndcg
from benchmarks.retrieval.peer import Fts5
from services.search.searcher import Searcher
from services.workspace import Workspace

GRADES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-1, 3)).filter(
    lambda g: any(v > 0 for v in g.values())
)


@pytest.mark.parametrize("module", ["measure", "collection"])
def test_examples(module: str) -> None:
    """The examples in the docstrings hold."""
    result = doctest.testmod(import_module(f"benchmarks.retrieval.{module}"))
    assert result.attempted
    assert not result.failed


@given(grades=GRADES, ranked=st.lists(st.sampled_from("abcdefghxyz"), unique=True))
def test_the_ideal_ranking_has_one_and_none_has_more(grades: dict[str, int], ranked: list[str]) -> None:
    """Whatever is ranked, the measure stays between 0 and 1, and is 1 for the best documents in their order."""
    ideal = sorted(grades, key=lambda name: -grades[name])
    assert ndcg(ideal, grades) == pytest.approx(1)
    assert 0 <= ndcg(ranked, grades) <= 1 + 1e-9


def test_grades_and_ranks_count_as_published() -> None:
    """Linear gain, log2 of the rank plus one, an ideal of all judged documents; a repeated document counts once."""
    grades = {"a": 3, "b": 1, "c": 0, "d": -1}
    assert ndcg(["b", "c", "a"], grades) == pytest.approx((1 + 3 / 2) / (3 + 1 / math.log2(3)))
    assert ndcg(["a", "a", "b"], grades) == ndcg(["a", "b"], grades) == 1
    assert ndcg([*"cdefghijkl", "a"], grades) == 0, "the eleventh does not count"


def test_the_bootstrap_tells_a_difference_from_none() -> None:
    """The same scores are never better, better ones always; mixed ones lie between, the same each time."""
    mixed = [0.5 + (-1) ** n * 0.1 for n in range(40)]
    assert chance(mixed, mixed) == 1
    assert chance([score + 0.01 for score in mixed], mixed) == 0
    assert 0.2 < chance(mixed, [0.5] * 40) == chance(mixed, [0.5] * 40) < 0.8


def test_cranfield_queries_are_judged_by_their_place(tmp_path: Path) -> None:
    """Queries bear numbers with gaps, the judgements count; what has grade 0 is not relevant."""
    (tmp_path / "cran.all.1400.xml").write_text(
        "<doc>\n<docno>1</docno>\n<title>wings\nand flow .</title>\n<author>a,b.</author>\n<bib>x</bib>\n"
        "<text>a & b <text</text>\n</doc>\n<doc><docno>2</docno><title></title><author></author><text></text></doc>"
    )
    (tmp_path / "cran.qry.xml").write_text(
        "<xml><top><num> 1</num><title>\none .\n</title></top><top><num> 4</num><title>two .</title></top></xml>"
    )
    (tmp_path / "cranqrel.trec.txt").write_text("1 0 1 0\n2 0 1 1\n2 0 2 0\n")
    found = cranfield(tmp_path)
    assert found.queries == {"2": "two ."}
    assert found.judgements == {"2": {"1": 1, "2": 0}}
    assert [d["title"] for d in found.documents] == ["wings and flow .", ""]
    assert found.documents[0]["text"] == "a & b <text"


def test_cisi_queries_have_their_titles(tmp_path: Path) -> None:
    """A query is all that it says; one without judgements is left out; cross references are no text."""
    (tmp_path / "CISI.ALL").write_text(".I 1\n.T\nTitle\n.A\nOne, A.\nTwo, B.\n.W\nText.\n.X\n1\t5\t1\n")
    (tmp_path / "CISI.QRY").write_text(".I 1\n.W\nWhat?\n.I 2\n.T\nHead \n.W\nBody.\n")
    (tmp_path / "CISI.REL").write_text("     2     1\t0\t0.000000\n")
    found = cisi(tmp_path)
    assert found.documents == [document("1", "Title", ["One, A.", "Two, B."], "Text.")]
    assert (found.queries, found.judgements) == ({"2": "Head Body."}, {"2": {"1": 1}})


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "documents", "queries", "relevant"), [("cranfield", 1_400, 225, 1_612), ("cisi", 1_460, 76, 3_114)]
)
def test_the_real_collections_are_whole(name: str, documents: int, queries: int, relevant: int) -> None:
    """Documents, judged queries and relevant documents are as many as their publishers say."""
    if not (DATA / name).is_dir():
        pytest.skip("no data")
    found = COLLECTIONS[name](DATA / name)
    assert (len(found.documents), len(found.queries)) == (documents, queries)
    assert sum(grade > 0 for grades in found.judgements.values() for grade in grades.values()) == relevant
    numbers = {d["id"] for d in found.documents}
    assert all(grades.keys() <= numbers for grades in found.judgements.values())


WINGS = Collection(
    "wings",
    [
        document("1", "Wings", ["Hay, J."], "Heat transfer over slender wings at supersonic speed."),
        document("2", "Plates", [], "Heat transfer past flat plates."),
        document("3", "Rice", [], "How rice is boiled."),
        document("4", "", [], ""),
    ],
    {"1": "what is the heat transfer over wings and plates", "2": "boiled rice"},
    {"1": {"1": 1, "2": 1}, "2": {"3": 1}},
    {},
)


def test_a_collection_is_loaded_searched_and_scored(workspace: Workspace, tmp_path: Path) -> None:
    """JSON Lines, ingest, index and search of the platform: the documents' own numbers come back."""
    loaded = _load(workspace, WINGS, tmp_path / "wings.jsonl")
    asked = _Asked(Searcher(workspace.graph, loaded.index), "wings", 10)
    assert loaded.figures["documents in the graph"] == 3
    assert loaded.figures["in quarantine (neither title nor text)"] == 1
    assert _scores(WINGS, asked.search) == [1, 1]
    assert asked.readings.total() == 2


def test_the_peer_ranks_by_words() -> None:
    """Endings do not matter, stopwords are no words, and a word that is asked twice counts twice."""
    peer = Fts5(WINGS.documents)
    assert set(peer.search("the heat of a winged plate")) == {"1", "2"}
    assert peer.search("the of") == []
    assert peer.search("wings rice rice")[0] == "3"
    assert "2" in Fts5(WINGS.documents, frozenset()).search("past")
