"""Which label a reader gets."""

import pytest

from services.entities.naming import local_name, preference, script

LABELS = ['"曹雪芹"@und-hani', '"Cao, Xueqin"', '"Cao Xueqin"@zh-latn', '"曹雪芹"@zh', '"Tsao"@en', '"Tsao"@fr']


@pytest.mark.parametrize(
    ("lang", "best"), [("zh", '"曹雪芹"@zh'), ("en", '"Tsao"@en'), ("fr", '"Tsao"@fr'), ("de", '"Cao, Xueqin"')]
)
def test_the_reader_s_language_comes_first(lang: str, best: str) -> None:
    """A label of the reader's language, else the heading without one."""
    assert min(LABELS, key=lambda label: preference(label, lang)) == best


def test_scripts_are_told_by_tags() -> None:
    """Chinese without a script is in characters; a -latn tag is romanised."""
    assert [script(label) for label in LABELS] == ["hani", "latn", "latn", "hani", "latn", "latn"]


def test_local_names() -> None:
    """What follows the last separator."""
    assert local_name("https://x.example/a#b") == "b"
    assert local_name("https://x.example/a/b/") == "b"
