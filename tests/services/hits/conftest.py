"""An installation with real records of the samples and some that are made for a purpose."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from common.settings import Settings
from services.demonstration import SUPPLIERS
from services.workspace import Workspace, open_workspace
from tests.services.library import BASE, SAMPLES, authority, book, holdings, ingest, write

MADE = (
    book(
        "b1",
        "Dreams of red mansions",
        "020 ## $a 9787020002207",
        "020 ## $z 9787020002208",
        "024 7# $a 10.1000/182 $2 doi",
        "100 1# $a Cao, Xueqin, $d 1717-1763",
        "264 #1 $a Beijing : $b People's Press, $c 1982.",
        "540 ## $a In the public domain.",
        "700 1# $a Gao, E $4 aut",
        "700 1# $a Owner, Olga $4 fmo",
        *(f"700 1# $a Annotator {n} $4 ann" for n in range(3, 12)),
        "852 ## $a Main Library $b Reading Room $h I242.4 $i 47 $y on loan",
        "856 40 $u https://books.example/read/1",
        "856 41 $3 Table of contents $u https://books.example/a-contents/1",
        "856 42 $3 Cover image $u https://books.example/cover/1",
        "650 #0 $a Families",
    ),
    book(
        "b2",
        "Notes on a novel",
        "100 1# $6 880-01 $a Cao, Xueqin, $d 1717-1763",
        "880 1# $6 100-01/$1 $a 曹雪芹, $d 1717-1763",
    ),
    book("b3", "Undated", "264 #1 $a [S.l. : $b s.n., $c n.d.]", "650 #0 $a Families"),
    authority("a1", "010 ## $a sh85047000", "150 ## $a Families", source="DLC"),
    book("b4", "Faust", "100 1# $a Goethe, Johann Wolfgang von, $d 1749-1832 $0 (DLC)n79003362"),
    authority(
        "n79003362",
        "010 ## $a n79003362",
        "100 1# $a Goethe, Johann Wolfgang von, $d 1749-1832",
        "400 0# $a 歌德, $d 1749-1832",
        source="DLC",
    ),
    book("b5", "雷雨", "100 1# $a 曹禺, $d 1910-1996 $0 (DLC)n50000001"),
    authority(
        "n50000001",
        "010 ## $a n50000001",
        "100 1# $a 曹禺, $d 1910-1996",
        "400 1# $a Cao, Shi, $d 1910-1996",
        "400 1# $a Cao, Yu, $d 1910-1996",
        "400 1# $a 万家宝, $d 1910-1996",
        source="DLC",
    ),
    holdings("b3", "852 0# $a DLC $b Stacks $h HQ503 $i .U5"),
)


@pytest.fixture(scope="session")
def library(full_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The installation, for the whole session."""
    data = tmp_path_factory.mktemp("hits") / "data"
    copytree(full_library, data)
    with open_workspace(Settings(data=data, base=BASE)) as workspace:
        made = write(data.parent / "made.json", *MADE)
        ingest(workspace, made, SAMPLES / "marc" / "british_library.xml")
        for name in ("loc.xml", "nlm.xml"):
            ingest(workspace, SAMPLES / "marc" / name, source=SUPPLIERS[name])
        yield workspace
