"""Calls to ``/api/v1`` as a client makes them."""

import json
from typing import Any
from urllib.parse import urlencode

from serving import Answer, Server

LIU_HUI = "https://library.example/id/work/DLC/5287459"


def address(route: str, **parameters: Any) -> str:
    """The address of a call; ``from_`` stands for ``from``, ``facet_type`` for ``facet.type``."""
    named = {
        name.rstrip("_").replace("facet_", "facet."): value for name, value in parameters.items() if value is not None
    }
    return f"/api/v1/{route}?{urlencode(named, doseq=True)}"


def call(server: Server, route: str, **parameters: Any) -> Any:
    """The body of a call that succeeds."""
    answer = server.ask(address(route, **parameters))
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return json.loads(answer.body)


def refusal(answer: Answer) -> str:
    """What a refused call is told: problem details as RFC 9457 has them, status and media type included."""
    problem = json.loads(answer.body)
    assert answer.type == "application/problem+json"
    assert problem["status"] == answer.status
    assert {"type", "title", "detail"} <= set(problem)
    assert answer.headers["access-control-allow-origin"] == "*"
    return str(problem["detail"])
