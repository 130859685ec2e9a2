"""``bibliograph backup``."""

from pathlib import Path

import click

from cli.terminal import ProgressLine, current_settings, print_json


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def backup(file: Path, as_json: bool) -> None:
    """Copy graph, archive and the rest into FILE (.tar or .tar.gz), also while serving.

    The file holds the people database: keep it as that is kept.
    """
    from services import backups  # noqa: PLC0415  loads late: --help is quick
    from services.workspace import open_workspace  # noqa: PLC0415

    progress = ProgressLine(quiet=as_json)
    with open_workspace(current_settings()) as workspace:
        manifest = backups.backup(workspace, file, progress)
    progress.close()
    size = file.stat().st_size
    if as_json:
        figures = {"sequence": manifest.sequence, "files": len(manifest.files), "bytes": size}
        print_json({"file": str(file), "base": manifest.base, **figures})
    else:
        click.echo(f"{file}: {len(manifest.files):,} files, {size:,} bytes, changeset {manifest.sequence:,}")
