"""What a document says: ``title`` and ``text``, and the label of a document without a title."""

from ingest.mappings.description import Description
from ingest.mappings.names import LABEL, TYPE, bf, schema
from ingest.mappings.table import DOCUMENT, WHOLE
from ingest.record import DataField, Document

TITLE, TITLE_CLASS, MAIN_TITLE = bf("title"), bf("Title"), bf("mainTitle")
TEXT = schema("text")
_LONGEST_LABEL = 4_000
"""As the shapes have it; a longer title is shown by its beginning."""
_LABEL = 80
_SHORTEST = 40
_WIDE = "\u2e80"
"""From here on, scripts are written without blanks and say in one character what others say in several."""


@DOCUMENT.maps("title", codes=(WHOLE,))
def title(d: Description, f: DataField) -> None:
    """``title``: one node, shared by Work and Instance, and their labels."""
    text = f.subfields[0][1]
    node = d.node(d.instance, "title")
    d.add(d.work, TITLE, node)
    d.add(d.instance, TITLE, node)
    d.add(node, TYPE, TITLE_CLASS)
    d.text(node, MAIN_TITLE, text, d.lang)
    _label(d, text if len(text) <= _LONGEST_LABEL else first_words(text))
    d.titled = True


@DOCUMENT.maps("text", codes=(WHOLE,))
def text_of_work(d: Description, f: DataField) -> None:
    """``text``: the words of the Work, whole or as far as the supplier gives them."""
    d.text(d.work, TEXT, f.subfields[0][1], d.lang)


def label_untitled(d: Description, document: Document) -> None:
    """A document without a title is shown by the first words of its text; they are no title, so none is stated."""
    if not d.titled:
        d.field_index, text = next((at, f.subfields[0][1]) for at, f in enumerate(document.fields) if f.tag == "text")
        _label(d, first_words(text))


DOCUMENT.complete.append(label_untitled)


def _label(d: Description, text: str) -> None:
    d.text(d.work, LABEL, text, d.lang)
    d.text(d.instance, LABEL, text, d.lang)


def first_words(text: str) -> str:
    r"""The beginning of a text as a label, cut between words.

    >>> first_words("Short  and\nwhole."), len(first_words("a" * 200)), first_words("very " * 30)[-9:]
    ('Short and whole.', 81, 'ry very …')
    """
    start = " ".join(text[: 8 * _LABEL].split())
    wide = sum(char >= _WIDE for char in start[:_LABEL]) > _SHORTEST
    most = _SHORTEST if wide else _LABEL
    if len(start) <= most:
        return start
    cut = start.rfind(" ", 0, most + 1)
    return f"{start[:cut]} …" if cut >= most // 2 else f"{start[:most]}…"
