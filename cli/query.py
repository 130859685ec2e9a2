"""``bibliograph query``: a SPARQL query from the command line, under the same limits as over HTTP."""

import json
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from cli.terminal import current_settings
from common.errors import InputError

if TYPE_CHECKING:
    from services.sparql.messages import Query
    from services.sparql.pool import Answer

_GRAPH_FORMATS = ("turtle", "ntriples", "jsonld", "rdfxml", "graphml", "gexf")
_FORMATS = ("table", "json", "csv", "tsv", "spreadsheet", "xml", *_GRAPH_FORMATS)


@click.command()
@click.argument("text", metavar="TEXT|FILE|-")
@click.option("--format", "name", type=click.Choice(_FORMATS), default="table", help="Default: a table to read.")
def query(text: str, name: str) -> None:
    """Run a SPARQL query: its text, a file of it, or - for standard input.

    A CONSTRUCT or DESCRIBE query answers in Turtle unless --format names another format of graphs.
    """
    from common.errors import QueryError  # noqa: PLC0415  loads late: --help is quick
    from services.sparql.messages import NotAcceptableError, Query  # noqa: PLC0415

    solutions = None if name in _GRAPH_FORMATS else "json" if name == "table" else name
    graph = name if name in _GRAPH_FORMATS else "turtle" if name == "table" else None
    try:
        _run(Query(read_query(text), solutions, graph), as_table=name == "table")
    except NotAcceptableError as error:
        raise QueryError(f"{error}; --format {name} can't hold it") from error


def read_query(text: str) -> str:
    """The query: what stands in a file of that name, else the text itself."""
    if text == "-":
        return sys.stdin.read()
    if "{" in text or not text.strip():
        return text
    if Path(text).is_file():
        return _text_of(Path(text))
    if len(text.split()) == 1:
        raise InputError(f"{text}: no such file, and no query")
    return text


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text") from error


def _run(wanted: "Query", *, as_table: bool) -> None:
    from graph.directory import DataDirectory  # noqa: PLC0415
    from graph.open import open_graph  # noqa: PLC0415
    from graph.snapshots import snapshots  # noqa: PLC0415
    from services.sparql.pool import QueryPool  # noqa: PLC0415

    settings = current_settings().model_copy(update={"query_workers": 1})
    with open_graph(settings, listen=True) as graph:
        kept = snapshots(graph, DataDirectory(settings.data).snapshots)
        pool = QueryPool(settings, kept)
        try:
            _print(pool.query(wanted), as_table=as_table)
        finally:
            pool.close()
            kept.close()


def _print(answer: "Answer", *, as_table: bool) -> None:
    with answer.file as file:
        if as_table and answer.kind == "solutions":
            _print_table(file)
        else:
            sys.stdout.buffer.write(file.read())
            sys.stdout.buffer.flush()


def _print_table(file: IO[bytes]) -> None:
    """Columns to read on a terminal; elsewhere tab-separated values without their types."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    result = json.load(file)
    if "boolean" in result:
        click.echo("yes" if result["boolean"] else "no")
        return
    variables = result["head"]["vars"]
    rows = [[row.get(v, {}).get("value", "") for v in variables] for row in result["results"]["bindings"]]
    if not sys.stdout.isatty():
        for row in [variables, *rows]:
            click.echo("\t".join(" ".join(cell.split()) for cell in row))
        return
    table = Table(*variables, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
