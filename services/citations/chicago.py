"""The Chicago Manual of Style, 17th edition: bibliography entries (notes and bibliography)."""

from datetime import date

from services.citations.reference import Contributor, Reference
from services.citations.text import Piece, bare, listed, sentences

_MOST_AUTHORS = 10
_FIRST_OF_MANY = 7


def chicago(reference: Reference, _today: date) -> list[Piece]:
    """The reference in Chicago style, names romanised where the graph knows how."""
    authors, editors = reference.authors, reference.editors
    parts = [Piece(_names(authors) or _editors_in_front(editors)), _title(reference)]
    if authors and editors:
        parts.append(Piece(f"Edited by {_direct(editors)}"))
    if reference.translators:
        parts.append(Piece(f"Translated by {_direct(reference.translators)}"))
    parts += [Piece(bare(reference.edition.latin)), Piece(_imprint(reference)), Piece(_address(reference))]
    return sentences(parts)


def _title(reference: Reference) -> Piece:
    """A thesis is not published: its title stands in quotation marks."""
    if reference.kind == "thesis":
        return Piece(f"“{reference.title.latin}.”")
    return Piece(reference.title.latin, is_title=True)


def _names(contributors: list[Contributor]) -> str:
    """The first name inverted, the others as they are said; a name with its family in front needs no comma."""
    names = [c.latin.direct if n or c.latin.family_first else c.latin.inverted for n, c in enumerate(contributors)]
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[:_FIRST_OF_MANY])}, et al."
    return listed(names, ", and ", two=", and ")


def _editors_in_front(editors: list[Contributor]) -> str:
    if not editors:
        return ""
    return f"{_names(editors)}, {'ed' if len(editors) == 1 else 'eds'}."


def _direct(contributors: list[Contributor]) -> str:
    return listed([c.latin.direct for c in contributors], ", and ", two=" and ")


def _imprint(reference: Reference) -> str:
    place, publisher = bare(reference.place.latin), bare(reference.publisher.latin)
    if reference.kind == "thesis":
        degree = "PhD diss." if reference.degree.lower().startswith(("ph", "dr", "doc")) else "thesis"
        return ", ".join(part for part in (degree, publisher, _year(reference)) if part)
    where = ": ".join(part for part in (place, publisher) if part)
    return ", ".join(part for part in (where, _year(reference)) if part)


def _year(reference: Reference) -> str:
    if not reference.year:
        return "n.d."
    year = f"[{reference.year}]" if reference.is_supplied else reference.year
    return f"{year}–{reference.last_year.strip('…')}" if reference.last_year else year


def _address(reference: Reference) -> str:
    return f"https://doi.org/{reference.doi}" if reference.doi else reference.url
