"""``bibliograph doctor``."""

import click

from cli.terminal import current_settings, print_json

_SIGNS = {"good": "✓", "note": "–", "bad": "✗"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(as_json: bool) -> int:
    """What is installed, what is missing, and what it is needed for.

    Looks only at this machine. Exit code 1 where something has to be done.
    """
    from services import diagnosis  # noqa: PLC0415  loads late: --help is quick

    checks = diagnosis.diagnose(current_settings())
    bad = sum(check.state == diagnosis.BAD for check in checks)
    if as_json:
        print_json({"good": not bad, "checks": [check.as_json() for check in checks]})
        return 1 if bad else 0
    part = ""
    for check in checks:
        if check.part != part:
            part = check.part
            click.echo(part)
        found = check.found or ("missing" if check.part != "data" else "none")
        click.echo(f"  {_SIGNS[check.state]} {check.name:18}{found:24}  {check.purpose}".rstrip())
    click.echo(f"{bad} things to mend" if bad else "all is well")
    return 1 if bad else 0
