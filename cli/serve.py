"""``bibliograph serve``: the web server, which owns the graph while it runs."""

import click

from cli.terminal import current_settings


@click.command()
@click.option("--host", help="Address to listen on; default: the setting host.")
@click.option("--port", type=click.IntRange(0, 65_535), help="First port to try; the next 20 follow. 0: any.")
def serve(host: str | None, port: int | None) -> None:
    """Serve SPARQL, linked data and entity pages until interrupted."""
    from api.server import serve as serve_until_stopped  # noqa: PLC0415  loads late: --help is quick

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    serve_until_stopped(
        current_settings().model_copy(update=given), lambda address: click.echo(f"Bibliograph is at {address}")
    )
