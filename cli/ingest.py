"""``bibliograph ingest``."""

import os
from typing import Any

import click

from cli.terminal import ProgressLine, current_settings, print_json

_FEW = 3
"""Files passed over that are named without being asked for."""
_MANY = 10
"""Files that can't be read, likewise."""


@click.command()
@click.argument("locations", nargs=-1, required=True, metavar="PATH|URL…")
@click.option("--format", "format_name", default="auto", help="iso2709, marcxml, marcjson, line, alephseq, jsonl.")
@click.option("--encoding", help="Overrides what records declare, e.g. utf-8, marc-8, gb18030.")
@click.option("--source", help="The supplier, part of every record's identity. Default: 003, else 040 $a, else local.")
@click.option("--dry-run", is_flag=True, help="Change nothing, say what would change.")
@click.option("--complete", is_flag=True, help="The files are the whole of their sources: retract what they lack.")
@click.option("--yes", is_flag=True, help="Do not ask before --complete retracts more than 5%.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that prepare records. Default: the cores.")
@click.option("-v", "--verbose", is_flag=True, help="Name every file that was passed over or can't be read.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def ingest(locations: tuple[str, ...], as_json: bool, yes: bool, **options: Any) -> int:
    """Read files, directories or URLs of MARC records or of documents (JSON Lines) into the graph.

    Format and encoding are detected. Running it again changes nothing; after a kill it goes on where it was.
    """
    from ingest.pipeline import Options  # noqa: PLC0415  loads late: --help is quick
    from services import ingestion  # noqa: PLC0415
    from services.derived import open_followed  # noqa: PLC0415

    settings = current_settings()
    how = Options(
        base=settings.base,
        source=options["source"],
        format=options["format_name"],
        encoding=options["encoding"],
        workers=options["workers"] or os.cpu_count() or 1,
        batch_records=settings.batch_records,
        record_bytes=settings.record_bytes,
    )
    progress = ProgressLine(quiet=as_json)
    with open_followed(settings, progress) as workspace:
        report = ingestion.ingest(
            workspace,
            list(locations),
            how,
            dry_run=options["dry_run"],
            complete=options["complete"],
            confirm=_confirm(yes=yes, ask=not as_json),
            progress=progress,
        )
    progress.close()
    if as_json:
        print_json(report.as_json())
    else:
        _print(report, dry_run=options["dry_run"], verbose=options["verbose"])
    return _exit_code(report)


def _exit_code(report: Any) -> int:
    failed = [file for file in report.files if file.error and not file.passed_over]
    if not report.files or (failed and len(failed) == len(report.files)):
        return 2
    return 1 if failed or report.outcome.quarantined or report.not_retracted else 0


def _confirm(*, yes: bool, ask: bool) -> Any:
    def confirm(source: str, absent: int, held: int) -> bool:
        question = f"{source}: retract {absent:,} of {held:,} records that the files do not hold?"
        return yes or (ask and click.confirm(question, default=False, err=True))

    return confirm


def _print(report: Any, *, dry_run: bool, verbose: bool) -> None:
    _print_errors(report, verbose=verbose)
    if all(file.error and not file.records for file in report.files):
        return
    _print_counts(report, dry_run=dry_run)
    _print_ledger(report.ledger)
    for source, count in report.not_retracted.items():
        click.echo(f"{source}: {count:,} records that the files lack were kept; retract them with --yes", err=True)
    if report.outcome.quarantined and not dry_run:
        click.echo("see: bibliograph quarantine list")
    if report.outcome.findings and not dry_run:
        click.echo("see: bibliograph findings list")


def _print_errors(report: Any, *, verbose: bool) -> None:
    """A line for each file that should have been read, one for all those of no format that is read."""
    passed_over = [file.error for file in report.files if file.passed_over]
    if len(passed_over) > _FEW and not verbose:
        example = passed_over.pop(0)
        click.echo(f"passed over: {example}, and {len(passed_over):,} other files (-v names them)", err=True)
        passed_over = []
    for error in passed_over:
        click.echo(f"passed over: {error}", err=True)
    failed = [file.error for file in report.files if file.error and not file.passed_over]
    shown = failed if verbose else failed[:_MANY]
    for error in shown:
        click.echo(f"bibliograph: {error}", err=True)
    if len(shown) < len(failed):
        click.echo(f"bibliograph: {len(failed) - len(shown):,} other files can't be read (-v names them)", err=True)


def _print_counts(report: Any, *, dry_run: bool) -> None:
    outcome = report.outcome
    would = "would be " if dry_run else ""
    records = sum(file.records for file in report.files)
    click.echo(
        f"{records:,} records read: {outcome.new:,} {would}new, {outcome.changed:,} {would}changed, "
        f"{outcome.unchanged:,} unchanged, {outcome.deleted:,} {would}deleted, "
        f"{outcome.quarantined:,} {would}in quarantine"
    )
    click.echo(f"{outcome.triples:,} triples, {outcome.findings:,} findings, {report.seconds:.1f} s")
    if outcome.repeated:
        click.echo(f"{outcome.repeated:,} records came more than once under one number: the last of each counts")


def _print_ledger(ledger: Any) -> None:
    totals = ledger.totals()
    if not totals["total"]:
        return
    shares = [f"{totals[name] / totals['total']:.1%} {name}" for name in ("mapped", "dropped", "unmapped")]
    click.echo(f"{totals['total']:,} subfields: {', '.join(shares)}")
