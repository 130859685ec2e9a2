"""The neighbourhood of an entity as a drawing: where its card, nodes, names and lines are, the same at every visit.

Neighbours stand in one column below the card, or in two on both sides of it, spoke by spoke, a line apart, so that no
two names touch; on two sides the nodes lie on an arc around the card.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from common import terms
from services.neighbourhood.neighbourhood import Neighbourhood, Node, Spoke

_ROW = 27
_HEADING = 30
_TOP = 8
_BELOW = 12
"""Between the card and the names below it."""
_CARD_WIDTH = 176
_CARD_LINES = 4
_CARD_LINE = 19
_CARD_PADDING = 13
_EM = 15
"""Size of the type in units of the drawing, which are pixels at full width."""
_HEADING_EM = 13
_MARGIN = 13
"""Between a node and its name."""
_ARC = 46
"""How far the nodes in the middle of a side stand out from those at its ends."""
_NARROW_SHARE = 0.48
"""Width of a letter that is not East Asian, in em, on average; a little too much so that no name is cut off."""

#: Kinds of things -> shape of their node.
_SHAPES = {
    "circle": "Person Family Organization Jurisdiction Meeting Agent".split(),
    "diamond": "Topic Concept GenreForm Temporal Event Occupation Function".split(),
    "triangle": ["Place"],
    "stack": "Hub Series".split(),
}
SHAPE_OF = {kind: shape for shape, kinds in _SHAPES.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Point:
    """A neighbour in the drawing.

    Attributes:
        node: The neighbour.
        x, y: Where its node is.
        text_x: Where its name begins, or ends if ``anchor`` is ``end``.
        anchor: ``start`` or ``end``.
        label: The name, cut off where there is no more room.
        shape: ``card``, ``circle``, ``diamond``, ``triangle`` or ``stack``, by the kind of thing.
        line: Path from the card to the node.
    """

    node: Node
    x: float
    y: float
    text_x: float
    anchor: str
    label: str
    shape: str
    line: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What a spoke is called, above its first name."""

    spoke: Spoke
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, in units that are pixels at full width.

    Attributes:
        width, height: Of the whole.
        card: Left, top, width, height of the card in the middle.
        title: The lines on the card, each with its baseline.
        points: The neighbours.
        headings: What the spokes are called.
    """

    width: int
    height: int
    card: tuple[float, float, float, float]
    title: list[tuple[float, str]]
    points: list[Point]
    headings: list[Heading]


def draw(around: Neighbourhood, title: str, *, width: int, is_round: bool) -> Drawing:
    """The drawing of a neighbourhood.

    Args:
        around: The neighbourhood.
        title: What stands on the card.
        width: Width of the drawing.
        is_round: With the card in the middle and names on both sides; else with the card on top and all names below.
    """
    lines = _wrapped(title, _CARD_WIDTH - 2 * _CARD_PADDING - 8)
    card_height = len(lines) * _CARD_LINE + 2 * _CARD_PADDING - 4
    columns = _split(around.spokes) if is_round else [around.spokes]
    tallest = max(map(_height, columns))
    height = 2 * _TOP + (max(tallest, card_height) if is_round else tallest + card_height + _BELOW)
    corner = ((width - _CARD_WIDTH) / 2, (height - card_height) / 2) if is_round else (1, _TOP)
    card = (*corner, _CARD_WIDTH, card_height)
    sides = [_Side(width, card, is_left=n == 1, is_alone=not is_round) for n in range(len(columns))]
    for side, spokes in zip(sides, columns, strict=True):
        side.fill(spokes, (height - _height(spokes)) / 2 if is_round else _TOP + card_height + _BELOW)
    baselines = [(card[1] + _CARD_PADDING + _CARD_LINE * n + 12, line) for n, line in enumerate(lines)]
    points = [point for side in sides for point in side.points]
    headings = [heading for side in sides for heading in side.headings]
    return Drawing(width, math.ceil(height), card, baselines, points, headings)


def _height(spokes: Sequence[Spoke]) -> int:
    return sum(_HEADING + _ROW * len(spoke.nodes) for spoke in spokes)


def _split(spokes: Sequence[Spoke]) -> list[list[Spoke]]:
    """The spokes on the right and on the left side: each goes where there is more room, the first to the right."""
    sides: list[list[Spoke]] = [[], []]
    for spoke in spokes:
        sides[_height(sides[1]) < _height(sides[0])].append(spoke)
    return sides


class _Side:
    """The names on one side of the card, or all of them below it."""

    def __init__(self, width: int, card: tuple[float, float, float, float], *, is_left: bool, is_alone: bool) -> None:
        self._width = width
        self._card = card
        self._sign = -1 if is_left else 1
        self._is_alone = is_alone
        self.points: list[Point] = []
        self.headings: list[Heading] = []

    def fill(self, spokes: Sequence[Spoke], top: float) -> None:
        """Places the spokes, from ``top`` on."""
        tall, y = _height(spokes), top
        anchor = "end" if self._sign < 0 else "start"
        for spoke in spokes:
            x = self._node_x((y + _HEADING / 2 - top) / tall)
            self.headings.append(Heading(spoke, self._text_x(x), y + _HEADING - 9, anchor))
            y += _HEADING
            for node in spoke.nodes:
                self.points.append(self._point(node, self._node_x((y + _ROW / 2 - top) / tall), y + _ROW / 2, anchor))
                y += _ROW

    def _node_x(self, share: float) -> float:
        """Where a node stands, ``share`` of the way down."""
        if self._is_alone:
            return 36.0
        edge = self._card[0] + (self._card[2] if self._sign > 0 else 0)
        return edge + self._sign * (34 + _ARC * math.sin(math.pi * share))

    def _text_x(self, x: float) -> float:
        return x + self._sign * _MARGIN

    def _point(self, node: Node, x: float, y: float, anchor: str) -> Point:
        text_x = self._text_x(x)
        room = self._width - text_x if self._sign > 0 else text_x
        shape = SHAPE_OF.get(node.type, "card")
        return Point(node, x, y, text_x, anchor, fitted(_name(node), room - 4), shape, self._line(x, y))

    def _line(self, x: float, y: float) -> str:
        left, top, width, height = self._card
        if self._is_alone:
            return f"M{left + 15:.0f} {top + height:.0f}V{y - 12:.1f}Q{left + 15:.0f} {y:.1f} {x - 5:.1f} {y:.1f}"
        start, middle = left + (width if self._sign > 0 else 0), top + height / 2
        bend = (start + x) / 2
        return f"M{start:.1f} {middle:.1f}C{bend:.1f} {middle:.1f} {bend:.1f} {y:.1f} {x - self._sign * 5:.1f} {y:.1f}"


def _name(node: Node) -> str:
    label = terms.value(node.label)
    return f"{label} ({node.year})" if node.year else label


def text_width(text: str, em: float = _EM) -> float:
    """About how wide a text is."""
    return sum(em if unicodedata.east_asian_width(c) in "WF" else em * _NARROW_SHARE for c in text)


def fitted(text: str, room: float) -> str:
    """The text, cut off with an ellipsis where it is wider than ``room``.

    >>> fitted("红楼梦研究", 50)
    '红楼…'
    """
    if text_width(text) <= room:
        return text
    while text and text_width(text) + _EM > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _wrapped(text: str, room: float) -> list[str]:
    """The text in lines, the last of which may be cut off; Chinese breaks anywhere."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < _CARD_LINES - 1 and text_width(rest) > room:
        end = len(rest)
        while end > 1 and text_width(rest[:end]) > room:
            end -= 1
        blank = rest.rfind(" ", 0, end + 1)
        cut = blank if blank > 0 else end
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*lines, fitted(rest, room)] if rest else lines
