"""Whether the server lives, and whether it can answer."""

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from api.access import PUBLIC, requires
from api.platform import platform

blueprint = APIBlueprint("health", __name__, abp_tags=[Tag(name="Operation")])


@blueprint.get("/healthz")
@requires(PUBLIC)
def live() -> Response:
    """Whether the process answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
@requires(PUBLIC)
def ready() -> Response:
    """Whether graph, query workers and people database answer; with the number of the last changeset."""
    here = platform()
    _ = here.people.tokens
    return jsonify({"status": "ok", "changeset": here.graph.sequence, "workers_offline": here.pool.offline})
