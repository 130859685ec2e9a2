"""References read from the graph of real MARC."""

from datetime import date
from pathlib import Path

from services.citations.citations import STYLES, citations
from services.workspace import Workspace
from tests.services.library import BASE, authority, book, ingest, write

TODAY = date(2026, 11, 26)


def _cite(workspace: Workspace, path: str) -> dict[str, str]:
    found = citations(workspace.graph, f"<{BASE}id/{path}>", TODAY)
    return {citation.style: citation.text for citation in found}


def test_a_record_is_cited_in_every_style(workspace: Workspace, tmp_path: Path) -> None:
    """Names with their roles, title with subtitle, imprint, edition and ISBN come from the record's graph."""
    fields = (
        "100 1# $a Cao, Xueqin, $d approximately 1717-1763, $e author.",
        "700 1# $a Hawkes, David, $d 1923-2009, $e translator.",
        "250 ## $a 2nd ed.",
        "264 #1 $a Harmondsworth : $b Penguin, $c 2020.",
        "020 ## $a 0140442936",
    )
    ingest(workspace, write(tmp_path / "a.mrcj", book("1", "The story of the stone : $b a novel /", *fields)))
    found = _cite(workspace, "instance/TEST/1")
    assert list(found) == list(STYLES)
    imprint = "2nd ed. Harmondsworth: Penguin, 2020."
    assert found["gbt7714"] == f"CAO X. The story of the stone: a novel[M]. HAWKES D, trans. {imprint}"
    assert found["apa"].startswith("Cao, X. (")
    assert "(D. Hawkes, Trans.; 2nd ed.). Penguin." in found["apa"]
    assert "isbn = {0140442936}" in found["bibtex"]
    assert "A4  - Hawkes, David" in found["ris"]


def test_a_work_is_cited_by_its_edition(workspace: Workspace, tmp_path: Path) -> None:
    """The page of a work cites what the page of its edition cites."""
    ingest(workspace, write(tmp_path / "a.mrcj", book("1", "Alone")))
    assert _cite(workspace, "work/TEST/1") == _cite(workspace, "instance/TEST/1") != {}


def test_scripts_are_kept_apart(workspace: Workspace, tmp_path: Path) -> None:
    """GB/T 7714 has the characters that 880 fields give, APA the romanised forms beside them."""
    fields = (
        "100 1# $6 880-01 $a Zhou, Ruchang, $d 1918-2012.",
        "880 1# $6 100-01/$1 $a 周汝昌, $d 1918-2012.",
        "264 #1 $6 880-02 $a Beijing : $b Ren min wen xue chu ban she, $c 2020.",
        "880 #1 $6 264-02/$1 $a 北京 : $b 人民文学出版社, $c 2020.",
        "880 00 $6 245-03/$1 $a 红楼梦新证",
    )
    record = book("1", "Hong lou meng xin zheng", *fields)
    title = next(field for field in record.fields if field.tag == "245")
    title.subfields.insert(0, ("6", "880-03"))
    ingest(workspace, write(tmp_path / "a.mrcj", record))
    found = _cite(workspace, "instance/TEST/1")
    assert found["gbt7714"].startswith("周汝昌. 红楼梦新证[M]. 北京: 人民文学出版社, 2020.")
    assert found["apa"].startswith("Zhou, R. (")
    assert found["chicago"].startswith("Zhou Ruchang. ")
    assert found["apa"].endswith("Hong lou meng xin zheng. Ren min wen xue chu ban she.")


def test_a_name_is_cited_in_the_script_of_the_item(workspace: Workspace, tmp_path: Path) -> None:
    """A variant that only the authority record has serves where the heading is in another script than the item."""
    goethe = authority("n1", "100 1# $a Goethe, Johann Wolfgang von, $d 1749-1832", "400 1# $a 歌德, $d 1749-1832")
    by = "100 1# $a Goethe, Johann Wolfgang von, $d 1749-1832 $0 (TEST)n1"
    ingest(workspace, write(tmp_path / "a.mrcj", goethe, book("1", "Faust", by), book("2", "浮士德", by)))
    assert _cite(workspace, "instance/TEST/1")["gbt7714"].startswith("GOETHE J W von. Faust[M]")
    assert _cite(workspace, "instance/TEST/2")["gbt7714"].startswith("歌德. 浮士德[M]")
    assert _cite(workspace, "instance/TEST/2")["apa"].startswith("Goethe, J. W. von. (")
    assert _cite(workspace, "instance/TEST/2")["chicago"].startswith("Goethe, Johann Wolfgang von. ")


def test_people_and_subjects_are_not_cited(workspace: Workspace, tmp_path: Path) -> None:
    """Only works and editions have citations; what the graph does not know has none."""
    ingest(workspace, write(tmp_path / "a.mrcj", book("1", "Alone", "100 1# $a Lu, Xun.")))
    assert _cite(workspace, "agent/TEST/1/Lu,_Xun") == _cite(workspace, "work/TEST/2") == {}
