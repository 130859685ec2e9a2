"""Writes the results of SELECT and ASK in the four formats of SPARQL 1.1.

- https://www.w3.org/TR/sparql11-results-json/
- https://www.w3.org/TR/rdf-sparql-XMLres/
- https://www.w3.org/TR/sparql11-results-csv-tsv/
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from common import terms

Row = Sequence[str | None]
SolutionsWriter = Callable[[IO[bytes], Sequence[str], Iterable[Row]], None]

_FORMULA = frozenset("=+-@\t\r\n")
"""How a formula begins, or the white space before it."""
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def binding(term: str) -> dict[str, str]:
    """A term as SPARQL JSON results write it.

    >>> binding('"a"@en')
    {'type': 'literal', 'value': 'a', 'xml:lang': 'en'}
    """
    if term.startswith("<"):
        return {"type": "uri", "value": term[1:-1]}
    if term.startswith("_:"):
        return {"type": "bnode", "value": term[2:]}
    return _literal(term)


def _literal(term: str) -> dict[str, str]:
    _, language, datatype = terms.split_literal(term)
    result = {"type": "literal", "value": terms.value(term)}
    if language:
        result["xml:lang"] = language
    elif datatype:
        result["datatype"] = datatype
    return result


def write_json(output: IO[bytes], variables: Sequence[str], rows: Iterable[Row]) -> None:
    """SPARQL 1.1 Query Results JSON."""
    output.write(f'{{"head":{{"vars":{json.dumps(list(variables))}}},"results":{{"bindings":['.encode())
    separator = b"\n"
    for row in rows:
        bound = {name: binding(term) for name, term in zip(variables, row, strict=True) if term is not None}
        output.write(separator + json.dumps(bound, ensure_ascii=False, separators=(",", ":")).encode())
        separator = b",\n"
    output.write(b"\n]}}\n")


_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'


def write_xml(output: IO[bytes], variables: Sequence[str], rows: Iterable[Row]) -> None:
    """SPARQL Query Results XML; a character that XML can't hold becomes U+FFFD."""
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in variables)
    output.write(f"{_XML_HEAD}<head>{head}</head>\n<results>\n".encode())
    for row in rows:
        cells = (
            f"<binding name={quoteattr(name)}>{_xml(binding(term))}</binding>"
            for name, term in zip(variables, row, strict=True)
            if term is not None
        )
        output.write(f"<result>{''.join(cells)}</result>\n".encode())
    output.write(b"</results>\n</sparql>\n")


def _xml(bound: dict[str, str]) -> str:
    attributes = "".join(f" {name}={quoteattr(bound[name])}" for name in ("xml:lang", "datatype") if name in bound)
    text = escape(_NOT_IN_XML.sub("\ufffd", bound["value"]), {"\r": "&#13;"})
    return f"<{bound['type']}{attributes}>{text}</{bound['type']}>"


def write_csv(output: IO[bytes], variables: Sequence[str], rows: Iterable[Row]) -> None:
    """CSV: plain values without type or language."""
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(variables)
    writer.writerows(["" if term is None else _csv(term) for term in row] for row in rows)
    text.flush()
    text.detach()


def _csv(term: str) -> str:
    bound = binding(term)
    return f"_:{bound['value']}" if bound["type"] == "bnode" else bound["value"]


def write_spreadsheet(output: IO[bytes], variables: Sequence[str], rows: Iterable[Row]) -> None:
    """CSV that spreadsheets open with every script intact, and in which nothing is taken for a formula.

    See https://owasp.org/www-community/attacks/CSV_Injection
    """
    output.write(codecs.BOM_UTF8)
    write_csv(output, variables, ([None if term is None else _no_formula(term) for term in row] for row in rows))


def _no_formula(term: str) -> str:
    """A term whose value begins like a formula, and is no number, with an apostrophe before that."""
    text = terms.value(term) if term.startswith('"') else ""
    is_harmless = text[:1] not in _FORMULA or _NUMBER.fullmatch(text)
    return term if is_harmless else terms.literal(f"'{text}")


def write_tsv(output: IO[bytes], variables: Sequence[str], rows: Iterable[Row]) -> None:
    """TSV: terms as Turtle writes them, so that nothing is lost."""
    output.write(("\t".join(f"?{name}" for name in variables) + "\n").encode())
    for row in rows:
        output.write(("\t".join(term or "" for term in row) + "\n").encode())


WRITERS: dict[str, SolutionsWriter] = {
    "json": write_json,
    "xml": write_xml,
    "csv": write_csv,
    "tsv": write_tsv,
    "spreadsheet": write_spreadsheet,
}


def write_boolean(output: IO[bytes], name: str, answer: bool) -> None:
    """The answer of ASK; the specification gives CSV and TSV no form for it, so they hold one word."""
    word = "true" if answer else "false"
    forms = {
        "json": f'{{"head":{{}},"boolean":{word}}}\n',
        "xml": f"{_XML_HEAD}<head/>\n<boolean>{word}</boolean>\n</sparql>\n",
    }
    output.write(forms.get(name, f"{word}\n").encode())
