"""``bibliograph findings``: what is wrong with records that did enter."""

from typing import Any

import click

from cli import correcting
from cli.correcting import language, language_option
from cli.records import finding_json, finding_line, lines
from cli.terminal import current_settings, print_json


@click.group()
def findings() -> None:
    """What is wrong with records that are in the graph: list, show, fix, replay."""


@findings.command("list")
@click.option("--source", help="Only records of this supplier.")
@click.option("--shape", help="Only findings of this shape (its IRI or the end of it).")
@click.option("--all", "everything", is_flag=True, help="Each finding, not groups of those alike.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
def list_(source: str | None, shape: str | None, everything: bool, as_json: bool, lang: str | None) -> None:
    """All findings, those of the same shape and place together, most frequent first."""
    from services.workspace import open_workspace  # noqa: PLC0415  loads late: --help is quick

    lang = language(lang)
    with open_workspace(current_settings()) as workspace:
        found = (
            listed
            for listed in workspace.quarantine.findings()
            if (not source or listed.key.source == source) and (not shape or listed.finding.shape.endswith(shape))
        )
        rows = [_row(listed, lang) for listed in found] if everything else _groups(found, lang)
    if as_json:
        print_json({"findings" if everything else "groups": rows})
        return
    for row in rows:
        count = "" if everything else f"{row['count']:,} alike: "
        place = f"{row['place']}: " if row["place"] else ""
        value = f" ({row['value'][:80]})" if row["value"] else ""
        click.echo(f"{count}{place}{row['message']} [{row['severity']}, {row['action']}]")
        click.echo(f"    {'' if everything else 'e.g. '}{row['id']} in {row['source']} {row['record']}{value}")
    if not rows:
        click.echo("there are no findings")


def _row(listed: Any, lang: str) -> dict[str, Any]:
    key = {"id": listed.id, "source": listed.key.source, "record": listed.key.id}
    return {**key, **finding_json(listed.finding, lang)}


def _groups(found: Any, lang: str) -> list[dict[str, Any]]:
    return correcting.grouped(((each.finding.shape, each.finding.place), _row(each, lang)) for each in found)


@findings.command()
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
def show(number: int, as_json: bool, lang: str | None) -> None:
    """The record of a finding, and everything that is wrong with it."""
    from services import correction  # noqa: PLC0415
    from services.workspace import open_workspace  # noqa: PLC0415

    lang = language(lang)
    with open_workspace(current_settings()) as workspace:
        listed = workspace.quarantine.finding(number)
        same = [other.finding for other in workspace.quarantine.findings(key=listed.key)]
        text = list(lines(correction.current(workspace, correction.with_finding(workspace, number))))
        graph = workspace.archive.get(listed.key)
    withheld = [line for finding in same for line in finding.statements]
    if as_json:
        others = [finding_json(finding, lang) for finding in same]
        where = {"graph": graph.graph if graph else "", "withheld": withheld}
        print_json({**_row(listed, lang), **where, "findings": others, "lines": text})
        return
    click.echo(f"{listed.key.source} {listed.key.id}" + (f", {graph.graph}" if graph else ""))
    for finding in same:
        click.echo(finding_line(finding, lang))
    for line in withheld:
        click.echo(f"withheld: {line}")
    click.echo("\n".join(["", *text]))


@findings.command()
@correcting.fix_options
def fix(number: int, **options: Any) -> int:
    """Correct the record of a finding.

    The correction stands for these very bytes: it holds when the file comes again, and yields to a new version.
    With --alike it is made in all records with a finding of the same shape and place. Without --set and --file the
    editor opens.
    """
    return correcting.fix("finding", number, **options)


@findings.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="All records that have findings.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def replay(numbers: tuple[int, ...], everything: bool, as_json: bool) -> int:
    """Let records with findings go through mapping and gate again, as these are now."""
    if bool(numbers) == everything:
        raise click.UsageError("say the numbers of findings, or --all")

    def originals(workspace: Any) -> Any:
        from services import correction  # noqa: PLC0415

        if everything:
            return correction.all_with_findings(workspace)
        return [correction.with_finding(workspace, number) for number in numbers]

    return correcting.replay(originals, as_json=as_json)
