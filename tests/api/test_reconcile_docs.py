"""docs/reconciliation.md can't drift: its examples are run, its tables name every type and property."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from reconcile_calls import sent
from serving import Server

from services.reconciliation import scoring, similarity
from services.reconciliation.properties import PROPERTIES
from services.reconciliation.types import TYPES

PAGE = (Path(__file__).parents[2] / "docs" / "reconciliation.md").read_text(encoding="utf-8")
#: Form field, what is sent in it, and the answer that is shown.
EXAMPLES = re.findall(r"--data-urlencode '(\w+)=(\{.*?\})'\n```\n```json\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("field", "asked", "shown"), EXAMPLES, ids=[field for field, _, _ in EXAMPLES])
def test_examples_are_answered_as_shown(catalogue: Server, field: str, asked: str, shown: str) -> None:
    """Word for word: the samples are the demo's."""
    form: dict[str, Any] = {field: asked}
    answer = sent(catalogue, **form)
    assert answer.status == 200, answer.text
    assert json.loads(answer.body) == json.loads(shown)


def test_both_kinds_of_batches_have_an_example() -> None:
    """Queries and an extension."""
    assert [field for field, _, _ in EXAMPLES] == ["queries", "extend"]


@pytest.mark.parametrize("name", [*PROPERTIES, *TYPES])
def test_every_type_and_property_is_on_the_page(name: str) -> None:
    """What the service offers, a user can read about."""
    assert f"`{name}`" in PAGE


def test_the_page_says_the_thresholds_that_count() -> None:
    """Those of scores, names and margins."""
    section = PAGE[PAGE.index("## Scores and matches") : PAGE.index("### Measured")]
    for number in (
        f"{scoring.LEAST_SCORE:.0f} or more",
        f"at least {scoring.MARGIN:.0f} less",
        f"like by {scoring.LEAST_NAME}",
        f"counts {scoring.UNKNOWN}",
        f"leaves {scoring.CONTRADICTED:.0%}",
        f"below {scoring.LEAST_LISTED:.0f}",
        *(f"{share:g}" for share in (similarity.ORDER, similarity.INITIALS, similarity.BEGINNING)),
    ):
        assert number in section, number
