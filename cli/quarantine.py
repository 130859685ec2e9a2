"""``bibliograph quarantine``: records that could not enter."""

from collections.abc import Iterator
from typing import Any

import click

from cli import correcting
from cli.correcting import language, language_option
from cli.records import finding_json, finding_line, shown
from cli.terminal import current_settings, print_json


@click.group()
def quarantine() -> None:
    """Records that could not enter the graph, kept byte for byte: list, show, fix, replay."""


@quarantine.command("list")
@click.option("--source", help="Only records of this supplier.")
@click.option("--shape", help="Only findings of this shape (its IRI or the end of it).")
@click.option("--all", "everything", is_flag=True, help="Each entry, not groups of those alike.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
def list_(source: str | None, shape: str | None, everything: bool, as_json: bool, lang: str | None) -> None:
    """What is in quarantine, those alike together, most frequent first."""
    from services.workspace import open_workspace  # noqa: PLC0415  loads late: --help is quick

    lang = language(lang)
    with open_workspace(current_settings()) as workspace:
        chosen = (e for e in workspace.quarantine.entries(source) if not shape or _has_shape(e, shape))
        rows = [_row(entry, lang) for entry in chosen] if everything else _groups(chosen, lang)
    if as_json:
        print_json({"entries" if everything else "groups": rows})
        return
    for row in rows:
        count = "" if everything else f"{row['count']:,} alike: "
        where = f"{row['file']}, record {row['position']}" if row["file"] else f"{row['source']} {row['record']}"
        click.echo(f"{count}{row['reason']}\n    {'' if everything else 'e.g. '}{row['id']} ({where})")
    if not rows:
        click.echo("nothing is in quarantine")


def _has_shape(entry: Any, shape: str) -> bool:
    return any(finding.shape.endswith(shape) for finding in entry.findings)


def _row(entry: Any, lang: str) -> dict[str, Any]:
    first = entry.findings[0] if entry.findings else None
    return {
        "id": entry.id,
        "source": entry.key.source,
        "record": entry.key.id,
        "reason": _reason(entry, lang),
        "shape": first.shape if first else "",
        "place": first.place if first else "",
        "file": entry.file,
        "position": entry.position,
        "since": entry.since,
    }


def _reason(entry: Any, lang: str) -> str:
    """The gravest finding in the language asked for; reading and mapping report in English."""
    if not entry.findings:
        return str(entry.reason)
    first = entry.findings[0]
    return f"{first.place}: {first.message(lang)}" if first.place else str(first.message(lang))


def _groups(entries: Iterator[Any], lang: str) -> list[dict[str, Any]]:
    from services.correction import sort_of  # noqa: PLC0415

    return correcting.grouped((sort_of(entry), _row(entry, lang)) for entry in entries)


@quarantine.command()
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@language_option
def show(number: int, as_json: bool, lang: str | None) -> None:
    """The record, where it stood, and everything that is wrong with it."""
    from services import correction  # noqa: PLC0415
    from services.workspace import open_workspace  # noqa: PLC0415

    lang = language(lang)
    with open_workspace(current_settings()) as workspace:
        entry = workspace.quarantine.entry(number)
        text = shown(correction.quarantined(workspace, number).raw, entry.encoding)
    if as_json:
        findings = [finding_json(finding, lang) for finding in entry.findings]
        more = {"format": entry.format, "encoding": entry.encoding, "offset": entry.offset}
        print_json({**_row(entry, lang), **more, "findings": findings, "lines": text})
        return
    click.echo(f"{entry.file or entry.key.source}, record {entry.position}, byte {entry.offset:,}, since {entry.since}")
    click.echo(
        f"{entry.key.source} {entry.key.id}, {entry.format or 'unknown format'}, {entry.encoding or 'undecoded'}"
    )
    if not entry.findings:
        click.echo(entry.reason)
    for finding in entry.findings:
        click.echo(finding_line(finding, lang))
    click.echo("\n".join(["", *text]))


@quarantine.command()
@correcting.fix_options
def fix(number: int, **options: Any) -> int:
    """Correct a record and let it enter.

    The correction stands for these very bytes: it holds when the file comes again, and yields to a new version.
    With --alike it is made in all entries of the same shape and place. Without --set and --file the editor opens.
    """
    return correcting.fix("quarantine", number, **options)


@quarantine.command()
@click.argument("numbers", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="All entries.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def replay(numbers: tuple[int, ...], everything: bool, as_json: bool) -> int:
    """Let records go through mapping and gate again, as these are now."""
    if bool(numbers) == everything:
        raise click.UsageError("say the numbers of entries, or --all")

    def originals(workspace: Any) -> Any:
        from services import correction  # noqa: PLC0415

        if everything:
            return correction.all_quarantined(workspace)
        return [correction.quarantined(workspace, number) for number in numbers]

    return correcting.replay(originals, as_json=as_json)
