"""The Flask application: blueprints, and what runs before and after every request."""

from pathlib import Path
from typing import Any

from flask import Response, jsonify
from flask_openapi3.models.info import Info
from flask_openapi3.models.security_scheme import SecurityScheme
from flask_openapi3.openapi import OpenAPI
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import HTTPException

from api import compression, headers, html, logs, problems
from api.access import PUBLIC, check_access, requires
from api.platform import EXTENSION, Platform
from api.views import api_page, entities, graphs, health, home, records, search_page, sparql, sru, update, widgets
from api.views.v1 import entity, reconcile, reconcile_services, related, search
from common.errors import BibliographError

_WEB = Path(__file__).parent / "web"
_VERSION = "0.1.0"
_BLUEPRINTS = (
    home,
    search_page,
    api_page,
    sparql,
    update,
    entities,
    records,
    graphs,
    health,
    widgets,
    search,
    entity,
    related,
    reconcile,
    reconcile_services,
    sru,
)
_LONGEST_BODY = 1_000_000
_TOKEN: dict[str, SecurityScheme | dict[str, Any]] = {"token": {"type": "http", "scheme": "bearer"}}


class ProblemDetails(BaseModel):
    """Problem details as RFC 9457 has them."""

    type: str
    title: str
    status: int
    detail: str
    line: int | None = None
    column: int | None = None


def create_app(platform: Platform) -> OpenAPI:
    """The application over an open installation."""
    app = OpenAPI(
        "bibliograph",
        info=Info(title="Bibliograph", version=_VERSION, description="A library's records as a knowledge graph."),
        security_schemes=_TOKEN,
        validation_error_status=400,
        validation_error_model=ProblemDetails,
        validation_error_callback=_invalid,
        doc_ui=False,
        template_folder=str(_WEB / "templates"),
        static_folder=str(_WEB / "static"),
    )
    app.config["MAX_CONTENT_LENGTH"] = _LONGEST_BODY
    app.extensions[EXTENSION] = platform
    html.configure(app)
    compression.configure(app)
    _register(app)
    _frame(app)
    return app


def _register(app: OpenAPI) -> None:
    for module in _BLUEPRINTS:
        app.register_api(module.blueprint)
    # A blueprint can be registered once an application; the view needs the application at hand.
    app.add_url_rule("/openapi.json", "openapi_document", requires(PUBLIC)(lambda: _document(app)))


def _document(app: OpenAPI) -> Response:
    """The OpenAPI description of every route."""
    return jsonify(app.api_doc)


def _frame(app: OpenAPI) -> None:
    app.before_request(logs.start_clock)
    app.before_request(lambda: check_access(app))
    app.after_request(headers.complete)
    app.after_request(logs.log_request)
    app.register_error_handler(BibliographError, problems.from_platform)
    app.register_error_handler(HTTPException, problems.from_http)
    app.register_error_handler(Exception, problems.from_defect)


def _invalid(error: ValidationError) -> Response:
    """Answer to parameters that pydantic refuses."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return problems.respond(problems.Problem("about:blank", "Bad Request", 400, f"{where}: {first['msg']}"))
