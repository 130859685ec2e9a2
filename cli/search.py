"""``bibliograph search``."""

from typing import TYPE_CHECKING

import click

from cli.terminal import ProgressLine, current_settings, print_json

if TYPE_CHECKING:
    from services.hits.hit import Hit
    from services.search.request import SearchResult


@click.command()
@click.argument("text")
@click.option("--lang", help="Language of labels; default: the first of the setting languages.")
@click.option(
    "--type", "type_", default="work", show_default=True, help="work, agent, subject, place, hub, event, all."
)
@click.option("--field", default="", help="Only in title, creator, subject, identifier, call_number, series, …")
@click.option("--from", "first_year", type=int, metavar="YEAR", help="Earliest year of publication.")
@click.option("--to", "last_year", type=int, metavar="YEAR", help="Latest year of publication.")
@click.option("--sort", default="relevance", show_default=True, help="relevance, newest, oldest, title.")
@click.option("--facet", "facets", multiple=True, metavar="NAME=VALUE", help="Only hits with this value; repeatable.")
@click.option("--limit", default=10, show_default=True, help="Hits, at most 100.")
@click.option("--cursor", help="Where the page begins: next of the page before.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def search(
    text: str,
    lang: str | None,
    type_: str,
    field: str,
    first_year: int | None,
    last_year: int | None,
    sort: str,
    facets: tuple[str, ...],
    limit: int,
    cursor: str | None,
    as_json: bool,
) -> None:
    """Search titles, names, subjects, identifiers and notes, in any script.

    TEXT may be words, an ISBN, a call number, pinyin or its initials; "" lists everything.
    """
    from graph.directory import DataDirectory  # noqa: PLC0415  loads late: --help is quick
    from graph.open import open_graph  # noqa: PLC0415
    from services.search.index import TextIndex  # noqa: PLC0415
    from services.search.indexer import bring_up_to_date  # noqa: PLC0415
    from services.search.request import SearchRequest  # noqa: PLC0415
    from services.search.searcher import Searcher  # noqa: PLC0415

    settings = current_settings()
    request = SearchRequest(
        text, lang or settings.languages[0], type_, field, first_year, last_year, sort, _facets(facets), limit, cursor
    )
    progress = ProgressLine(quiet=as_json)
    with open_graph(settings) as graph:
        index = TextIndex(DataDirectory(settings.data).text_index)
        bring_up_to_date(graph, index, progress)
        progress.close()
        result = Searcher(graph, index).search(request)
    print_json(result.as_json()) if as_json else _print(result)


def _facets(given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    facets: dict[str, tuple[str, ...]] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign:
            raise click.UsageError(f"--facet {each}: write NAME=VALUE")
        facets[name] = (*facets.get(name, ()), value)
    return facets


def _print(result: "SearchResult") -> None:
    for note in result.relaxed:
        click.echo(note)
    click.echo(f"{result.total:,} found")
    for hit in result.hits:
        click.echo(_line(hit))
    if result.next:
        click.echo(f"more: --cursor {result.next}")


def _line(hit: "Hit") -> str:
    about = ", ".join(part for part in ("; ".join(hit.creators[:2]), hit.date, hit.format or hit.type) if part)
    places = "".join(f"\n    {holding.location}: {holding.call_number}" for holding in hit.holdings[:2])
    return f"  {hit.title or hit.label}{f' ({about})' if about else ''}\n    {hit.iri}{places}"
