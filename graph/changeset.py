"""What is written to the graph: a changeset, and the receipt for it.

Statements are ``"s p o"`` in N-Triples text (``common.terms``), graphs are bare IRIs.
"""

import re
from dataclasses import dataclass, field

_AUTHOR = re.compile(r"(?:system:[a-z][a-z-]*|(?:token|account):[A-Za-z0-9_-]{1,64})\Z")


def check_author(author: str) -> str:
    """Returns ``author`` if it is ``token:…``, ``account:…`` or ``system:…``; never a person's name.

    >>> check_author("system:ingest")
    'system:ingest'

    Raises:
        ValueError: The text may be a name: it does not say what kind of id it is.
    """
    if _AUTHOR.match(author) is None:
        raise ValueError(f"author {author[:40]!r} is not an id: use token:ID, account:ID or system:name")
    return author


@dataclass(frozen=True, slots=True)
class Suppression:
    """A librarian says: not so. Takes one graph's support for one statement away from the merge.

    Args:
        statement: The statement, which the named graph itself goes on holding.
        graph: IRI of the graph whose word is not taken.
        decider: Token or account id of who decided.
        reason: Why, in words.
    """

    statement: str
    graph: str
    decider: str
    reason: str

    def __post_init__(self) -> None:
        """Refuses a name as decider."""
        check_author(self.decider)


@dataclass(frozen=True, slots=True)
class Changeset:
    """Changes that take effect together; empty parts are left out.

    The order of the parts is: ``replace``, ``remove``, ``add``, then ``unsuppress``, ``suppress``. A statement that is
    both removed and added stays.

    Args:
        author: Token id, account id or ``system:ingest`` and the like; never a name.
        note: What this is about, in words.
        replace: Graph IRI to the statements that it shall hold; an empty list deletes the graph.
        add: Statements to add, each with its graph.
        remove: Statements to remove, each with its graph.
        suppress: Suppressions to make; one of the same statement and graph is replaced.
        unsuppress: Statement and graph of suppressions to lift.
    """

    author: str
    note: str
    replace: dict[str, list[str]] = field(default_factory=dict)
    add: list[tuple[str, str]] = field(default_factory=list)
    remove: list[tuple[str, str]] = field(default_factory=list)
    suppress: list[Suppression] = field(default_factory=list)
    unsuppress: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Refuses a name as author."""
        check_author(self.author)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a changeset did.

    Args:
        number: Number of the changeset; the current one if nothing changed.
        added: Statements that named graphs gained, and suppressions that were lifted.
        removed: Statements that named graphs lost, and suppressions that were made.
    """

    number: int
    added: int
    removed: int
