"""``bibliograph ledger``."""

from dataclasses import asdict
from typing import Any

import click

from cli.terminal import current_settings, print_json


@click.command()
@click.option("--all", "everything", is_flag=True, help="Mapped subfields too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def ledger(everything: bool, as_json: bool) -> None:
    """What became of every subfield of the files ingested."""
    from services.workspace import open_workspace  # noqa: PLC0415  loads late: --help is quick

    with open_workspace(current_settings()) as workspace:
        ledgers = list(workspace.quarantine.ledgers())
    if as_json:
        print_json([asdict(kept) for kept in ledgers])
        return
    for kept in ledgers:
        _print(kept, everything=everything)


def _print(kept: Any, *, everything: bool) -> None:
    total = sum(row["count"] for row in kept.rows)
    click.echo(f"{kept.file} ({kept.ingested}): {total:,} subfields of {kept.counted:,} records")
    if kept.counted < kept.records:
        click.echo(f"  the file has {kept.records:,}; to count all of it: bibliograph ingest --dry-run {kept.file}")
    for verdict in ("mapped", "dropped", "unmapped"):
        count = sum(row["count"] for row in kept.rows if row["verdict"] == verdict)
        click.echo(f"  {verdict:9}{count:>9,}  {count / total:.2%}")
    for row in kept.rows:
        if everything or row["verdict"] != "mapped":
            why = row["rule"] or "; ".join(row["examples"])
            click.echo(f"    {row['verdict']:9}{row['key']:24}{row['count']:>8,}  {why}")
