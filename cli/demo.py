"""``bibliograph demo``."""

import os
from typing import Any

import click

from cli.terminal import ProgressLine, current_settings


@click.command()
@click.option("--host", help="Address to listen on; default: the setting host.")
@click.option("--port", type=click.IntRange(0, 65_535), help="First port to try; the next 20 follow. 0: any.")
@click.option("--no-serve", is_flag=True, help="Only ingest the samples.")
def demo(host: str | None, port: int | None, no_serve: bool) -> int:
    """Ingest the samples, serve them, print the address.

    A second run ingests nothing again. Needs no network.
    """
    from services import demonstration  # noqa: PLC0415  loads late: --help is quick
    from services.derived import open_followed  # noqa: PLC0415

    settings = current_settings()
    progress = ProgressLine()
    with open_followed(settings, progress) as workspace:
        report = demonstration.ingest_samples(workspace, min(os.cpu_count() or 1, 2), progress)
        worth = demonstration.worth_opening(workspace)
    progress.close()
    _print(report)
    for file, reason in demonstration.NOT_READ.items():
        click.echo(f"samples/{file}: skipped, {reason}")
    if no_serve:
        return 0
    from api.server import serve  # noqa: PLC0415

    given = {name: said for name, said in (("host", host), ("port", port)) if said is not None}
    serve(settings.model_copy(update=given), lambda address: _announce(address, worth, settings.base), quiet=True)
    return 0


def _print(report: Any) -> None:
    outcome = report.outcome
    records = sum(file.records for file in report.files)
    click.echo(
        f"samples: {records:,} records, {outcome.new + outcome.changed:,} new, {outcome.unchanged:,} there already, "
        f"{outcome.triples:,} triples, {report.seconds:.1f} s"
    )


def _announce(address: str, worth: list[Any], base: str) -> None:
    click.echo(f"Bibliograph is at {address}")
    for each in worth:
        path = each.iri.removeprefix(base)
        click.echo(f"  {address}{path}  {each.label} ({each.works:,} works)")
    click.echo(f"  {address}sparql  SPARQL workbench; Ctrl-C ends")
