"""The widgets: modules that a page of any origin may load. What they are stands in ``docs/widgets.md``."""

import re
from functools import cache
from hashlib import blake2b
from pathlib import Path

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field
from werkzeug.exceptions import NotFound

from api.access import PUBLIC, requires

blueprint = APIBlueprint("widgets", __name__, abp_tags=[Tag(name="Widgets")])

FOLDER = Path(__file__).parents[1] / "web" / "widgets"
_IMPORT = re.compile(rb'(?<=from "\./)([\w-]+\.js)(?=")')
_FRESH = "public, max-age=300"
_FOR_EVER = "public, max-age=31536000, immutable"


class WidgetPath(BaseModel):
    """Name of the module, without a folder."""

    path: str


class WidgetParameters(BaseModel):
    """Which version."""

    v: str = Field("", max_length=40, description="Version of the modules, as they name it when they import each other")


@cache
def modules() -> tuple[str, dict[str, bytes]]:
    """Version of the set, and its modules as they are sent.

    They import each other by version, so that a browser never joins an old one that it has kept to a new one.
    """
    found = {file.name: file.read_bytes() for file in sorted(FOLDER.glob("*.js"))}
    version = blake2b(b"\0".join(found.values()), digest_size=6).hexdigest()
    versioned = rb"\1?v=" + version.encode()
    return version, {name: _IMPORT.sub(versioned, text) for name, text in found.items()}


@blueprint.get("/widgets/<path:path>")
@requires(PUBLIC)
def widget(path: WidgetPath, query: WidgetParameters) -> Response:
    """A module of the widgets."""
    version, found = modules()
    if path.path not in found:
        raise NotFound(f"There are {', '.join(found)}.")
    response = Response(found[path.path], content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = _FOR_EVER if query.v == version else _FRESH
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(version)
    response.make_conditional(request)
    return response
