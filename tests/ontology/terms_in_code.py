"""Collects the vocabulary terms that the code and the queries of the platform name, by reading them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from common import namespaces as ns

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("ingest/mappings", "ingest/codes", "reasoning", "graph")
#: Functions of ``ingest.mappings.names`` and alike -> the namespace they write.
NAMESPACES = {
    "bf": ns.BF,
    "bflc": ns.BFLC,
    "bg": ns.BG,
    "dcterms": ns.DCTERMS,
    "prov": ns.PROV,
    "schema": ns.SCHEMA,
    "skos": ns.SKOS,
}
QUERY_FOLDERS = ("ingest", "reasoning", "graph", "services")
_PREFIXED = re.compile(rf"(?<![\w:<])({'|'.join(NAMESPACES)}):([A-Za-z]\w*)")
_CONSTANTS = {name.upper(): iri for name, iri in NAMESPACES.items()}


def python_files() -> list[Path]:
    """Source files that may name terms."""
    return sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))


def terms_in(source: str) -> set[str]:
    """IRIs named in one source text, as calls, prefixed names or f-strings.

    >>> sorted(terms_in('bg("member"); f"<{BF}Work>"; f"{ns.BG}score"'))[0]
    'http://id.loc.gov/ontologies/bibframe/Work'
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found.update(_called(node))
        elif isinstance(node, ast.JoinedStr):
            found.update(_formatted(node))
    return found


def _called(node: ast.Call) -> Iterator[str]:
    """``bf("Work")`` and ``names.bf("Work")``."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in NAMESPACES and node.args and isinstance(node.args[0], ast.Constant):
        yield f"{NAMESPACES[name]}{node.args[0].value}"


def _formatted(node: ast.JoinedStr) -> Iterator[str]:
    """``f"<{ns.BG}score>"``: the constant and the name that follows it."""
    for part, text in zip(node.values, node.values[1:], strict=False):
        if isinstance(part, ast.FormattedValue) and isinstance(text, ast.Constant):
            value = part.value
            constant = value.attr if isinstance(value, ast.Attribute) else getattr(value, "id", "")
            name = str(text.value).split(">")[0].split(" ")[0]
            if constant in _CONSTANTS and name.isidentifier():
                yield f"{_CONSTANTS[constant]}{name}"


def terms_in_query(text: str) -> set[str]:
    """IRIs that a query names by prefix; comments don't count.

    >>> terms_in_query("?s bg:score ?o  # not bg:rank")
    {'https://w3id.org/bibliograph/ontology#score'}
    """
    code = "\n".join(re.sub(r"(^|\s)#.*", "", line) for line in text.splitlines())
    return {f"{NAMESPACES[prefix]}{name}" for prefix, name in _PREFIXED.findall(code)}


def terms_in_code() -> dict[str, set[str]]:
    """Term IRI -> the files that name it."""
    queries = [path for folder in QUERY_FOLDERS for path in sorted((ROOT / folder).rglob("*.rq"))]
    found: dict[str, set[str]] = {}
    for path in (*python_files(), *queries):
        text = path.read_text(encoding="utf-8")
        for term in terms_in(text) if path.suffix == ".py" else terms_in_query(text):
            found.setdefault(term, set()).add(str(path.relative_to(ROOT)))
    return found
