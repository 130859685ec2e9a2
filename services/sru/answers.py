"""Answers of SRU 1.1 and 1.2 as XML (https://www.loc.gov/standards/sru/sru-1-2.html): three operations, diagnostics."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import structlog

from common.errors import BibliographError, StoreBusyError
from services.search import words
from services.search.boolean import MaskError, TooManyWordsError
from services.search.expressions import Selection
from services.search.searcher import Searcher
from services.sru import masking, requests
from services.sru.cql.parser import MOST_CHARACTERS, parse
from services.sru.cql.tree import Clause, Prefixed
from services.sru.diagnostics import Diagnostic, DiagnosticError
from services.sru.explain import SCHEMA, address_of, explain
from services.sru.indexes import Index, index_of
from services.sru.records import Library, records, schema_of
from services.sru.requests import EXPLAIN, PARAMETERS, SCAN, SEARCH, Request
from services.sru.searches import LONGEST_TERM, expression_of
from services.sru.sorting import sort_of, sort_of_parameter
from services.sru.xml import DECLARATION, element, leaf, text

NAMESPACE = "http://www.loc.gov/zing/srw/"
_DIAGNOSTICS = "http://www.loc.gov/zing/srw/diagnostic/"
_DIAGNOSTIC_SCHEMA = "info:srw/schema/1/diagnostics-v1.1"
_ECHOES = {EXPLAIN: "echoedExplainRequest", SEARCH: "echoedSearchRetrieveRequest", SCAN: "echoedScanRequest"}
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Service:
    """What answers are made of.

    Attributes:
        searcher: The search.
        library: Where records come from.
        url: Of the service itself.
        lang: Language of the reader.
    """

    searcher: Searcher
    library: Library
    url: str
    lang: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A document, and the changeset that it reflects; None: the newest."""

    document: str
    sequence: int | None = None


def answer(service: Service, parameters: Mapping[str, str]) -> Answer:
    """Answers a request; what it can't have is said by diagnostics."""
    try:
        request = requests.read(parameters)
        return _OPERATIONS[request.operation](service, request)
    except DiagnosticError as error:
        return refusal(parameters, error.diagnostic)
    except TooManyWordsError as error:
        return refusal(parameters, Diagnostic(23, str(error)))
    except MaskError as error:
        return refusal(parameters, Diagnostic(29, str(error)))
    except BibliographError as error:
        _log.warning("sru", error=type(error).__name__)
        return refusal(parameters, Diagnostic(2 if isinstance(error, StoreBusyError) else 1))


def refusal(parameters: Mapping[str, str], diagnostic: Diagnostic) -> Answer:
    """The response of the operation with nothing but a diagnostic."""
    operation, version = requests.frame(parameters)
    count = [leaf("numberOfRecords", 0)] if operation == SEARCH else []
    return _response(operation, version, *count, *_echo(operation, parameters), _diagnostics(diagnostic))


def _explain(service: Service, request: Request) -> Answer:
    record = _record(SCHEMA, request.packing, explain(address_of(service.url)))
    return _response(EXPLAIN, request.version, record, *_echo(EXPLAIN, request.given))


def _search(service: Service, request: Request) -> Answer:
    packing, schema = request.packing, schema_of(request.given.get("recordSchema", ""))
    if request.given.get("recordXPath"):
        raise DiagnosticError(72)
    first = request.number("startRecord", 1, 1)
    limit = min(request.number("maximumRecords", 0, requests.DEFAULT_RECORDS), requests.MOST_RECORDS)
    request.number("resultSetTTL", 0, 0)
    query = parse(request.given["query"])
    sort = sort_of(query.sort, query.root) if query.sort else sort_of_parameter(request.given.get("sortKeys", ""))
    # What is too deep is not asked for, but counted.
    offset = first - 1 if first <= requests.DEEPEST else 0
    selection = Selection(expression_of(query.root), service.lang, sort, offset, limit if offset == first - 1 else 0)
    found = service.searcher.select(selection)
    count, echo = leaf("numberOfRecords", found.total), _echo(SEARCH, request.given)
    if first > min(max(found.total, 1), requests.DEEPEST):
        return _response(SEARCH, request.version, count, *echo, _diagnostics(Diagnostic(61, str(first))))
    made = [
        _hit(record, hit.iri, schema, packing, request.version, place)
        for place, (hit, record) in enumerate(
            zip(found.hits, records(service.library, found.hits, schema, service.lang), strict=True), first
        )
    ]
    following = first + len(made)
    more = [leaf("nextRecordPosition", following)] if made and following <= min(found.total, requests.DEEPEST) else []
    content = [count, *([element("records", *made)] if made else []), *more, *echo]
    return _response(SEARCH, request.version, *content, sequence=found.sequence)


