"""``bibliograph resolve``."""

import click

from cli.terminal import ProgressLine, current_settings, print_json


@click.command()
@click.option("--all", "everything", is_flag=True, help="Look at all entities, not only at what has changed.")
@click.option("--undo", "entity", metavar="IRI", help="Take back this entity's link, and keep it from coming again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def resolve(everything: bool, entity: str | None, as_json: bool) -> None:
    """Link entities of the same scheme and the same full controlled heading.

    Every link has a score and its evidence, and can be taken back.
    """
    from services import resolution  # noqa: PLC0415  loads late: --help is quick
    from services.derived import open_followed  # noqa: PLC0415

    if everything and entity:
        raise click.UsageError("say --all or --undo, not both")
    progress = ProgressLine(quiet=as_json)
    with open_followed(current_settings(), progress) as workspace:
        if entity:
            target = resolution.undo(workspace, entity, "system:cli")
        else:
            run = resolution.resolve_all if everything else resolution.resolve_touched
            changed = run(workspace, progress)
    progress.close()
    if entity:
        print_json({"undone": entity, "was": target}) if as_json else click.echo(f"{entity} is apart from {target}")
    else:
        print_json({"changed": changed}) if as_json else click.echo(f"{changed:,} links changed")
