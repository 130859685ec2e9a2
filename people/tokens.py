"""Access tokens: 256 random bits that are shown once; the database keeps their SHA-256 alone.

A slow password hash would add nothing: nobody guesses 256 random bits.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import DateTime, Engine, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from common.errors import AccessError
from people.database import Base
from people.roles import Role

_PREFIX = "bgt_"
_BYTES = 32
_LONGEST = 200


class TokenRow(Base):
    """One token as stored."""

    __tablename__ = "tokens"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    note: Mapped[str] = mapped_column(String(500))
    created: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revoked: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True, slots=True)
class Token:
    """A token as others see it, without its secret.

    Attributes:
        id: Public name, by which it is listed and revoked.
        role: What it allows.
        note: What it is for, in its creator's words.
        created: When it was made.
        revoked: When it was revoked, None while it is good.
    """

    id: str
    role: Role
    note: str
    created: datetime
    revoked: datetime | None

    @property
    def author(self) -> str:
        """How changesets name who holds it."""
        return f"token:{self.id}"


class Tokens:
    """The tokens of one people database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(self, role: Role, note: str = "") -> tuple[str, str]:
        """Makes a token and returns its id and its secret, which is stored nowhere."""
        token_id, secret = secrets.token_hex(6), _PREFIX + secrets.token_urlsafe(_BYTES)
        row = TokenRow(
            id=token_id,
            role=role.label,
            digest=_digest(secret),
            note=note[:500],
            created=datetime.now(UTC),
            revoked=None,
        )
        with Session(self._engine) as session, session.begin():
            session.add(row)
        return token_id, secret

    def authenticate(self, secret: str) -> Token | None:
        """The token with this secret, None if there is none or it was revoked."""
        if not secret.startswith(_PREFIX) or len(secret) > _LONGEST:
            return None
        # The look-up is by digest, so that its time tells nothing about a secret that is nearly right.
        with Session(self._engine) as session:
            row = session.scalar(select(TokenRow).where(TokenRow.digest == _digest(secret), TokenRow.revoked.is_(None)))
            return _token(row) if row else None

    def list(self) -> list[Token]:
        """All tokens, oldest first."""
        with Session(self._engine) as session:
            return [_token(row) for row in session.scalars(select(TokenRow).order_by(TokenRow.created, TokenRow.id))]

    def revoke(self, token_id: str) -> None:
        """Makes a token worthless from the next request on.

        Raises:
            AccessError: No good token has this id.
        """
        good = (TokenRow.id == token_id, TokenRow.revoked.is_(None))
        with Session(self._engine) as session, session.begin():
            found = session.scalar(select(TokenRow.id).where(*good))
            if found is None:
                raise AccessError(f"no token {token_id[:40]!r} to revoke")
            session.execute(update(TokenRow).where(*good).values(revoked=datetime.now(UTC)))

    def close(self) -> None:
        """Closes the connections to the database."""
        self._engine.dispose()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _token(row: TokenRow) -> Token:
    return Token(row.id, Role.named(row.role), row.note, _utc(row.created), _utc(row.revoked) if row.revoked else None)


def _utc(time: datetime) -> datetime:
    """SQLite forgets the time zone of what was written in UTC."""
    return time if time.tzinfo else time.replace(tzinfo=UTC)