def _hit(record: str | None, iri: str, schema: str, packing: str, version: str, place: int) -> str:
    """A record, or in its place the diagnostic that says why there is none; 1.1 has no identifiers of records."""
    identifier = [leaf("recordIdentifier", iri)] if version != "1.1" else []
    more = [*identifier, leaf("recordPosition", place)]
    if record is None:
        return _record(_DIAGNOSTIC_SCHEMA, packing, _diagnostic(Diagnostic(67, schema)), *more)
    return _record(schema, packing, record, *more)


def _record(schema: str, packing: str, data: str, *more: str) -> str:
    packed = data if packing == "xml" else text(data)
    return element(
        "record", leaf("recordSchema", schema), leaf("recordPacking", packing), element("recordData", packed), *more
    )


def _scan(service: Service, request: Request) -> Answer:
    wanted = min(request.number("maximumTerms", 1, requests.DEFAULT_TERMS), requests.MOST_TERMS)
    position = request.number("responsePosition", 0, 1)
    if position > wanted + 1:
        raise DiagnosticError(120, str(position))
    index, term = _scanned(request.given["scanClause"])
    # At position 0 the list begins behind the term, which is then left out: one more is asked for.
    before, after = max(position - 1, 0), wanted - position + 1
    found = service.searcher.headings(index.field, term, before, after)
    if position == 0:
        found = found[1:] if found and _same(found[0].text, term) else found[:wanted]
    terms_ = [
        element("term", leaf("value", each.text), leaf("numberOfRecords", each.works), leaf("displayTerm", each.text))
        for each in found
    ]
    content = [element("terms", *terms_)] if terms_ else []
    return _response(SCAN, request.version, *content, *_echo(SCAN, request.given))


def _scanned(given: str) -> tuple[Index, str]:
    """Index and term of a scan clause: a clause of CQL, whose term may be empty for the beginning of the list."""
    query = parse(given)
    prefixes: dict[str, str] = {}
    node = query.root
    while isinstance(node, Prefixed):
        prefixes[node.prefix.lower()] = node.uri
        node = node.query
    if not isinstance(node, Clause) or query.sort:
        raise DiagnosticError(10, "a scan clause is one index, a relation and a term")
    index = index_of(node.index or "cql.serverChoice", prefixes if node.index else {})
    if not index.scan:
        raise DiagnosticError(16, f"{index} can't be scanned")
    if node.relation and node.relation.name.lower() not in {"=", "==", "exact", "scr", "cql.scr", "cql.exact"}:
        raise DiagnosticError(19, node.relation.name)
    if len(node.term) > LONGEST_TERM:
        raise DiagnosticError(23, str(LONGEST_TERM))
    return index, masking.plain(masking.signs(node.term))


def _same(heading: str, term: str) -> bool:
    return bool(words.key(heading) == words.key(term))


def _response(operation: str, version: str, *content: str, sequence: int | None = None) -> Answer:
    return Answer(
        DECLARATION + element(f"{operation}Response", leaf("version", version), *content, xmlns=NAMESPACE) + "\n",
        sequence,
    )


def _echo(operation: str, given: Mapping[str, str]) -> Iterator[str]:
    """The request as it was understood; one without version, or too long to be read, is not echoed."""
    names = [name for name in ("version", *PARAMETERS[operation], "stylesheet") if name in given]
    if "version" in names and all(len(given[name]) <= MOST_CHARACTERS for name in names):
        yield element(_ECHOES[operation], *(leaf(name, given[name]) for name in names))


def _diagnostics(*found: Diagnostic) -> str:
    return element("diagnostics", *map(_diagnostic, found))


def _diagnostic(diagnostic: Diagnostic) -> str:
    details = [leaf("details", diagnostic.details)] if diagnostic.details else []
    content = [leaf("uri", diagnostic.uri), *details, leaf("message", diagnostic.message)]
    return element("diagnostic", *content, xmlns=_DIAGNOSTICS)


_OPERATIONS: dict[str, Callable[[Service, Request], Answer]] = {EXPLAIN: _explain, SEARCH: _search, SCAN: _scan}
