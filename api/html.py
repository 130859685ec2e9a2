"""Pages: the template environment, and what templates may call."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, render_template, request

from api import paths
from api.language import page_language
from api.platform import platform
from api.web.texts import incoming_label, problem_text, text
from common import terms
from common.namespaces import PREFIXES

_LONGEST_IRI = 70
FORMAT_NAMES = {
    "json": "JSON",
    "xml": "XML",
    "csv": "CSV",
    "tsv": "TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF/XML",
    "marcxml": "MARCXML",
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
        literal=terms.value, language=_language, curie=curie, shorten=_shorten, urlencode_path=_urlencode_path
    )
    app.jinja_env.tests["iri"] = terms.is_iri
    app.context_processor(_context)


def _context() -> dict[str, Any]:
    language = page_language()
    tools: dict[str, Callable[..., Any]] = {
        "t": lambda key, **values: text(key, language, **values),
        "local": paths.local,
        "page_address": paths.page_address,
        "resource_address": paths.resource_address,
        "external": paths.external,
        "in_language": _in_language,
        "problem_text": lambda english: problem_text(english, language),
        "incoming_label": lambda name: incoming_label(name, language),
    }
    return {"lang": language, "languages": platform().settings.languages, "format_names": FORMAT_NAMES, **tools}


def _language(term: str) -> str | None:
    return terms.language(term) if term.startswith('"') else None


def _in_language(language: str) -> str:
    """The address at hand in another language, relative to itself."""
    return f"?{urlencode({**request.args.to_dict(), 'lang': language})}"


def curie(term: str) -> str:
    """An IRI as ``prefix:name`` where it has a prefix, without brackets where not."""
    iri = term[1:-1] if term.startswith("<") else term
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    base = platform().settings.base
    return iri.removeprefix(base) if iri.startswith(f"{base}id/") else iri


def _urlencode_path(_path: str) -> str:
    """The path at hand as it stands in IRIs, encoded."""
    return f"/{paths.requested_path('/')}"


def _shorten(text_: str) -> str:
    return text_ if len(text_) <= _LONGEST_IRI else f"{text_[: _LONGEST_IRI // 2]}…{text_[-_LONGEST_IRI // 2 :]}"
