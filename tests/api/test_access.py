"""Every route declares its role, and is described."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from serving import BASE, Server

from api.access import PUBLIC, required_role
from api.app import create_app
from api.server import open_platform
from common.settings import Settings
from people.roles import Role

WRITING = {"POST", "PUT", "PATCH", "DELETE"}
#: Reading by POST, because queries are long.
READING_BY_POST = {"/sparql", "/sru", "/api/v1/reconcile"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application over an empty installation."""
    settings = Settings(data=tmp_path_factory.mktemp("empty"), base=BASE, query_workers=1)
    with open_platform(settings) as platform:
        yield create_app(platform)


def test_every_route_declares_a_role(app: Flask) -> None:
    """No route without a role; what writes asks for an editor at least."""
    rules = list(app.url_map.iter_rules())
    assert len(rules) > 10
    for rule in rules:
        role = required_role(app, rule.endpoint)
        assert role is not None, rule.rule
        if WRITING & (rule.methods or set()) and rule.rule not in READING_BY_POST:
            assert role >= Role.EDITOR, rule.rule
        else:
            assert role == PUBLIC, rule.rule


def test_a_route_without_a_role_is_closed(tmp_path: Path) -> None:
    """Forgetting the declaration shuts a view, it does not open it."""
    with open_platform(Settings(data=tmp_path, base=BASE, query_workers=1)) as platform:
        app = create_app(platform)
        app.add_url_rule("/forgotten", "forgotten", lambda: "open")
        assert app.test_client().get("/forgotten").status_code == 403


def test_a_defect_shows_no_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake of ours is a plain 500: no message, no path, no line of code goes out."""
    with open_platform(Settings(data=tmp_path, base=BASE, query_workers=1)) as platform:
        app = create_app(platform)
        view = app.view_functions["health.live"]
        app.view_functions["health.live"] = lambda: 1 / 0
        app.view_functions["health.live"].required_role = view.required_role  # type: ignore[attr-defined]
        response = app.test_client().get("/healthz")
    assert (response.status_code, response.content_type) == (500, "application/problem+json")
    assert "ZeroDivision" not in response.text
    assert "Traceback" not in response.text
    assert "ZeroDivisionError" in "".join(capsys.readouterr())


def test_an_empty_graph_has_a_home_page(app: Flask) -> None:
    """Before the first record the home page says what to do."""
    response = app.test_client().get("/", headers={"Accept": "text/html"})
    assert response.status_code == 200
    assert "bibliograph ingest" in response.text


def test_openapi_describes_every_route(server: Server, app: Flask) -> None:
    """Each public path is in /openapi.json with a summary."""
    document = json.loads(server.ask("/openapi.json").body)
    described = set(document["paths"])
    routes = {rule.rule.replace("<path:path>", "{path}") for rule in app.url_map.iter_rules()}
    assert routes - described == {
        "/static/{filename}".replace("{filename}", "<path:filename>"),
        "/openapi.json",
        "/robots.txt",
    }
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert all(operation.get("summary") for operation in operations)


@pytest.mark.embedded
def test_health(server: Server) -> None:
    """Alive, ready, and query workers without network."""
    assert json.loads(server.ask("/healthz").body) == {"status": "ok"}
    ready = json.loads(server.ask("/readyz").body)
    assert ready["status"] == "ok"
    assert ready["workers_offline"] is True


def test_logs_have_no_personal_data(server: Server) -> None:
    """Neither queries nor addresses nor what somebody reads stand in the log; route, status and time do."""
    server.query("SELECT ?secretword WHERE { ?secretword ?p ?o } LIMIT 1")
    server.ask("/page/work/demo/r1?lang=zh", "text/html")
    server.ask("/open?q=secretheading", "text/html")
    log = (server.settings.data / "server.log").read_text()
    entries = [json.loads(line) for line in log.splitlines() if '"request"' in line]
    assert {"route", "status", "ms", "method"} <= entries[-1].keys()
    for word in ("secret", "127.0.0.1", "demo/r1"):
        assert word not in log, word
