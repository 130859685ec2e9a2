"""The drawing of a neighbourhood: nothing touches, nothing leaves the picture, the same at every visit."""

from itertools import combinations

import pytest

from api.drawing import Drawing, Point, draw, fitted, text_width
from common.namespaces import BF
from services.neighbourhood.neighbourhood import Neighbourhood, Node, Spoke

NAMES = ("红楼梦", "A very long title that goes on and on : with a subtitle that does so too", "Ibn al-ʻImād", "家")


def _around(*sizes: int) -> Neighbourhood:
    """As many spokes as there are sizes, with names of all kinds."""
    spokes = [
        Spoke(
            f"<{BF}p{n}>",
            outgoing=True,
            nodes=[Node(f"<urn:{n}:{m}>", f'"{NAMES[m % 4]}"', None, "Topic", "1958") for m in range(size)],
            count=size,
        )
        for n, size in enumerate(sizes)
    ]
    return Neighbourhood(Node("<urn:0>", '"Centre"', None, "Text"), spokes, [], {})


def _box(point: Point) -> tuple[float, float, float, float]:
    wide = text_width(point.label)
    left = point.text_x if point.anchor == "start" else point.text_x - wide
    return left, point.y - 8, left + wide, point.y + 8


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _both(*sizes: int) -> list[Drawing]:
    around = _around(*sizes)
    return [
        draw(around, "Dream of the red chamber, or, The story of the stone", width=width, is_round=is_round)
        for width, is_round in ((900, True), (340, False))
    ]


@pytest.mark.parametrize("sizes", [(1,), (24,), (2, 2, 1, 1), (12, 1, 1, 8, 2)])
def test_names_neither_touch_nor_leave_the_picture(sizes: tuple[int, ...]) -> None:
    """Of every neighbourhood, wide and narrow: names, headings and card each have a place of their own."""
    for drawing in _both(*sizes):
        boxes = [_box(point) for point in drawing.points]
        left, top, width, height = drawing.card
        boxes.append((left, top, left + width, top + height))
        assert len(drawing.points) == sum(sizes)
        assert not [pair for pair in combinations(boxes, 2) if _overlap(*pair)]
        assert all(b[0] >= 0 and b[1] >= 0 and b[2] <= drawing.width and b[3] <= drawing.height for b in boxes)
        baselines = sorted((h.anchor, h.y) for h in drawing.headings)
        assert all(abs(h.y - p.y) >= 15 for h in drawing.headings for p in drawing.points if p.anchor == h.anchor)
        assert len(baselines) == len(set(baselines))


def test_a_drawing_is_the_same_at_every_visit() -> None:
    """The same neighbourhood is drawn alike."""
    assert _both(3, 4) == _both(3, 4)


def test_both_sides_are_used() -> None:
    """Spokes are spread over both sides, no side much longer than the other."""
    drawing = draw(_around(6, 6, 6, 6), "Centre", width=900, is_round=True)
    sides = [point.anchor for point in drawing.points]
    assert sides.count("start") == sides.count("end") == 12


def test_kinds_have_shapes_of_their_own() -> None:
    """Not colour alone tells people, subjects, places and works apart."""
    nodes = [Node(f"<urn:{kind}>", f'"{kind}"', None, kind) for kind in ("Person", "Topic", "Place", "Hub", "Text")]
    around = Neighbourhood(nodes[0], [Spoke("<urn:p>", outgoing=True, nodes=nodes, count=5)], [], {})
    assert len({point.shape for point in draw(around, "", width=900, is_round=True).points}) == 5


def test_long_names_are_cut_off() -> None:
    """A name that fits stays, a longer one ends in an ellipsis and fits then."""
    assert fitted("short", 500) == "short"
    cut = fitted("一二三四五六七八九十", 80)
    assert cut.endswith("…")
    assert text_width(cut) <= 80
