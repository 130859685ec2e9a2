"""SRU 1.1 and 1.2 (https://www.loc.gov/standards/sru/): ``/sru``, by GET or by POST of a form.

What is wrong with a request is said by a diagnostic in a response of status 200, as the protocol has it.
"""

from collections.abc import Mapping

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from api.access import PUBLIC, requires
from api.headers import SEQUENCE
from api.language import page_language
from api.platform import platform
from services.sru.answers import Answer, Service, answer, refusal
from services.sru.cql.parser import MOST_CHARACTERS
from services.sru.diagnostics import Diagnostic
from services.sru.records import Library

blueprint = APIBlueprint("sru", __name__, abp_tags=[Tag(name="SRU")])

_CONTENT_TYPE = "application/xml; charset=utf-8"
_FORM = "application/x-www-form-urlencoded"
_LONGEST_FORM = 300_000
"""Bytes: a character of a query is at most four in UTF-8, each of which a form writes as three."""


class SruParameters(BaseModel):
    """Parameters of the protocol; ``x-…`` may stand beside them."""

    operation: str | None = Field(None, description="explain, searchRetrieve or scan; without parameters: explain")
    version: str | None = Field(None, description="1.1 or 1.2")
    query: str | None = Field(None, description="CQL: what is looked for")
    startRecord: str | None = Field(None, description="Position of the first record, from 1 on")  # noqa: N815  the standard's
    maximumRecords: str | None = Field(None, description="Most records, up to 100")  # noqa: N815
    recordPacking: str | None = Field(None, description="xml or string")  # noqa: N815
    recordSchema: str | None = Field(None, description="dc or marcxml, or its identifier")  # noqa: N815
    recordXPath: str | None = Field(None, description="Not supported")  # noqa: N815
    resultSetTTL: str | None = Field(None, description="Taken and ignored: no result is kept")  # noqa: N815
    sortKeys: str | None = Field(None, description="Order of SRU 1.1, such as date,,0")  # noqa: N815
    scanClause: str | None = Field(None, description="CQL: index and term around which headings are listed")  # noqa: N815
    responsePosition: str | None = Field(None, description="Place of the term in the list")  # noqa: N815
    maximumTerms: str | None = Field(None, description="Most headings, up to 100")  # noqa: N815
    stylesheet: str | None = Field(None, description="Echoed, never used")


@blueprint.get("/sru")
@requires(PUBLIC)
def get_sru(query: SruParameters) -> Response:  # noqa: ARG001  documents the parameters
    """Answers a request of SRU."""
    return _answered(request.args)


@blueprint.post("/sru")
@requires(PUBLIC)
def post_sru() -> Response:
    """The same, sent as a form: for long queries."""
    request.max_content_length = request.max_form_memory_size = _LONGEST_FORM
    if request.mimetype != _FORM:
        raise UnsupportedMediaType(f"Send {_FORM}.")
    try:
        given = request.form
    except RequestEntityTooLarge:
        return _response(refusal({"operation": "searchRetrieve"}, Diagnostic(12, str(MOST_CHARACTERS))))
    return _answered(given)


def _answered(given: MultiDict[str, str]) -> Response:
    parameters: Mapping[str, str] = given.to_dict()
    for name, values in given.lists():
        if len(values) > 1:
            return _response(refusal(parameters, Diagnostic(6, f"{name[:100]} was sent more than once")))
    here = platform()
    library = Library(here.graph, here.archive, here.settings.graphs)
    return _response(answer(Service(here.searcher, library, request.base_url, page_language()), parameters))


def _response(made: Answer) -> Response:
    response = Response(made.document, content_type=_CONTENT_TYPE)
    if made.sequence is not None:
        response.headers[SEQUENCE] = str(made.sequence)
    return response
