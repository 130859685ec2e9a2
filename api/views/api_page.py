"""The HTTP interface as a page: what /openapi.json says, for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from flask import Response, current_app
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from api import html
from api.access import PUBLIC, requires

blueprint = APIBlueprint("api_page", __name__, abp_tags=[Tag(name="Pages")])

#: Tags in the order of the page; others follow.
_FIRST = ("Search", "Entities", "Related", "SPARQL", "Linked data", "Graph Store", "Widgets")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a route: its name, what it is, what it may be, and whether it must be there."""

    name: str
    description: str
    values: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Route:
    """A route as OpenAPI describes it."""

    method: str
    path: str
    summary: str
    parameters: list[Parameter]


@blueprint.get("/api")
@requires(PUBLIC)
def interface() -> Response:
    """The routes with their parameters, for people; /openapi.json is the same for programs."""
    routes: dict[str, list[Route]] = {tag: [] for tag in _FIRST}
    for tag, route in _routes(cast("OpenAPI", current_app).api_doc):
        routes.setdefault(tag, []).append(route)
    return html.page("api.html", routes={tag: found for tag, found in routes.items() if found})


def _routes(document: dict[str, Any]) -> Iterator[tuple[str, Route]]:
    for path, methods in sorted(document["paths"].items()):
        for method, described in methods.items():
            parameters = [_parameter(p) for p in described.get("parameters", [])]
            yield described["tags"][0], Route(method.upper(), path, described.get("summary", ""), parameters)


def _parameter(described: dict[str, Any]) -> Parameter:
    schema = described.get("schema", {})
    values = " · ".join(value for value in schema.get("enum", []) if value)
    return Parameter(described["name"], described.get("description", ""), values, described.get("required", False))
