"""Access tokens in a real SQLite database."""

import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from common.errors import AccessError, ConfigurationError, StoreError
from common.settings import Settings
from graph.changeset import check_author
from people.database import open_database
from people.roles import Role
from people.tokens import Tokens


@pytest.fixture
def tokens(tmp_path: Path) -> Iterator[Tokens]:
    """Tokens of a fresh database."""
    engine = open_database(Settings(data=tmp_path))
    yield Tokens(engine)
    engine.dispose()


def test_a_secret_authenticates_as_its_role(tokens: Tokens) -> None:
    """The secret that create returns is accepted, with the role it was made for."""
    token_id, secret = tokens.create(Role.EDITOR, "cataloguing room")
    token = tokens.authenticate(secret)
    assert token is not None
    assert (token.id, token.role, token.note, token.revoked) == (token_id, Role.EDITOR, "cataloguing room", None)
    assert check_author(token.author) == f"token:{token_id}"


@pytest.mark.parametrize("wrong", ["", "bgt_", "bgt_" + "A" * 43, "x" * 10_000, "王"])
def test_wrong_secrets_are_nobody(tokens: Tokens, wrong: str) -> None:
    """Empty, short, made-up, huge and non-ASCII secrets authenticate nobody."""
    tokens.create(Role.ADMIN)
    assert tokens.authenticate(wrong) is None


def test_no_file_holds_the_secret(tokens: Tokens, tmp_path: Path) -> None:
    """Neither the database nor its write-ahead log contains the secret; the id is there."""
    token_id, secret = tokens.create(Role.READER)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert token_id.encode() in stored
    assert secret.encode() not in stored
    assert secret.removeprefix("bgt_").encode() not in stored


def test_a_revoked_token_is_nobody_and_stays_listed(tokens: Tokens) -> None:
    """Revoking takes effect at once, is seen in the list, and can't be done twice."""
    token_id, secret = tokens.create(Role.EDITOR)
    other, other_secret = tokens.create(Role.READER)
    tokens.revoke(token_id)
    assert tokens.authenticate(secret) is None
    assert tokens.authenticate(other_secret) is not None
    assert [(token.id, token.revoked is not None) for token in tokens.list()] == [(token_id, True), (other, False)]
    with pytest.raises(AccessError, match=token_id):
        tokens.revoke(token_id)


def test_sqlite_overwrites_and_only_its_owner_reads(tokens: Tokens, tmp_path: Path) -> None:
    """Connections have secure_delete on; the file's mode is 0600."""
    with tokens._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
    assert stat.S_IMODE((tmp_path / "people.db").stat().st_mode) == 0o600


def test_tokens_survive_reopening(tmp_path: Path) -> None:
    """A token made by one process is good in the next."""
    engine = open_database(Settings(data=tmp_path))
    secret = Tokens(engine).create(Role.ADMIN)[1]
    engine.dispose()
    engine = open_database(Settings(data=tmp_path))
    token = Tokens(engine).authenticate(secret)
    engine.dispose()
    assert token is not None
    assert token.role is Role.ADMIN


def test_bad_database_settings_are_named(tmp_path: Path) -> None:
    """A URL that is none, a driver that is not there and a file that is no database are each named."""
    for url in ("nonsense", "postgresql+nodriver://host/db"):
        with pytest.raises(ConfigurationError, match="setting database"):
            open_database(Settings(data=tmp_path, database=url))
    (tmp_path / "people.db").write_bytes(b"no database" * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_database(Settings(data=tmp_path))


def test_roles_are_ordered() -> None:
    """Admin includes editor includes reader; unknown names are refused with the choices."""
    assert Role.READER < Role.EDITOR < Role.ADMIN
    assert Role.named("editor") is Role.EDITOR
    with pytest.raises(ValueError, match="reader, editor, admin"):
        Role.named("owner")


def test_sqlite_is_whole(tokens: Tokens, tmp_path: Path) -> None:
    """Another client can read the database while it is open."""
    tokens.create(Role.READER)
    connection = sqlite3.connect(tmp_path / "people.db")
    count = connection.execute("SELECT count(*) FROM tokens").fetchone()[0]
    connection.close()
    assert count == 1
