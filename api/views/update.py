"""The update endpoint of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/#update-operation).

Each request is one changeset: librarians' graphs are written as they stand, the default graph by way of the curation
graph and of suppressions (``services.sparql.writing``).
"""

from flask import Response, jsonify, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnsupportedMediaType

from api.access import current_token, requires
from api.headers import SEQUENCE
from api.platform import platform
from api.requests import FORM, body_text, expect_text
from common.errors import InputError
from people.roles import Role
from services.sparql.messages import Update
from services.sparql.writing import run_update

blueprint = APIBlueprint("update", __name__, abp_tags=[Tag(name="SPARQL")])
_DIRECT = "application/sparql-update"
_EDITOR: list[dict[str, list[str]]] = [{"token": []}]


class Written(BaseModel):
    """What an update did.

    Attributes:
        changeset: Its number; that of the last one before if nothing changed.
        added: Statements that graphs gained.
        removed: Statements that graphs lost, and those that were suppressed.
    """

    changeset: int
    added: int
    removed: int


@blueprint.post("/update", security=_EDITOR, responses={200: Written})
@requires(Role.EDITOR)
def post_update() -> Response:
    """Runs the update that was sent as ``application/sparql-update`` or as a form."""
    expect_text()
    if request.mimetype == _DIRECT:
        return _run(body_text("update"), request.args)
    if request.mimetype == FORM:
        texts = request.form.getlist("update")
        if len(texts) != 1:
            raise InputError("send exactly one update")
        return _run(texts[0], request.form)
    raise UnsupportedMediaType(f"Send {_DIRECT} or {FORM}.")


def _run(text: str, arguments: MultiDict[str, str]) -> Response:
    default, named = (tuple(arguments.getlist(name)) for name in ("using-graph-uri", "using-named-graph-uri"))
    receipt = run_update(platform().graph, platform().pool, Update(text, default, named), current_token().author)
    response = jsonify(Written(changeset=receipt.number, added=receipt.added, removed=receipt.removed).model_dump())
    response.headers[SEQUENCE] = str(receipt.number)
    return response
