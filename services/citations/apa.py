"""APA style, 7th edition: reference list entries for whole works."""

from datetime import date

from services.citations.names import Name
from services.citations.reference import Contributor, Reference
from services.citations.text import Part, Piece, bare, listed, sentences

_MOST_AUTHORS = 20
_FIRST_OF_MANY = 19
#: Kind -> what stands in brackets behind the title.
_DESCRIPTIONS = {
    "audio": "Audio recording",
    "video": "Film",
    "map": "Map",
    "score": "Musical score",
    "image": "Picture",
    "manuscript": "Unpublished manuscript",
}


def apa(reference: Reference, _today: date) -> list[Piece]:
    """The reference in APA style, names romanised where the graph knows how."""
    by_editors = not reference.authors and bool(reference.editors)
    people = _authors(reference.editors if by_editors else reference.authors)
    if by_editors:
        people += " (Ed.)" if len(reference.editors) == 1 else " (Eds.)"
    head, when = Piece(people), Piece(f"({_year(reference)})")
    title = (Piece(reference.title.latin, is_title=True), Piece(_behind_title(reference, without_editors=by_editors)))
    # Without authors the title comes first and the date behind it.
    front: list[Part] = [head, when, title] if people else [title, when]
    address = Piece(_address(reference))
    return sentences([*front, Piece(_publisher(reference)), address], is_open=bool(address.text))


def _authors(contributors: list[Contributor]) -> str:
    names = [_inverted(c.latin) for c in contributors]
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[:_FIRST_OF_MANY])}, … {names[-1]}"
    return listed(names, ", & ", two=", & ")


def _inverted(name: Name) -> str:
    parts = (name.family, name.initials(".", " "), name.suffix)
    return ", ".join(part for part in parts if part)


def _direct(name: Name) -> str:
    return " ".join(part for part in (name.initials(".", " "), name.family, name.suffix) if part)


def _year(reference: Reference) -> str:
    if not reference.year:
        return "n.d."
    last = {"": "", "…": "–present"}.get(reference.last_year, f"–{reference.last_year}")
    return f"{reference.year}{last}"


def _behind_title(reference: Reference, *, without_editors: bool) -> str:
    """`` (A. Lee, Trans.; 2nd ed.) [Audio recording]``."""
    people = [
        (() if without_editors else reference.editors, ("Ed.", "Eds.")),
        (reference.translators, ("Trans.", "Trans.")),
    ]
    notes = [
        f"{listed([_direct(c.latin) for c in found], ', & ', two=' & ')}, {words[len(found) > 1]}"
        for found, words in people
        if found
    ]
    notes += [bare(reference.edition.latin)] if reference.edition else []
    text = f" ({'; '.join(notes)})" if notes else ""
    description = _thesis(reference) if reference.kind == "thesis" else _DESCRIPTIONS.get(reference.kind)
    return f"{text} [{description}]" if description else text


def _thesis(reference: Reference) -> str:
    degree = reference.degree.lower().replace(".", "").replace(" ", "")
    kind = "Doctoral dissertation" if degree.startswith(("phd", "dr", "doc")) else "Thesis"
    kind = "Master’s thesis" if degree.startswith(("ma", "ms", "mphil")) else kind
    return ", ".join(part for part in (kind, bare(reference.publisher.latin)) if part)


def _publisher(reference: Reference) -> str:
    """The publisher, unless it is the author; of a thesis it stands behind the title."""
    publisher = bare(reference.publisher.latin)
    is_author = publisher in {c.latin.family for c in reference.authors}
    return "" if reference.kind == "thesis" or is_author else publisher


def _address(reference: Reference) -> str:
    return f"https://doi.org/{reference.doi}" if reference.doi else reference.url
