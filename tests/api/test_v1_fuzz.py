"""Whatever is sent, the server answers: what can be meant is answered, what can't is refused, nothing breaks."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import Server
from v1_calls import LIU_HUI, address

from services.search.request import FACETS, FIELDS, SORTS

ROUTES = ("search", "suggest", "entities", "related")
NAMES = ["q", "lang", "type", "field", "from", "to", "sort", "limit", "cursor", "iri", "depth", "neighbours", "x"]
TEXTS = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.sampled_from([*FIELDS, *SORTS, "work", "agent", "all", "zh", "en", LIU_HUI, "urn:x", "1994", "0", "3", "-1"]),
    st.text(alphabet="\x00\t\n\r\"'\\<>{}()[]^~*?:|&!+-/%#", max_size=30),
)
PARAMETERS = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.sampled_from([f"facet.{name}" for name in FACETS]), st.text(max_size=8)),
    TEXTS,
    max_size=5,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(route=st.sampled_from(ROUTES[2:]), parameters=PARAMETERS)
def test_no_parameters_beside_a_good_iri_break_the_server(
    catalogue: Server, route: str, parameters: dict[str, str]
) -> None:
    """The entity is there: what stands beside it is taken or refused."""
    answer = catalogue.ask(address(route, **{**parameters, "iri": LIU_HUI}))
    assert answer.status in {200, 400}, (answer.status, answer.text)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(route=st.sampled_from(ROUTES), parameters=PARAMETERS)
def test_no_parameters_break_the_server(catalogue: Server, route: str, parameters: dict[str, str]) -> None:
    """200, 400 or 404, in JSON: never an error of ours."""
    answer = catalogue.ask(address(route, **parameters))
    assert answer.status in {200, 400, 404}, (answer.status, answer.text)
    assert isinstance(json.loads(answer.body), dict)
