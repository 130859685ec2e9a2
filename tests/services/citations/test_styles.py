"""How references look in each style."""

from dataclasses import replace
from datetime import date

import pytest

from services.citations.apa import apa
from services.citations.chicago import chicago
from services.citations.exports import bibtex, ris
from services.citations.gbt7714 import gbt7714
from services.citations.names import Name, person
from services.citations.reference import Contributor, Reference, Written
from services.citations.text import plain

TODAY = date(2026, 11, 26)


def _by(latin: str, original: str = "", role: str = "aut", *, main: bool = False) -> Contributor:
    romanised = person(latin, family_first=bool(original))
    return Contributor(person(original) if original else romanised, romanised, frozenset({role}), main)


def _both(original: str, latin: str = "") -> Written:
    return Written(original, latin or original)


LIU = Reference(
    "1",
    title=_both("红楼梦新证", "Hong lou meng xin zheng"),
    contributors=[_by("Zhou, Ruchang, 1918-2012", "周汝昌, 1918-2012", main=True)],
    place=_both("北京", "Beijing"),
    publisher=_both("人民文学出版社", "Ren min wen xue chu ban she"),
    year="1976",
    edition=_both("第2版", "Di 2 ban"),
)
STORY = "The story of the stone: a Chinese novel"
STONE = Reference(
    "2",
    title=_both(STORY),
    contributors=[
        _by("Cao, Xueqin, approximately 1717-1763", "曹雪芹", main=True),
        _by("Hawkes, David, 1923-2009", role="trl"),
        _by("Minford, John", role="trl"),
    ],
    place=_both("Harmondsworth"),
    publisher=_both("Penguin"),
    year="1973",
)
# An item in Latin letters takes the romanised name.
STONE.contributors[0] = replace(STONE.contributors[0], original=STONE.contributors[0].latin)
ESSAYS = Reference(
    "3",
    title=_both("Essays & letters"),
    contributors=[_by(f"Editor, {name}", role="edt") for name in ("Ann B.", "Carl", "Dora", "Emil")],
    publisher=_both("MIT"),
    year="2012",
    is_copyright=True,
)
ONLINE = Reference(
    "4",
    title=_both("Where is it?"),
    year="2013",
    is_supplied=True,
    is_online=True,
    url="https://x.example/4",
    contributors=[_by("Naam, Ramez, 1960-", main=True)],
    publisher=_both("Press"),
)
JOURNAL = Reference(
    "5", kind="serial", title=_both("Time"), publisher=_both("Time Inc."), year="1923", last_year="…", issn="2169-1665"
)
THESIS = Reference(
    "6",
    kind="thesis",
    title=_both("On names"),
    contributors=[_by("King, Martin Luther, Jr., 1929-1968", main=True)],
    publisher=_both("Boston University"),
    degree="Ph. D.",
    year="1955",
)
NOTHING = Reference("7", title=_both("无名书"))


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (LIU, "周汝昌. 红楼梦新证[M]. 2版. 北京: 人民文学出版社, 1976."),
        (
            STONE,
            f"CAO X. {STORY}[M]. HAWKES D, MINFORD J, trans. Harmondsworth: Penguin, 1973.",
        ),
        (
            ESSAYS,
            "EDITOR A B, EDITOR C, EDITOR D, et al, ed. Essays & letters[M]. [S.l.]: MIT, c2012.",
        ),
        (ONLINE, "NAAM R. Where is it?[M/OL]. [S.l.]: Press, [2013][2026-11-26]. https://x.example/4."),
        (JOURNAL, "Time[J]. Time Inc., 1923-."),
        (THESIS, "KING M L, Jr. On names[D]. [S.l.]: Boston University, 1955."),
        (NOTHING, "无名书[M]. [出版地不详]: [出版者不详], [出版年不详]."),
    ],
    ids=lambda value: value.key if isinstance(value, Reference) else "",
)
def test_gbt7714(reference: Reference, expected: str) -> None:
    """In the script of the item, family names in capitals, three names at most, what is missing said in brackets."""
    assert plain(gbt7714(reference, TODAY)) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (LIU, "Zhou, R. (1976). Hong lou meng xin zheng (Di 2 ban). Ren min wen xue chu ban she."),
        (STONE, f"Cao, X. (1973). {STORY} (D. Hawkes & J. Minford, Trans.). Penguin."),
        (ESSAYS, "Editor, A. B., Editor, C., Editor, D., & Editor, E. (Eds.). (2012). Essays & letters. MIT."),
        (ONLINE, "Naam, R. (2013). Where is it? Press. https://x.example/4"),
        (JOURNAL, "Time. (1923–present). Time Inc."),
        (THESIS, "King, M. L., Jr. (1955). On names [Doctoral dissertation, Boston University]."),
        (NOTHING, "无名书. (n.d.)."),
    ],
    ids=lambda value: value.key if isinstance(value, Reference) else "",
)
def test_apa(reference: Reference, expected: str) -> None:
    """Initials, the year in front or behind the title, translators in brackets, no stop after an address."""
    assert plain(apa(reference, TODAY)) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (LIU, "Zhou Ruchang. Hong lou meng xin zheng. Di 2 ban. Beijing: Ren min wen xue chu ban she, 1976."),
        (
            STONE,
            f"Cao Xueqin. {STORY}. Translated by David Hawkes and John Minford. Harmondsworth: Penguin, 1973.",
        ),
        (ESSAYS, "Editor, Ann B., Carl Editor, Dora Editor, and Emil Editor, eds. Essays & letters. MIT, 2012."),
        (ONLINE, "Naam, Ramez. Where is it? Press, [2013]. https://x.example/4."),
        (JOURNAL, "Time. Time Inc., 1923–."),
        (THESIS, "King, Martin Luther, Jr. “On names.” PhD diss., Boston University, 1955."),
        (NOTHING, "无名书. n.d."),
    ],
    ids=lambda value: value.key if isinstance(value, Reference) else "",
)
def test_chicago(reference: Reference, expected: str) -> None:
    """The first name inverted unless its family name stands in front anyway; a thesis in quotation marks."""
    assert plain(chicago(reference, TODAY)) == expected


