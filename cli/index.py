"""``bibliograph index``."""

import click

from cli.terminal import ProgressLine, current_settings, print_json


@click.command()
@click.option("--rebuild", is_flag=True, help="Make everything anew, not only what has changed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def index(rebuild: bool, as_json: bool) -> None:
    """Bring associations and text index up to the graph's last changeset.

    Both are derived from the graph alone: they may be deleted and made anew at any time. Searches go on meanwhile.
    """
    from services import derived  # noqa: PLC0415  loads late: --help is quick
    from services.workspace import open_workspace  # noqa: PLC0415

    progress = ProgressLine(quiet=as_json)
    with open_workspace(current_settings()) as workspace:
        done = derived.bring_up_to_date(workspace.graph, workspace.directory, progress, rebuild=rebuild)
    progress.close()
    seconds = round(done.seconds, 3)
    if as_json:
        print_json({"changeset": done.sequence, "documents": done.documents, "seconds": seconds})
    else:
        click.echo(f"{done.documents:,} documents written, as of changeset {done.sequence}, {seconds:.1f} s")
