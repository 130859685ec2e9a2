"""Leader and control fields: kinds, administrative data, coded elements."""

from collections.abc import Callable

import pytest

Mapper = Callable[..., set[str]]
BOOK = "850101s1985    enkab    b    001 1 eng d"


def leader(kind: str, level: str, multipart: str = " ") -> str:
    """A leader with /06, /07 and /19."""
    return f"00000c{kind}{level} a2200000 i{multipart}4500"


@pytest.mark.parametrize(
    ("kind", "class_"),
    [
        ("a", "Text"),
        ("c", "NotatedMusic"),
        ("e", "Cartography"),
        ("g", "MovingImage"),
        ("i", "NonMusicAudio"),
        ("j", "MusicAudio"),
        ("k", "StillImage"),
        ("m", "Multimedia"),
        ("o", "Kit"),
        ("p", "MixedMaterial"),
        ("r", "Object"),
        ("t", "Text"),
    ],
)
def test_kind_of_work(mapped: Mapper, kind: str, class_: str) -> None:
    """Leader/06 names the class of the Work, beside bf:Work."""
    found = mapped(leader=leader(kind, "m"))
    assert {"work type Work", f"work type {class_}", "instance type Instance", "instance instanceOf work"} <= found


@pytest.mark.parametrize(
    ("level", "multipart", "issuance"), [("m", " ", "mono"), ("m", "a", "mulm"), ("s", " ", "serl"), ("i", " ", "intg")]
)
def test_mode_of_issuance(mapped: Mapper, level: str, multipart: str, issuance: str) -> None:
    """Leader/07 and, for a set in parts, /19."""
    assert f"instance issuance issuance/{issuance}" in mapped(leader=leader("a", level, multipart))


def test_a_manuscript_is_one(mapped: Mapper) -> None:
    """Leader/06 ``t``, and /08 ``a`` for archival control."""
    found = mapped(leader="00000ctmaa2200000 i 4500")
    assert {"instance type Manuscript", "instance type Archival"} <= found


def test_the_record_itself(mapped: Mapper) -> None:
    """001, 003, 005, 008/00-05 and 040 describe the graph of the record, which is its administrative metadata."""
    control = {"001": "13709594", "003": "DLC", "005": "20050801123456.0", "008": BOOK}
    found = mapped("040 ## $aDLC$beng$erda$cDLC$dNjP", control=control)
    assert {
        "instance adminMetadata graph/record",
        "graph/record type AdminMetadata",
        'graph/record controlNumber "13709594"',
        "graph/record controlNumberSource organizations/dlc",
        'graph/record modified "2005-08-01T12:34:56"',
        'graph/record created "1985-01-01"',
        "graph/record assigner organizations/dlc",
        "graph/record descriptionLanguage languages/eng",
        "graph/record descriptionConventions descriptionConventions/rda",
        "graph/record descriptionModifier organizations/njp",
        "graph/record encodingLevel menclvl/f",
    } <= found


def test_elements_of_a_book(mapped: Mapper) -> None:
    """008 of a book: illustrations, bibliography, index, literary form, language; zeros say nothing."""
    found = mapped(control={"008": BOOK})
    assert {
        "work illustrativeContent millus/ill",
        "work illustrativeContent millus/map",
        "work genreForm contents/b",
        "work supplementaryContent msupplcont/index",
        "work genreForm literary_form/1",
        "work language languages/eng",
    } <= found
    assert not any("conference" in statement or "festschrift" in statement for statement in found)


def test_elements_of_a_serial_and_of_music(mapped: Mapper) -> None:
    """The leader says which 008 it is."""
    serial = mapped(leader=leader("a", "s"), control={"008": "850101c19859999enkmr p       0   a0eng d"})
    assert {"instance frequency frequencies/mon", "work genreForm mserialpubtype/periodical"} <= serial
    music = mapped(leader=leader("c", "m"), control={"008": "850101s1985    gw sna         nn  zxx d"})
    assert "work genreForm music_form/sn" in music
    assert "instance musicFormat mmusicformat/score" in music
    assert not any(" language " in statement for statement in music)


def test_006_says_the_same_of_another_material(mapped: Mapper) -> None:
    """006 ``m``: electronic, online document."""
    found = mapped(control={"006": "m     o  d        "})
    assert {"instance formOfItem item_form/o", "work genreForm file_type/d"} <= found


def test_running_time(mapped: Mapper) -> None:
    """Visual materials: minutes as a duration; 000 and --- are none."""
    film = "850101s1985    enk090            vleng d"
    assert 'instance duration "PT90M"' in mapped(leader=leader("g", "m"), control={"008": film})
    other = mapped(leader=leader("g", "m"), control={"008": film.replace("enk090", "enk---")})
    assert not any(" duration " in statement for statement in other)


@pytest.mark.parametrize(
    ("value", "statements"),
    [
        ("sd fsngnn|m|ed", {"soundCharacteristic channels_007/s", "materialDesignation smd_007/sd"}),
        ("vd cvaizq", {"colorContent color_007/c", "videoCharacteristic video_format/v"}),
        ("he amb---buca", {"polarity polarity_007/a", "generation microform_generation/c"}),
        ("cr |n|||||||||", {"materialDesignation smd_007/cr"}),
    ],
)
def test_physical_description(mapped: Mapper, value: str, statements: set[str]) -> None:
    """007: each position that says something is a statement of the Instance."""
    assert {f"instance {statement}" for statement in statements} <= mapped(control={"007": value})


@pytest.mark.parametrize("value", ["", "   ", "850101", "850101s1985", "|" * 40])
def test_a_short_or_empty_008_is_survived(mapped: Mapper, value: str) -> None:
    """What isn't there isn't stated."""
    found = mapped(control={"008": value, "007": value, "006": value, "005": value})
    assert not any(" language " in statement for statement in found)


def test_language_of_the_texts(mapped: Mapper) -> None:
    """The title is in the record's language, the note in that of cataloguing."""
    found = mapped("040 ## $bger", "245 10 $aHamlet", "500 ## $aMit Anm.", control={"008": BOOK.replace("eng", "dan")})
    assert 'work label "Hamlet"@da' in found
    assert 'instance generalNote "Mit Anm."@de' in found
