"""``bibliograph restore``."""

from pathlib import Path

import click

from cli.terminal import ProgressLine, current_settings, print_json


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def restore(file: Path, directory: Path, as_json: bool) -> None:
    """Make the data directory DIRECTORY of the backup FILE.

    All of it is checked before anything is written; a directory that holds something is refused.
    """
    from services import backups  # noqa: PLC0415  loads late: --help is quick

    progress = ProgressLine(quiet=as_json)
    restored = backups.restore(file, directory, progress)
    progress.close()
    manifest = restored.manifest
    if as_json:
        figures = {"sequence": manifest.sequence, "made": manifest.made, "unmarked": restored.unmarked}
        print_json({"directory": str(directory), "base": manifest.base, **figures})
        return
    click.echo(f"{directory}: backup of {manifest.made}, changeset {manifest.sequence:,}")
    if restored.unmarked:
        click.echo(f"{restored.unmarked:,} records were archived later than that: bibliograph remap brings them in")
    if manifest.base != current_settings().base:
        click.echo(f"its base IRI is {manifest.base}: say so in the settings", err=True)
