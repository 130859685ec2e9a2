"""Roles, each of which may do all that the one before it may."""

from enum import IntEnum


class Role(IntEnum):
    """What a token allows; a greater role includes the smaller ones."""

    READER = 1
    EDITOR = 2
    ADMIN = 3

    @property
    def label(self) -> str:
        """The word for it on the command line, in the database and in messages."""
        return self.name.lower()

    @classmethod
    def named(cls, name: str) -> "Role":
        """The role called ``name``.

        Raises:
            ValueError: There is none.
        """
        try:
            return cls[name.upper()]
        except KeyError:
            raise ValueError(f"no role {name[:40]!r}: choose {', '.join(r.label for r in cls)}") from None