def test_titles_of_books_are_emphasised() -> None:
    """Italics where the medium has them: the title and nothing else."""
    for style in (apa, chicago):
        assert [piece.text for piece in style(STONE, TODAY) if piece.is_title] == [STONE.title.latin]
    assert not [piece for piece in chicago(THESIS, TODAY) if piece.is_title]


def test_bibtex_keeps_what_tex_would_read_as_commands() -> None:
    """Signs of TeX are escaped, names in characters and bodies stand in braces, the key is ASCII."""
    text = plain(bibtex(replace(ESSAYS, title=_both("100% & {more}_\\")), TODAY))
    assert "title = {{100\\% \\& \\{more\\}\\_\\textbackslash{}}}" in text
    assert "author" not in text
    assert text.startswith("@book{editor20123,\n  editor = {Editor, Ann B. and Editor, Carl and ")
    assert "author = {{周汝昌}}," in plain(bibtex(LIU, TODAY))
    assert plain(bibtex(LIU, TODAY)).startswith("@book{zhou19761,")
    assert plain(bibtex(THESIS, TODAY)).startswith("@phdthesis{")


def test_ris_has_a_tag_a_line() -> None:
    """Type first, end last, only tags that have a value, pages as a number."""
    lines = plain(ris(replace(LIU, extent="xii, 1152 页 ; 21 cm", isbn="9787020002207"), TODAY)).splitlines()
    assert (lines[0], lines[-1]) == ("TY  - BOOK", "ER  - ")
    assert {"AU  - 周汝昌", "TI  - 红楼梦新证", "PY  - 1976", "SP  - 1152", "SN  - 9787020002207"} <= set(lines)
    assert not [line for line in lines[:-1] if line.endswith("- ")]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Hänsch, T. W. (Theo W.), 1941-", Name("Hänsch", "T. W.")),
        ("Gatty, Alfred, Mrs., 1809-1873", Name("Gatty", "Alfred")),
        ("John Paul II, Pope, 1920-2005", Name("John Paul II")),
        ("Escobar, Pedro de, b. ca. 1465", Name("Escobar", "Pedro de")),
        ("Stendhal, 1783-1842", Name("Stendhal")),
        ("（清）曹雪芹, 约1717-1763", Name("曹雪芹")),
        ("鲁迅，1881-1936", Name("鲁迅")),
        ("ابن تيمية، احمد", Name("ابن تيمية", "احمد")),
    ],
)
def test_headings_become_names(heading: str, expected: Name) -> None:
    """Dates, titles and fuller forms are no part of a name; names in characters stay whole."""
    assert person(heading) == expected


def test_initials() -> None:
    """Particles and names in scripts without capitals stay whole, hyphens part."""
    assert person("Escobar, Pedro de").initials(".", " ") == "P. de"
    assert person("Sartre, Jean-Paul").initials("", " ") == "J P"
    assert person("ابن تيمية، احمد").initials(".", " ") == "احمد"
