"""``bibliograph load``."""

import time
from pathlib import Path

import click

from cli.terminal import current_settings, print_json


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--graph", metavar="IRI", help="Default: graph/vocabulary/ and the file's name, under the base IRI.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def load(file: Path, graph: str | None, as_json: bool) -> None:
    """Load an RDF file into a named graph, in place of what that holds.

    Turtle, N-Triples, N-Quads and TriG of one graph, RDF/XML, JSON-LD. Blank nodes become IRIs.
    """
    from services.derived import open_followed  # noqa: PLC0415
    from services.loading import load_file  # noqa: PLC0415  loads late: --help is quick

    start = time.monotonic()
    with open_followed(current_settings()) as workspace:
        loaded = load_file(workspace, file, graph)
    seconds = round(time.monotonic() - start, 3)
    if as_json:
        print_json({"triples": loaded.triples, "seconds": seconds, "graph": loaded.graph, "changed": loaded.changed})
    else:
        note = "" if loaded.changed else ", as it was before"
        click.echo(f"{loaded.triples:,} triples in <{loaded.graph}>{note}, {seconds:.1f} s")
