"""``bibliograph explain``: how answers come about."""

import click

from cli.query import read_query
from cli.terminal import current_settings, print_json


@click.group()
def explain() -> None:
    """Show how an answer comes about."""


@explain.command("query")
@click.argument("text", metavar="TEXT|FILE|-")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def explain_query(text: str, as_json: bool) -> None:
    """Show every stage of a query on the engine at hand, without running it.

    Its algebra; on Neo4j the Cypher with its parameters, and what is left to do in memory and why.
    """
    from graph.open import open_graph  # noqa: PLC0415  loads late: --help is quick
    from services.sparql.pool import check  # noqa: PLC0415

    settings = current_settings()
    query = read_query(text)
    check(query, settings)
    with open_graph(settings) as graph:
        stages = graph.explain(query)
    if as_json:
        print_json({"stages": [{"name": stage.name, "text": stage.text} for stage in stages]})
        return
    for stage in stages:
        click.secho(stage.name.upper(), bold=True)
        click.echo("\n".join(f"  {line}" for line in stage.text.splitlines()))
