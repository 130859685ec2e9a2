"""Titles: one node for Work and Instance, variants by kind, two scripts on one node."""

from collections.abc import Callable

import pytest

Mapper = Callable[..., set[str]]
ENGLISH, CHINESE = {"008": " " * 35 + "eng d"}, {"008": " " * 35 + "chi d"}


def test_title_statement(mapped: Mapper) -> None:
    """Title, remainder, part, responsibility; the label joins the parts of the title."""
    found = mapped("245 14 $aThe annals.$nPart 2,$pRome :$ba history /$cby Jane Roe ; with maps.", control=ENGLISH)
    assert {
        "work title instance#title-245-1",
        "instance title instance#title-245-1",
        "instance#title-245-1 type Title",
        'instance#title-245-1 mainTitle "The annals"@en',
        'instance#title-245-1 partNumber "Part 2"@en',
        'instance#title-245-1 partName "Rome"@en',
        'instance#title-245-1 subtitle "a history"@en',
        'instance#title-245-1 nonSortNum "4"',
        'work label "The annals. Part 2. Rome : a history"@en',
        'instance label "The annals. Part 2. Rome : a history"@en',
        'instance responsibilityStatement "by Jane Roe ; with maps"@en',
    } <= found


def test_both_scripts_are_on_the_same_node(mapped: Mapper) -> None:
    """The 880 adds its script to the node of the 245; the romanised one is marked as such."""
    found = mapped(
        "245 10 $6880-01$aHong lou meng /$cCao Xueqin zhu.", "880 10 $6245-01/$1$a红楼梦 /$c曹雪芹著.", control=CHINESE
    )
    assert {
        'instance#title-245-1 mainTitle "Hong lou meng"@zh-latn',
        'instance#title-245-1 mainTitle "红楼梦"@zh-hani',
        'work label "红楼梦"@zh-hani',
        'instance responsibilityStatement "曹雪芹著"@zh-hani',
    } <= found


def test_general_material_designation(mapped: Mapper) -> None:
    """$h is no part of the title."""
    found = mapped("245 10 $aKinderszenen$h[sound recording] :$bop. 15", control=ENGLISH)
    assert 'instance generalMaterialDesignation "sound recording"@en' in found
    assert 'work label "Kinderszenen : op. 15"@en' in found


@pytest.mark.parametrize(
    ("line", "class_", "kind"),
    [
        ("246 14 $aCover title", "VariantTitle", "cover"),
        ("246 18 $aSpine title", "VariantTitle", "spine"),
        ("246 30 $aPortion", "VariantTitle", "portion"),
        ("246 31 $aTitre", "ParallelTitle", None),
        ("247 10 $aOld title", "VariantTitle", "former"),
        ("210 0# $aActa cytol.", "AbbreviatedTitle", None),
        ("222 #0 $aActa cytologica$b(Print)", "KeyTitle", None),
        ("740 02 $aSecond work.", "VariantTitle", "analytical"),
    ],
)
def test_variants(mapped: Mapper, line: str, class_: str, kind: str | None) -> None:
    """Tag and second indicator say what sort of title it is."""
    node = f"instance#title-{line[:3]}-1"
    found = mapped(line)
    assert {f"instance title {node}", f"{node} type {class_}"} <= found
    types = {s for s in found if s.startswith(f"{node} variantType ")}
    assert types == ({f'{node} variantType "{kind}"'} if kind else set())


def test_what_qualifies_a_variant(mapped: Mapper) -> None:
    """$i in words, $b of a key title, the language of a translation."""
    assert 'instance#title-246-1 titleNote "Title on disc"@en' in mapped("246 1# $iTitle on disc:$aGuide")
    assert 'instance#title-222-1 qualifier "Print"' in mapped("222 #0 $aActa cytologica$b(Print)")
    assert 'instance#title-242-1 mainTitle "Dead souls"@en' in mapped("242 10 $aDead souls.$yeng")


@pytest.mark.parametrize(
    ("lines", "tag", "label"),
    [
        (["246 30 $aPortion", "222 #0 $aKey title"], "246", "Portion"),
        (["222 #0 $aActa cytologica$b(Print)", "130 #0 $aActa"], "222", "Acta cytologica"),
        (["240 10 $aSonatas,$mpiano,$nno. 2", "490 1# $aSeries"], "240", "Sonatas. no. 2"),
        (["490 1# $aFirst series ;$vv. 1$aSecond", "830 #0 $aSeries"], "490", "First series"),
        (["245 10 $h[sound recording]", "246 3# $aSpoken :$bwords"], "246", "Spoken : words"),
    ],
)
def test_another_title_stands_in(mapped: Mapper, lines: list[str], tag: str, label: str) -> None:
    """Without a title in 245 the nearest other title is that of Work and Instance, which says where it is from."""
    found = mapped(*lines, control=ENGLISH)
    node = f"instance#main-title-{tag}-1"
    assert {f"work title {node}", f"instance title {node}", f"{node} type Title"} <= found
    assert f'{node} titleTakenFrom "{tag}"' in found
    assert f'work label "{label}"@en' in found
    assert f'instance label "{label}"@en' in found


def test_a_title_statement_needs_no_stand_in(mapped: Mapper) -> None:
    """With a title in 245, and where no field has one, nothing is said about a stand-in."""
    assert not any("TakenFrom" in s for s in mapped("245 10 $aTitle", "246 30 $aPortion"))
    assert not any("TakenFrom" in s for s in mapped("500 ## $aTitle from cover.", "246 3# $iCover"))


def test_a_stand_in_has_both_scripts(mapped: Mapper) -> None:
    """The 880 of the field that stands in adds its script."""
    found = mapped("246 3# $6880-01$aHong lou meng", "880 3# $6246-01/$1$a红楼梦", control=CHINESE)
    assert {'work label "Hong lou meng"@zh-latn', 'work label "红楼梦"@zh-hani'} <= found


def test_a_parallel_title_with_its_mark(mapped: Mapper) -> None:
    """The mark before it is no part of the title; the label joins the two by it."""
    found = mapped("245 10 $aRecht$b= Law", control=ENGLISH)
    assert {'instance#title-245-1 subtitle "Law"@en', 'work label "Recht = Law"@en'} <= found
