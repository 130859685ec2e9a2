"""``bibliograph remap``."""

import os

import click

from cli.terminal import ProgressLine, current_settings, print_json


@click.command()
@click.option("--source", help="Only records of this supplier.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that prepare records. Default: the cores.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def remap(source: str | None, workers: int | None, as_json: bool) -> int:
    """Map all archived records again, with the mappings and shapes as they are now.

    Graphs that come out the same are not written; after a kill it goes on where it was.
    """
    from services import remapping  # noqa: PLC0415  loads late: --help is quick
    from services.derived import open_followed  # noqa: PLC0415
    from services.vocabularies import ensure_vocabularies  # noqa: PLC0415

    progress = ProgressLine(quiet=as_json)
    with open_followed(current_settings(), progress) as workspace:
        ensure_vocabularies(workspace.graph)
        report = remapping.remap(workspace, source, workers or os.cpu_count() or 1, progress=progress)
    progress.close()
    if as_json:
        print_json(report.as_json())
    else:
        click.echo(
            f"{report.records:,} records mapped: {report.changed:,} changed, {report.unchanged:,} unchanged, "
            f"{report.retracted:,} retracted, {report.quarantined:,} would no longer enter and stay as they were"
        )
    return 1 if report.quarantined else 0
