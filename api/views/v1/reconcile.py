"""The endpoint of the Reconciliation Service API 0.2: manifest, reconciliation queries, data extension.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. JSONP, which the specification leaves
open, is not spoken: it would have other sites' pages run what this server sends. Answers may be read across origins
instead.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from api.access import PUBLIC, requires
from api.language import page_language
from api.platform import platform
from api.views.v1.answers import answer
from common.errors import InputError
from services.reconciliation.extension import extend
from services.reconciliation.manifest import manifest
from services.reconciliation.reconcile import reconcile
from services.reconciliation.request import BatchSizeError, read_extension, read_queries

blueprint = APIBlueprint("reconcile", __name__, url_prefix="/api/v1/reconcile", abp_tags=[Tag(name="Reconciliation")])

_FORM = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_LONGEST_FORM = 1_000_000


class ReconcileParameters(BaseModel):
    """A batch of one kind or the other; neither asks for the manifest."""

    queries: str | None = Field(None, description="A reconciliation query batch, in JSON")
    extend: str | None = Field(None, description="A data extension query, in JSON")
    lang: str | None = Field(None, max_length=35, description="Language of names; default: as Accept-Language")


@blueprint.get("")
@requires(PUBLIC)
def get_batch(query: ReconcileParameters) -> Response:  # noqa: ARG001  documents the parameters
    """The manifest; with ``queries``, candidates for each; with ``extend``, values of properties."""
    refuse_callback()
    return _answered(request.args) or _manifest()


@blueprint.post("")
@requires(PUBLIC)
def post_batch() -> Response:
    """Candidates for the form's ``queries``, or values for its ``extend``."""
    refuse_callback()
    if request.mimetype not in _FORM:
        raise UnsupportedMediaType("Send application/x-www-form-urlencoded with queries or extend.")
    request.max_form_memory_size = _LONGEST_FORM
    found = _answered(request.form)
    if found is None:
        raise InputError("the form has neither queries nor extend")
    return found


def refuse_callback() -> None:
    """Refuses JSONP.

    Raises:
        InputError: It is asked for.
    """
    if "callback" in request.args:
        raise InputError("callback: JSONP is not offered; answers may be read across origins (CORS) as they are")


def endpoint() -> str:
    """Absolute address of the service; behind a proxy by the scheme that the installation's base says."""
    base = urlsplit(platform().settings.base)
    scheme = base.scheme if base.netloc == request.host else request.scheme
    return f"{scheme}://{request.host}{request.script_root}{blueprint.url_prefix}"


def _manifest() -> Response:
    if "query" in request.args:
        raise InputError("query: single queries are of an older version; send queries, a batch")
    address, base = endpoint(), platform().settings.base
    documentation = f"{address.removesuffix(str(blueprint.url_prefix))}/api"
    return answer(manifest(base, address, documentation, page_language()), platform().graph.sequence)


def _answered(given: Mapping[str, str]) -> Response | None:
    """The answer to what was sent; None where it was neither of the two."""
    searcher, graph = platform().searcher, platform().graph
    sequence = searcher.sequence
    try:
        if given.get("queries"):
            batch = read_queries(given["queries"])
            found = reconcile(graph, searcher.view(), batch, page_language())
            return answer({key: {"result": candidates} for key, candidates in found.items()}, sequence)
        if given.get("extend"):
            return answer(extend(graph, searcher.view(), read_extension(given["extend"]), page_language()), sequence)
    except BatchSizeError as error:
        raise RequestEntityTooLarge(str(error)) from error
    return None
