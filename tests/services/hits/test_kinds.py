"""What kind of material a work is, by its classes and codes."""

import pytest

from common.namespaces import BF, BG, CODE
from services.hits.headings import dates_in
from services.hits.kinds import FORMATS, format_code, format_label, heading_label, telling

TEXT, SERIAL = f"<{BF}Text>", f"<{BF}Serial>"
ONLINE = "<http://id.loc.gov/vocabulary/carriers/cr>"


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ([TEXT], "book"),
        ([TEXT, ONLINE], "ebook"),
        ([TEXT, f"<{CODE}item_form/o>"], "ebook"),
        ([TEXT, SERIAL], "journal"),
        ([TEXT, SERIAL, ONLINE], "ejournal"),
        ([TEXT, SERIAL, "<http://id.loc.gov/vocabulary/mserialpubtype/newspaper>"], "newspaper"),
        ([TEXT, f"<{BF}Manuscript>"], "manuscript"),
        ([TEXT, f"<{BF}Dissertation>"], "thesis"),
        ([f"<{BF}MusicAudio>", ONLINE], "music"),
        ([f"<{BF}Cartography>"], "map"),
        ([TEXT, f"<{BG}Document>"], "document"),
        ([f"<{BF}Work>"], ""),
    ],
)
def test_formats_of_works(marks: list[str], code: str) -> None:
    """A book read on a screen is an e-book, a serial a journal; a recording stays one wherever it is heard."""
    assert format_code(marks) == code


def test_formats_have_names_in_both_languages() -> None:
    """Codes are distinct, labels are there."""
    assert len({form.code for form in FORMATS}) == len(FORMATS)
    assert all({"en", "zh"} <= set(form.labels) for form in FORMATS)
    assert (format_label("book", "zh"), format_label("book", "fr"), format_label("none", "en")) == ("图书", "Book", "")


def test_terms_of_art_are_put_in_readers_words() -> None:
    """A hub is a uniform title; a topic is what the ontology calls it."""
    assert [heading_label("Hub", lang) for lang in ("en", "zh", "fr")] == ["Uniform title", "统一题名", "Uniform title"]
    assert heading_label("Topic", "en") == ""


@pytest.mark.parametrize(
    ("classes", "name"),
    [
        ("Work Text", "Text"),
        ("Serial Text Work", "Serial"),
        ("Hub Series", "Series"),
        ("Agent Person", "Person"),
        ("", ""),
    ],
)
def test_the_most_telling_class(classes: str, name: str) -> None:
    """Every work is a Work: what it is besides says more."""
    assert telling(f"<{BF}{each}>" for each in classes.split()) == name


@pytest.mark.parametrize(
    ("heading", "dates"),
    [
        ("李清照, 1084-约1151", "1084-约1151"),
        ("Alexander Balus, King of Syria, d. 145 B.C.", "d. 145 B.C."),
        ("Gore, Albert, 1948-", "1948-"),
        ("Louis XIV", ""),
        ("Duncan, Andrew", ""),
    ],
)
def test_dates_at_the_end_of_headings(heading: str, dates: str) -> None:
    """Life dates as the heading has them; a number of a king is none."""
    assert dates_in(heading) == dates
