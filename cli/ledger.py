"""``bibliograph ledger``."""

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
        print_json([{"file": file, "ingested": when, "rows": rows} for file, when, rows in ledgers])
        return
    for file, when, rows in ledgers:
        total = sum(row["count"] for row in rows)
        click.echo(f"{file} ({when}): {total:,} subfields")
        for verdict in ("mapped", "dropped", "unmapped"):
            count = sum(row["count"] for row in rows if row["verdict"] == verdict)
            click.echo(f"  {verdict:9}{count:>9,}  {count / total:.2%}")
        for row in rows:
            if everything or row["verdict"] != "mapped":
                why = row["rule"] or "; ".join(row["examples"])
                click.echo(f"    {row['verdict']:9}{row['key']:24}{row['count']:>8,}  {why}")
