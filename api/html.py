"""Pages: the template environment, and what templates may call."""

import re
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, render_template, request, url_for
from markupsafe import Markup, escape

import ontology
from api import paths
from api.language import page_language
from api.platform import platform
from api.web.texts import incoming_label, problem_text, spoke_label, text
from common import namespaces, terms
from common.namespaces import BF
from services.neighbourhood.neighbourhood import Neighbourhood, Node, Spoke

_LONGEST_WORD = 40
_LONGEST_IRI = 70
_STATIC = Path(__file__).parent / "web" / "static"
_BY_ROLE = (f"<{BF}contribution>", f"<{BF}agent>")
_ABBREVIATED = frozenset("isbn issn issnl ismn doi lccn oclc nbn urn ean upc".split())
"""Schemes of identifiers whose names are abbreviations."""
_MARK = re.compile(r"(</?mark>)")
FORMAT_NAMES = {
    "json": "JSON",
    "xml": "XML",
    "csv": "CSV",
    "tsv": "TSV",
    "spreadsheet": "CSV (Excel)",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF/XML",
    "marcxml": "MARCXML",
    "graphml": "GraphML",
    "gexf": "GEXF",
}


def page(template: str, **values: Any) -> Response:
    """A page in the reader's language."""
    language = page_language()
    response = Response(render_template(template, **values), content_type="text/html; charset=utf-8")
    response.content_language = language
    return response


def configure(app: Flask) -> None:
    """Gives templates their filters and globals; all output is escaped."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        literal=terms.value,
        language=_language,
        curie=curie,
        beginning=_beginning,
        shorten=_shorten,
        urlencode_path=_urlencode_path,
        marked=marked,
        number="{:,}".format,
    )
    app.jinja_env.tests["iri"] = terms.is_iri
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    language = page_language()
    tools: dict[str, Callable[..., Any]] = {
        "t": lambda key, **values: text(key, language, **values),
        "asset": asset,
        "class_address": _class_address,
        "hit_address": hit_address,
        "is_own": _is_own,
        "edge_labels": _edge_labels,
        "scheme_name": lambda scheme: scheme.upper() if scheme in _ABBREVIATED else scheme,
        "spoke_text": lambda name: spoke_label(name, language),
        "type_label": lambda name: ontology.labels(language).get(f"{BF}{name}", name),
        "local": paths.local,
        "page_address": paths.page_address,
        "resource_address": paths.resource_address,
        "external": paths.external,
        "in_language": _in_language,
        "problem_text": lambda english: problem_text(english, language),
        "incoming_label": lambda name: incoming_label(name, language),
    }
    return {"lang": language, "languages": platform().settings.languages, "format_names": FORMAT_NAMES, **tools}


def asset(name: str) -> str:
    """The address of a static file, with its digest: a browser may keep it, and has the new one after a change."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    return blake2b((_STATIC / name).read_bytes(), digest_size=6).hexdigest()


def hit_address(iri: str) -> str:
    """Where the page about a hit is."""
    return paths.page_address(f"<{iri}>") or paths.resource_address(f"<{iri}>")


#: Class -> kind of things among which the search page lists all of it.
_KINDS = {
    "Work": "work",
    "Hub": "hub",
    "Person": "agent",
    "Organization": "agent",
    "Topic": "subject",
    "Place": "place",
}


def _class_address(term: str) -> str:
    """Where all entities of a class are listed: by the search page if it can, else as links to the class."""
    name = term[1:-1].removeprefix(BF)
    if name not in _KINDS:
        return paths.resource_address(term)
    narrowed = None if name in {"Work", "Hub", "Place"} else name
    return paths.local("/search", type=_KINDS[name], **{"facet.type": narrowed})


def _edge_labels(around: Neighbourhood, node: Node, spoke: Spoke) -> str:
    """The roles in which a neighbour and the centre have to do with each other, where the spoke stands for several."""
    if spoke.predicate not in _BY_ROLE:
        return ""
    return ", ".join(
        dict.fromkeys(
            edge.label
            for edge in around.edges
            if node.entity in {edge.source, edge.target} and edge.predicate == _BY_ROLE[0]
        )
    )


def _is_own(address: str) -> bool:
    """Whether a picture is on this server: pages ask no other."""
    return address.startswith(request.host_url)


def marked(passage: str) -> Markup:
    """A passage of a hit: ``<mark>`` around what matched is markup, everything else in it is text.

    >>> marked("a <mark>b</mark> &lt;i&gt; <b>")
    Markup('a <mark>b</mark> &lt;i&gt; &lt;b&gt;')
    """
    # Only what is exactly <mark> or </mark> becomes markup; all else is escaped.
    parts = (Markup(p) if _MARK.fullmatch(p) else escape(unescape(p)) for p in _MARK.split(passage))  # noqa: S704
    return Markup().join(parts)


def years(first: int | None, last: int | None) -> str:
    """A span of years in words, of which at least one end is known."""
    language = page_language()
    if first is None or last is None:
        return text("years-until" if first is None else "years-since", language, first=first, last=last)
    return text("years-between", language, first=first, last=last)


def _language(term: str) -> str | None:
    return terms.language(term) if term.startswith('"') else None


def _in_language(language: str) -> str:
    """The address at hand in another language, relative to itself."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return f"?{urlencode([*kept, ('lang', language)])}"


def curie(term: str) -> str:
    """An IRI as ``prefix:name`` where it has a prefix, without brackets where not."""
    short = namespaces.curie(term[1:-1] if term.startswith("<") else term)
    base = platform().settings.base
    return short.removeprefix(base) if short.startswith(f"{base}id/") else short


def _urlencode_path(_path: str) -> str:
    """The path at hand as it stands in IRIs, encoded."""
    return f"/{paths.requested_path('/')}"


def _beginning(text_: str, length: int) -> str:
    """As much of a text as a page shows, ended at a blank where there is one near; "" where it shows all of it."""
    if len(text_) <= length:
        return ""
    start = text_[:length]
    return f"{start.rsplit(maxsplit=1)[0] if ' ' in start[-_LONGEST_WORD:] else start}…"


def _shorten(text_: str) -> str:
    return text_ if len(text_) <= _LONGEST_IRI else f"{text_[: _LONGEST_IRI // 2]}…{text_[-_LONGEST_IRI // 2 :]}"
