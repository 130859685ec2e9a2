"""``bibliograph token``: access tokens of those who may change the graph."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from cli.terminal import current_settings

if TYPE_CHECKING:
    from people.tokens import Tokens

_ROLES = ("reader", "editor", "admin")


@click.group()
def token() -> None:
    """Access tokens: create, list, revoke."""


@contextmanager
def _tokens() -> "Iterator[Tokens]":
    from people.database import open_database  # noqa: PLC0415  loads late: --help is quick
    from people.tokens import Tokens  # noqa: PLC0415

    engine = open_database(current_settings())
    try:
        yield Tokens(engine)
    finally:
        engine.dispose()


@token.command()
@click.option("--role", type=click.Choice(_ROLES), required=True, help="What the token allows.")
@click.option("--note", default="", help="What it is for; no names of persons.")
def create(role: str, note: str) -> None:
    """Make a token and show its secret, this once."""
    from people.roles import Role  # noqa: PLC0415

    with _tokens() as tokens:
        token_id, secret = tokens.create(Role.named(role), note)
    click.echo(f"Token {token_id} of role {role}. Its secret is shown only now:", err=True)
    click.echo(secret)


@token.command("list")
def list_tokens() -> None:
    """List all tokens, without secrets."""
    with _tokens() as tokens:
        for found in tokens.list():
            state = f"revoked {found.revoked:%Y-%m-%d}" if found.revoked else "good"
            click.echo(f"{found.id}  {found.role.label:<6}  {found.created:%Y-%m-%d}  {state:<18}  {found.note}")


@token.command()
@click.argument("token_id", metavar="ID")
def revoke(token_id: str) -> None:
    """Make a token worthless."""
    with _tokens() as tokens:
        tokens.revoke(token_id)
    click.echo(f"Token {token_id} is revoked.", err=True)
