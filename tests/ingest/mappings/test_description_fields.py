"""Edition, physical description, content types, notes, classification, languages, locators: field by field."""

from collections.abc import Callable

import pytest

Mapper = Callable[..., set[str]]


@pytest.mark.parametrize(
    ("line", "statements"),
    [
        ("250 ## $a2nd ed. /$brevised by N. Roe.", {'instance editionStatement "2nd ed. / revised by N. Roe"'}),
        ("255 ## $aScale 1:24,000 ;$bconic proj.", {'work scaleStatement "Scale 1:24,000"'}),
        ("263 ## $a201112", {'instance projectedProvisionDate "2011-12"'}),
        (
            "300 ## $axii, 300 p. :$bill. ;$c24 cm +$e1 CD",
            {
                'instance extent "xii, 300 p."@en',
                'instance physicalDetails "ill."@en',
                'instance dimensions "24 cm"',
                'instance accompanyingMaterial "1 CD"@en',
            },
        ),
        ("300 ## $3records$a1$fbox$g2 x 4 ft.", {'instance extent "records: 1 box 2 x 4 ft."@en'}),
        ("306 ## $a004507", {'instance duration "PT45M7S"'}),
        ("310 ## $aMonthly,$b2012-", {'instance frequencyStatement "Monthly, 2012-"@en'}),
        ("336 ## $atext$btxt$2rdacontent", {"work content contentTypes/txt"}),
        ("337 ## $aunmediated$2rdamedia", {"instance media mediaTypes/n"}),
        ("338 ## $bcr$2rdacarrier", {"instance carrier carriers/cr"}),
        ("337 ## $aohne Hilfsmittel zu benutzen$2rdamedia", {'instance mediaTerm "ohne Hilfsmittel zu benutzen"@en'}),
        ("362 0# $aVol. 1, no. 1 (2001)-", {'instance numberingStatement "Vol. 1, no. 1 (2001)-"@en'}),
        ("363 01 $81.1\\x$a55$i1985", {'instance firstIssue "55 (1985)"'}),
        ("380 ## $aMotion picture", {'work formOfWork "Motion picture"@en'}),
        ("382 01 $apiano$n1$s1", {'work mediumOfPerformance "piano, 1, 1"@en'}),
        ("344 ## $adigital$2rda", {'instance typeOfRecording "digital"@en'}),
    ],
)
def test_statements(mapped: Mapper, line: str, statements: set[str]) -> None:
    """What a field becomes."""
    assert statements <= mapped(line)


@pytest.mark.parametrize(
    ("line", "statement"),
    [
        ("500 ## $aTitle from cover.", 'instance generalNote "Title from cover."@en'),
        ("504 ## $aBibliography:$bp. 238-239.", 'work bibliographyNote "Bibliography: p. 238-239."@en'),
        ("505 00 $tOverture /$rRossini --$tAria.", 'work tableOfContents "Overture / Rossini -- Aria."'),
        ("508 ## $aDirector, J. Roe.", 'work credits "Director, J. Roe."@en'),
        ("520 ## $aA novel.", 'work abstract "A novel."@en'),
        ("533 ## $aMicrofilm.$bParis :$cBnF,$d1990", 'instance reproductionNote "Microfilm. Paris : BnF, 1990"@en'),
        ("561 ## $3Copy 1$aGift.$5NjP", 'instance custodialHistory "Copy 1: Gift. [NjP]"@en'),
        ("590 ## $aShelved in vault.", 'instance localNote "Shelved in vault."@en'),
        ("538 ## $aMode of access: web.$uhttp://a.org/x", "instance noteLink http://a.org/x"),
        ("506 ## $aOpen access$uhttp://a.org/oa", "instance usageAndAccessPolicy http://a.org/oa"),
    ],
)
def test_notes(mapped: Mapper, line: str, statement: str) -> None:
    """A property a tag; the whole field is one text, addresses are addresses."""
    assert statement in mapped(line)


def test_a_private_note_is_not_public(mapped: Mapper) -> None:
    """First indicator 0 of acquisition, copyright and provenance notes."""
    for tag in ("541", "542", "561"):
        assert not any("secret" in s for s in mapped(f"{tag} 0# $asecret donor"))
        assert any("secret" in s for s in mapped(f"{tag} 1# $asecret donor"))


def test_dissertation(mapped: Mapper) -> None:
    """Degree, institution and year as things of their own, and the note whole."""
    found = mapped("502 ## $bPh. D.$cUniversity of Texas$d1998.")
    node = "work#dissertation-502-1"
    assert {
        f"work dissertation {node}",
        f'{node} degree "Ph. D."',
        f'{node} grantingInstitutionName "University of Texas"',
        f'{node} date "1998"',
        'work dissertationNote "Ph. D. University of Texas, 1998."@en',
    } <= found


