"""``bibliograph copy``."""

import os

import click
from pydantic import SecretStr

from cli.terminal import ProgressLine, current_settings, print_json

_PASSWORD = "BIBLIOGRAPH_FROM_PASSWORD"  # noqa: S105  the name of a variable


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--from-user", default="", help=f"Name at FROM, if not the settings'; with {_PASSWORD}.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def copy(source: str, target: str, from_user: str, as_json: bool) -> None:
    """Copy the whole graph from one engine to another, and compare.

    FROM and TO are what the setting store takes: oxigraph:DIRECTORY or sparql+https://HOST/PATH; oxigraph:
    alone is the store in the data directory. TO must be empty. An interrupted copy goes on with the same command.
    """
    from services import copying  # noqa: PLC0415  loads late: --help is quick

    settings = current_settings()
    giving: dict[str, object] = {"store": source}
    password = os.environ.get(_PASSWORD)
    if from_user or password:
        giving |= {"store_user": from_user, "store_password": SecretStr(password or "")}
    progress = ProgressLine(quiet=as_json)
    done = copying.copy(settings.model_copy(update=giving), settings.model_copy(update={"store": target}), progress)
    progress.close()
    if as_json:
        print_json(done.as_json())
        return
    click.echo(f"{done.quads:,} quads copied to {done.target} and compared, {done.seconds:,.0f} s")
    click.echo(f'to use it: store = "{target}"')
