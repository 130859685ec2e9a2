"""``python -m tests.graph.conformance ENGINE…``: runs the W3C's evaluation tests, and writes an EARL report of each.

EARL 1.0 (https://www.w3.org/TR/EARL10-Schema/), as the W3C's implementation reports have it. The reports stand in
``docs/conformance``.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from common.errors import BibliographError
from common.namespaces import RDF
from graph.store import GraphStore
from tests.graph.conformance.running import evaluation_cases, left_out, run
from tests.graph.engines import STORES, Servers

EARL = "http://www.w3.org/ns/earl#"
DC = "http://purl.org/dc/terms/"
_PROJECT = ox.NamedNode("https://w3id.org/bibliograph/")
_TARGET = Path(__file__).parents[3] / "docs" / "conformance"


def main() -> None:
    """Runs the tests of the engines that are named, all of them by default."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.graph.conformance", description=(__doc__ or "").split(":")[0]
    )
    parser.add_argument(
        "engines",
        nargs="*",
        default=[name for name in STORES if "memory" not in name],
        metavar="ENGINE",
        help=", ".join(STORES),
    )
    parser.add_argument("--target", type=Path, default=_TARGET, help="folder of the reports")
    options = parser.parse_args()
    options.target.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bibliograph-conformance-")))
        servers = Servers(folder / "servers", stack)
        for engine in options.engines:
            store = STORES[engine](folder / engine, servers)
            outcomes = dict(_outcomes(store))
            store.close()
            write_report(outcomes, engine, options.target / f"earl-{engine.replace(' ', '-')}.ttl")
            print(engine, dict(Counter(outcomes.values())))  # noqa: T201  a command's output


def _outcomes(store: GraphStore) -> Iterator[tuple[str, str]]:
    """IRI of each test, and ``passed``, ``failed`` or ``inapplicable``."""
    for case in evaluation_cases():
        if left_out(case):
            yield case.iri, "inapplicable"
            continue
        try:
            run(case, store)
        except (AssertionError, BibliographError):
            yield case.iri, "failed"
        else:
            yield case.iri, "passed"


def write_report(outcomes: dict[str, str], engine: str, path: Path) -> None:
    """Writes the assertions as Turtle.

    Args:
        outcomes: IRI of the test -> ``passed``, ``failed``, ``inapplicable``.
        engine: Name of the engine, which is the subject.
        path: The file.
    """
    subject = ox.NamedNode(f"{_PROJECT.value}engine/{engine.replace(' ', '-')}")
    triples = [_triple(subject, f"{RDF}type", f"{EARL}TestSubject"), _title(subject, f"Bibliograph on {engine}")]
    for number, (test, outcome) in enumerate(sorted(outcomes.items())):
        assertion, result = ox.BlankNode(f"a{number}"), ox.BlankNode(f"r{number}")
        triples += [
            _triple(assertion, f"{RDF}type", f"{EARL}Assertion"),
            _triple(assertion, f"{EARL}assertedBy", _PROJECT.value),
            _triple(assertion, f"{EARL}subject", subject.value),
            _triple(assertion, f"{EARL}test", test),
            _triple(assertion, f"{EARL}mode", f"{EARL}automatic"),
            ox.Triple(assertion, ox.NamedNode(f"{EARL}result"), result),
            _triple(result, f"{RDF}type", f"{EARL}TestResult"),
            _triple(result, f"{EARL}outcome", f"{EARL}{outcome}"),
        ]
    with path.open("wb") as file:
        ox.serialize(triples, file, ox.RdfFormat.TURTLE, prefixes={"earl": EARL, "dcterms": DC})


def _triple(subject: ox.NamedNode | ox.BlankNode, predicate: str, obj: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(predicate), ox.NamedNode(obj))


def _title(subject: ox.NamedNode, text: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(f"{DC}title"), ox.Literal(text))


if __name__ == "__main__":
    main()
