"""Calls to ``/api/v1/reconcile`` as OpenRefine makes them."""

import json
from typing import Any
from urllib.parse import urlencode

from serving import Answer, Server

ENDPOINT = "/api/v1/reconcile"
_FORM = "application/x-www-form-urlencoded"


def sent(server: Server, path: str = ENDPOINT, **form: Any) -> Answer:
    """The answer to a form; what is no text is sent as JSON."""
    fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in form.items()}
    return server.ask(path, None, "POST", urlencode(fields).encode(), Content_Type=_FORM)


def got(server: Server, path: str = "", **parameters: Any) -> Any:
    """The body of an answer to GET that succeeds."""
    query = f"?{urlencode(parameters, doseq=True)}" if parameters else ""
    answer = server.ask(f"{ENDPOINT}{path}{query}")
    assert answer.status == 200, answer.text
    return json.loads(answer.body)


def reconciled(server: Server, batch: dict[str, Any], lang: str = "en") -> dict[str, list[dict[str, Any]]]:
    """Candidates of each query of a batch."""
    answer = sent(server, f"{ENDPOINT}?lang={lang}", queries=batch)
    assert answer.status == 200, answer.text
    return {key: found["result"] for key, found in json.loads(answer.body).items()}


def candidates(server: Server, text: str = "", **query: Any) -> list[dict[str, Any]]:
    """Candidates of one query; properties as ``pid=value`` in ``having``."""
    having = query.pop("having", {})
    asked = {"query": text, **query, "properties": [{"pid": pid, "v": v} for pid, v in having.items()]}
    return reconciled(server, {"q": asked})["q"]


def extended(server: Server, ids: list[str], *properties: Any) -> Any:
    """The response to a data extension query; a property is its identifier, or with settings."""
    asked = [{"id": each} if isinstance(each, str) else each for each in properties]
    answer = sent(server, extend={"ids": ids, "properties": asked})
    assert answer.status == 200, answer.text
    return json.loads(answer.body)
