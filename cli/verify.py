"""``bibliograph verify``."""

import click

from cli.terminal import ProgressLine, current_settings, print_json

_SHOWN = 100
"""Lines of each check; ``--json`` has all."""


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(as_json: bool) -> int:
    """See that archive, graph and merge agree.

    Exit code 1 where they differ; what was archived and not brought into the graph is mended by remap.
    """
    from services import verification  # noqa: PLC0415  loads late: --help is quick
    from services.workspace import open_workspace  # noqa: PLC0415

    progress = ProgressLine(quiet=as_json)
    with open_workspace(current_settings()) as workspace:
        found = verification.verify(workspace, progress)
    progress.close()
    if as_json:
        print_json(found.as_json())
        return 0 if found.right else 1
    for check, lines in found.differences.items():
        for line in lines[:_SHOWN]:
            click.echo(f"{check}: {line}")
        if len(lines) > _SHOWN:
            click.echo(f"{check}: … {len(lines):,} differences in all")
    verdict = "archive, graph and merge agree" if found.right else "there are differences"
    click.echo(f"{found.records:,} records, {found.graphs:,} graphs, changeset {found.sequence:,}: {verdict}")
    return 0 if found.right else 1