@pytest.mark.parametrize(
    ("line", "statements"),
    [
        (
            "050 00 $aZ666.5$b.M38 2003",
            {"type ClassificationLcc", 'classificationPortion "Z666.5"', 'itemPortion ".M38 2003"',
             "assigner organizations/dlc"},
        ),
        ("082 00 $a025.3$222", {"type ClassificationDdc", 'classificationPortion "025.3"', 'edition "22"'}),
        ("060 10 $aWB 300", {"type ClassificationNlm", 'classificationPortion "WB 300"'}),
        ("080 ## $a004.8$21998", {"type ClassificationUdc", 'edition "1998"'}),
        ("084 ## $aI207.411$2clc", {"type Classification", 'classificationPortion "I207.411"',
                                    "source classSchemes/clc"}),
        ("086 0# $aA 1.1:", {"type Classification", 'classificationPortion "A 1.1"', "source classSchemes/sudocs"}),
        ("090 ## $aDS777.8$b.Z467 2009", {"type ClassificationLcc", 'classificationPortion "DS777.8"'}),
    ],
)  # fmt: skip
def test_classification(mapped: Mapper, line: str, statements: set[str]) -> None:
    """Each number is a node of its scheme's class."""
    node = f"work#classification-{line[:3]}-1"
    assert {f"work classification {node}"} | {f"{node} {statement}" for statement in statements} <= mapped(line)


def test_alternative_class_numbers_are_nodes_of_their_own(mapped: Mapper) -> None:
    """050 with two $a."""
    found = mapped("050 #4 $aNA1053.G4$aTH2.5$bG58")
    assert 'work#classification-050-1 classificationPortion "NA1053.G4"' in found
    assert 'work#classification-050-1-1 classificationPortion "TH2.5"' in found


@pytest.mark.parametrize(
    ("line", "statements"),
    [
        ("041 1# $aengfre$hger", {"work language languages/eng", "work language languages/fre",
                                  "work originalLanguage languages/ger"}),
        ("043 ## $an-us---$ae-gx---", {"work geographicCoverage geographicAreas/n-us",
                                       "work geographicCoverage geographicAreas/e-gx"}),
        ("044 ## $aenk$cXA-DE", {"work originPlace countries/enk", 'work countryCode "XA-DE"'}),
        ("045 2# $bd1939$bd1945", {'work temporalCoverage "1939/1945"'}),
        ("046 ## $k2008", {'work originDate "2008"'}),
        ("033 2# $a19780420$a19780422", {'work captureDate "1978-04-20/1978-04-22"'}),
        ("034 1# $aa$b24000$dW0963730$gN0431500", {'work westernmostLongitude "-96.625"',
                                                   'work southernmostLatitude "43.25"',
                                                   'work scaleDenominator "24000"'}),
        ("048 ## $bva01$aka01", {"work musicMedium music_medium/va", 'work mediumCode "ka01"'}),
    ],
)  # fmt: skip
def test_codes(mapped: Mapper, line: str, statements: set[str]) -> None:
    """Coded languages, places, times and coordinates."""
    assert statements <= mapped(line)


def test_locator(mapped: Mapper) -> None:
    """The address is the Instance's; its label and notes are on a node of the link; $x is not public."""
    found = mapped("856 41 $3Vol. 1$uhttp://a.org/x[1]$yFull text$zFor members$xpassword 123")
    assert {
        "instance electronicLocator http://a.org/x%5B1%5D",
        "instance#link-856-1 url http://a.org/x%5B1%5D",
        'instance#link-856-1 label "Full text"@en',
        'instance#link-856-1 electronicLocatorNote "For members"@en',
        'instance#link-856-1 appliesToPart "Vol. 1"@en',
    } <= found
    assert not any("password" in statement for statement in found)


def test_locator_of_something_else(mapped: Mapper) -> None:
    """Second indicator 2: a related resource; a text that is no address is kept as text."""
    assert "instance relatedElectronicLocator http://a.org/toc" in mapped("856 42 $uhttp://a.org/toc")
    assert 'instance electronicAddress "a.org/toc"' in mapped("856 40 $ua.org/toc")


def test_content_type_of_a_part(mapped: Mapper) -> None:
    """$3 says of which part; term and code that differ are both stated."""
    found = mapped("336 ## $3liner notes$atext$bsti$2rdacontent")
    assert {"work content contentTypes/txt", "work content contentTypes/sti"} <= found
    assert 'work contentOfPart "liner notes: text"@en' in found
