"""What this endpoint says about itself: https://www.w3.org/TR/sparql11-service-description/ and VoID."""

import io

from flask import Response, request

from api.platform import platform
from common import terms
from common.namespaces import DCTERMS, PREFIXES, RDF
from services.sparql.formats import FORMATS, Format
from services.sparql.graphs import write_graph

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMAT_IRIS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}


def description(chosen: Format) -> Response:
    """The service description in the chosen format."""
    output = io.BytesIO()
    write_graph(output, chosen.name, _statements(), {**PREFIXES, "sd": _SD, "void": _VOID})
    return Response(output.getvalue(), content_type=chosen.content_type)


def _statements() -> list[str]:
    endpoint = terms.iri(f"{request.url_root}sparql")
    service, dataset, merge = (terms.iri(f"{endpoint[1:-1]}#{part}") for part in ("service", "dataset", "merge"))
    settings = platform().settings
    pairs = [
        (service, f"<{RDF}type>", f"<{_SD}Service>"),
        (service, f"<{_SD}endpoint>", endpoint),
        (service, f"<{_SD}supportedLanguage>", f"<{_SD}SPARQL11Query>"),
        (service, f"<{_SD}defaultDataset>", dataset),
        *(
            (service, f"<{_SD}resultFormat>", f"<http://www.w3.org/ns/formats/{_FORMAT_IRIS[name]}>")
            for name in FORMATS
        ),
        (dataset, f"<{RDF}type>", f"<{_SD}Dataset>"),
        (dataset, f"<{RDF}type>", f"<{_VOID}Dataset>"),
        (dataset, f"<{_SD}defaultGraph>", merge),
        (dataset, f"<{_VOID}sparqlEndpoint>", endpoint),
        (dataset, f"<{_VOID}uriSpace>", terms.literal(f"{settings.base}id/")),
        (merge, f"<{RDF}type>", f"<{_SD}Graph>"),
        (merge, f"<{DCTERMS}description>", terms.literal("The merge of all public named graphs.", "en")),
    ]
    return [" ".join(pair) for pair in pairs]
