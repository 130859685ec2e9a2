"""How like names are, held against the textbook's algorithm and against pairs that a cataloguer would judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reconciliation.similarity import Effort, best, distance, forms, likeness, name_of

LETTERS = st.text(alphabet="abc曹", max_size=12)


def by_table(one: str, other: str) -> int:
    """The distance cell by cell: added, left out, replaced, exchanged with the neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cell = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cell = min(cell, rows[-2][j - 2] + 1)
            row.append(cell)
        rows.append(row)
    return rows[-1][-1]


@given(LETTERS, LETTERS)
def test_the_distance_is_that_of_the_table(one: str, other: str) -> None:
    """By bits as cell by cell."""
    assert distance(one, other) == by_table(one, other)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    """From 0 to 1; a name is wholly like itself unless it has no letters."""
    found = likeness(name_of(one), name_of(other))
    assert 0 <= found <= 1
    assert found == likeness(name_of(other), name_of(one))
    assert likeness(name_of(one), name_of(one)) == float(bool(name_of(one).key))


@pytest.mark.parametrize(
    ("asked", "heading", "least", "most"),
    [
        ("Cao Xueqin", "Cao, Xueqin, approximately 1717-1763", 1, 1),
        ("曹雪芹", "曹雪芹, 约1717-1763", 1, 1),
        ("Lynhc, David", "Lynch, David, 1978-", 0.88, 0.95),
        ("J. R. R. Tolkien", "Tolkien, J. R. R. (John Ronald Reuel), 1892-1973", 0.98, 1),
        ("John Ronald Reuel Tolkien", "Tolkien, J. R. R. (John Ronald Reuel), 1892-1973", 0.88, 0.9),
        ("Dream of the red chamber", "Cao, Xueqin, approximately 1717-1763. Dream of the red chamber", 0.95, 0.95),
        ("曹雪芹", "曹雪芹, 约1717-1763. 红楼梦", 0, 0.6),
        ("Sexual rights", "Children's rights", 0, 0.7),
        ("Volume 2", "Volume 3", 0, 0.75),
        ("Congress", "United States. Congress", 0, 0.6),
        ("Müller", "MULLER", 1, 1),
        ("Lewis", "Lewis, C. S. (Clive Staples), 1898-1963", 0.4, 0.6),
        ("Wang", "王", 0.9, 0.9),
        ("", "Anything", 0, 0),
    ],
)
def test_pairs_that_a_cataloguer_would_judge(asked: str, heading: str, least: float, most: float) -> None:
    """The same person is, a namesake's part is not."""
    assert least <= best(forms(asked), [heading], Effort(100)) <= most


def test_effort_ends_the_comparing_of_letters_and_not_of_names() -> None:
    """What is the same is seen to be so however much was compared before."""
    spent = Effort(0)
    assert best(forms("Lynhc, David"), ["Lynch, David"], spent) == 0
    assert best(forms("Lynch, David"), ["Smith", "Lynch, David, 1978-"], spent) == 1
