"""``bibliograph related``."""

from typing import TYPE_CHECKING

import click

from cli.terminal import current_settings, print_json

if TYPE_CHECKING:
    from services.hits.hit import Hit


@click.command()
@click.argument("entity", metavar="IRI")
@click.option("--lang", help="Language of labels and reasons; default: the first of the setting languages.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 50), help="Hits.")
@click.option("--depth", default=2, show_default=True, type=click.IntRange(1, 3), help="Most steps from the entity.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def related(entity: str, lang: str | None, limit: int, depth: int, as_json: bool) -> None:
    """Show what is related to an entity, the closest first, each with the reasons.

    IRI is that of a work, a publication, a person, a subject, a place or a series, or its path: work/…, agent/…
    """
    from common.errors import InputError  # noqa: PLC0415  loads late: --help is quick
    from graph.open import open_graph  # noqa: PLC0415
    from services.related.related import related as find_related  # noqa: PLC0415

    settings = current_settings()
    iri = entity if ":" in entity.partition("/")[0] else f"{settings.base}id/{entity.lstrip('/').removeprefix('id/')}"
    with open_graph(settings) as graph:
        found = find_related(graph, iri, lang or settings.languages[0], limit=limit, depth=depth)
    if found is None:
        raise InputError(f"{iri}: the graph says nothing about it")
    if as_json:
        print_json({"hits": [hit.as_json() for hit in found.hits], "sparql": found.sparql})
        return
    for hit in found.hits:
        _print(hit)


def _print(hit: "Hit") -> None:
    about = ", ".join(part for part in ("; ".join(hit.creators[:2]), hit.date, hit.format or hit.type) if part)
    click.echo(f"{hit.title or hit.label}{f' ({about})' if about else ''}\n    {hit.iri}")
    for reason in hit.why:
        click.echo(f"    - {reason.text}")
