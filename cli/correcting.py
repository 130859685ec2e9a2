"""What ``quarantine`` and ``findings`` share: fix, its preview and its undoing, and replay."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from cli.records import finding_line, lines, maker, shown
from cli.terminal import current_settings, print_json
from common.errors import InputError

AUTHOR = "system:cli"

_PREVIEWED = 10
"""Records of which a dry run shows the lines that change."""


def language(said: str | None) -> str:
    """The language of messages: as said, else the first of the settings."""
    return said or current_settings().languages[0]


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--lang``."""
    return click.option("--lang", help="Language of messages. Default: the first of the settings.")(command)


def fix_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Everything that ``fix`` takes."""
    options = (
        click.argument("number", type=int),
        click.option("--set", "steps", multiple=True, metavar="245$a=TEXT", help="An edit; may be repeated."),
        click.option("--file", "path", type=click.Path(path_type=Path), help="A record to stand in its place."),
        click.option("--alike", is_flag=True, help="Edit all of the same shape and place."),
        click.option("--dry-run", is_flag=True, help="Change nothing, show what would change."),
        click.option("--undo", is_flag=True, help="Take back what was fixed by this number."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        language_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def fix(kind: str, number: int, **options: Any) -> int:
    """Fixes entry or finding ``number``, or all alike, by edits, by a file or in the editor."""
    from services import correction  # noqa: PLC0415  loads late: --help is quick
    from services.derived import open_followed  # noqa: PLC0415

    _check(options)
    origin = f"{kind} {number}"
    with open_followed(current_settings()) as workspace:
        if options["undo"]:
            outcome = correction.undo(workspace, origin, AUTHOR)
        else:
            originals = _originals(workspace, kind, number, alike=options["alike"])
            fixes = [(original, _replacement(workspace, original, options)) for original in originals]
            if options["dry_run"]:
                return _preview(workspace, fixes, language(options["lang"]), as_json=options["as_json"])
            outcome = correction.fix(workspace, fixes, origin, AUTHOR)
    return report(outcome, as_json=options["as_json"])


def _check(options: dict[str, Any]) -> None:
    ways = [bool(options["steps"]), options["path"] is not None, options["undo"]]
    if sum(ways) > 1:
        raise click.UsageError("say one of --set, --file, --undo")
    if options["alike"] and not options["steps"]:
        raise click.UsageError("--alike needs --set: a file or the editor is for one record")
    if options["undo"] and options["dry_run"]:
        raise click.UsageError("--undo can't be tried with --dry-run")


def _originals(workspace: Any, kind: str, number: int, *, alike: bool) -> list[Any]:
    from services import correction  # noqa: PLC0415

    if alike:
        return correction.alike(workspace, kind, number)
    one = correction.quarantined if kind == correction.QUARANTINE else correction.with_finding
    return [one(workspace, number)]


def _replacement(workspace: Any, original: Any, options: dict[str, Any]) -> Any:
    from services import correction  # noqa: PLC0415

    if options["steps"]:
        return correction.edited(workspace, original, options["steps"])
    if options["path"] is not None:
        try:
            data = options["path"].read_bytes()
        except OSError as error:
            raise InputError(f"{options['path']}: {error.strerror}") from error
        return correction.read_record(data, str(options["path"]))
    return _in_editor(workspace, original)


def _in_editor(workspace: Any, original: Any) -> Any:
    from services import correction  # noqa: PLC0415

    if not (os.isatty(0) and os.isatty(1)):
        raise click.UsageError("say what to change with --set, or a whole record with --file")
    text = click.edit(maker(correction.current(workspace, original)), extension=".mrk8")
    if text is None:
        raise click.Abort
    return correction.read_record(text.encode(), "the edited record", "utf-8")


def _preview(workspace: Any, fixes: list[tuple[Any, Any]], lang: str, *, as_json: bool) -> int:
    from services import correction  # noqa: PLC0415

    refused = 0
    rows: list[dict[str, Any]] = []
    for original, record in fixes:
        prepared = correction.preview(workspace, original, record)
        refused += bool(prepared.reason)
        if len(rows) < _PREVIEWED:
            before = shown(original.raw, original.raw.encoding or original.encoding)
            after = list(lines(record))
            rows.append(
                {
                    "record": f"{original.key.source} {original.key.id}",
                    "removed": [line for line in before if line not in after],
                    "added": [line for line in after if line not in before],
                    "reason": prepared.reason,
                    "findings": [finding_line(finding, lang) for finding in prepared.findings],
                }
            )
    if as_json:
        print_json({"records": len(fixes), "refused": refused, "examples": rows})
    else:
        _print_preview(rows, len(fixes), refused)
    return 1 if refused else 0


def _print_preview(rows: list[dict[str, Any]], records: int, refused: int) -> None:
    for row in rows:
        click.echo(row["record"])
        for sign, name in (("-", "removed"), ("+", "added"), ("!", "findings")):
            for line in row[name]:
                click.echo(f"  {sign} {line}")
        if row["reason"]:
            click.echo(f"  stays in quarantine: {row['reason']}")
    click.echo(f"{records:,} records would be changed, {refused:,} of them would be refused")


def replay(originals: Callable[[Any], Iterable[Any]], *, as_json: bool) -> int:
    """Lets records go through mapping and gate again.

    Args:
        originals: Gives them, from the open workspace.
        as_json: Print one JSON object.
    """
    from services import correction  # noqa: PLC0415
    from services.derived import open_followed  # noqa: PLC0415

    with open_followed(current_settings()) as workspace:
        outcome = correction.replay(workspace, originals(workspace), AUTHOR)
    return report(outcome, as_json=as_json)


def grouped(rows: Iterable[tuple[tuple[str, str], dict[str, Any]]]) -> list[dict[str, Any]]:
    """Rows of one sort together: the first of each, with their ``count``; the most frequent first."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for sort, row in rows:
        groups.setdefault(sort, {"count": 0, **row})["count"] += 1
    return sorted(groups.values(), key=lambda group: (-group["count"], group["id"]))


def report(outcome: Any, *, as_json: bool) -> int:
    """Says what came of it; exit code 1 where something stays in quarantine."""
    entered = outcome.new + outcome.changed
    if as_json:
        figures = {"entered": entered, "unchanged": outcome.unchanged, "quarantined": outcome.quarantined}
        print_json({**figures, "deleted": outcome.deleted, "findings": outcome.findings})
    else:
        click.echo(
            f"{entered:,} records entered the graph, {outcome.unchanged:,} unchanged, "
            f"{outcome.quarantined:,} in quarantine, {outcome.findings:,} findings"
        )
    return 1 if outcome.quarantined else 0
