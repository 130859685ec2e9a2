"""A real server in a process of its own over a real store, with a few hand-made records (docs/mapping.md)."""

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from common.namespaces import BF, BFLC, BG, RDF, RDFS, SKOS
from common.settings import Settings
from common.terms import iri, literal
from graph.bulk import render
from graph.changeset import Changeset
from graph.directory import DataDirectory
from graph.open import open_graph
from ingest.archive import Archive, NewVersion
from ingest.record import RecordKey
from ontology import ontology_statements
from people.database import open_database
from people.roles import Role
from people.tokens import Tokens

BASE = "https://library.example/"
EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>"
MARCXML = (
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 i 4500</leader>'
    '<controlfield tag="001">r1</controlfield><datafield tag="245" ind1="1" ind2="0">'
    '<subfield code="a">Hong lou meng &amp; more</subfield></datafield></record>'
)
LIMITS = {"QUERY_SECONDS": "10", "QUERY_MEGABYTES": "200", "QUERY_WORKERS": "2"}


def _id(path: str) -> str:
    return f"<{BASE}id/{path}>"


def _lines(text: str) -> list[str]:
    """Statements written with the prefixes of the platform and ``id:`` for entities."""
    names = {
        "bf": BF,
        "bflc": BFLC,
        "bg": BG,
        "rdf": RDF,
        "rdfs": RDFS,
        "skos": SKOS,
        "id": f"{BASE}id/",
        "g": f"{BASE}graph/",
    }
    expand = re.compile(r"(?<!\S)(bf|bflc|bg|rdfs|rdf|skos|id|g):(\S+)")
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return [expand.sub(lambda m: iri(names[m.group(1)] + m.group(2)), line) for line in lines]


RECORD_1 = _lines(
    """
    id:work/demo/r1 rdf:type bf:Work
    id:work/demo/r1 rdf:type bf:Text
    id:work/demo/r1 rdfs:label "Hong lou meng"@zh-latn
    id:work/demo/r1 rdfs:label "红楼梦"@zh-hani
    id:work/demo/r1 bf:title id:instance/demo/r1#title-245-1
    id:work/demo/r1 bf:contribution id:work/demo/r1#contribution-100-1
    id:work/demo/r1#contribution-100-1 rdf:type bf:Contribution
    id:work/demo/r1#contribution-100-1 rdf:type bf:PrimaryContribution
    id:work/demo/r1#contribution-100-1 bf:agent id:agent/demo/r1/Cao,_Xueqin
    id:work/demo/r1#contribution-100-1 bf:role <http://id.loc.gov/vocabulary/relators/aut>
    id:agent/demo/r1/Cao,_Xueqin rdf:type bf:Person
    id:agent/demo/r1/Cao,_Xueqin rdfs:label "Cao, Xueqin"
    id:agent/demo/r1/Cao,_Xueqin rdfs:label "曹雪芹"@und-hani
    id:instance/demo/r1 rdf:type bf:Instance
    id:instance/demo/r1 bf:instanceOf id:work/demo/r1
    id:instance/demo/r1 rdfs:label "Hong lou meng"@zh-latn
    id:instance/demo/r1 bf:title id:instance/demo/r1#title-245-1
    id:instance/demo/r1#title-245-1 rdf:type bf:Title
    id:instance/demo/r1#title-245-1 bf:mainTitle "Hong lou meng"@zh-latn
    id:instance/demo/r1#title-245-1 bf:mainTitle "红楼梦"@zh-hani
    id:instance/demo/r1 bf:identifiedBy id:instance/demo/r1#identifier-020-1
    id:instance/demo/r1#identifier-020-1 rdf:type bf:Isbn
    id:instance/demo/r1#identifier-020-1 rdf:value "9787020002207"
    id:instance/demo/r1 bg:startYear "1982"
    id:instance/demo/r1 bf:adminMetadata g:record/demo/r1
    g:record/demo/r1 rdf:type bf:AdminMetadata
    g:record/demo/r1 bg:controlNumber "r1"
    g:record/demo/r1 bg:source "demo"
    id:item/demo/r1.1 rdf:type bf:Item
    id:item/demo/r1.1 bf:itemOf id:instance/demo/r1
    id:item/demo/r1.1 bg:callNumber "PL2727 .S2"
    """
)
RECORD_2 = [
    *_lines(
        """
        id:work/demo/r2 rdf:type bf:Work
        id:work/demo/r2 bf:contribution id:work/demo/r2#contribution-100-1
        id:work/demo/r2#contribution-100-1 rdf:type bf:Contribution
        id:work/demo/r2#contribution-100-1 bf:agent id:agent/demo/r2/Cao,_Xueqin
        id:agent/demo/r2/Cao,_Xueqin rdf:type bf:Person
        id:agent/demo/r2/Cao,_Xueqin rdfs:label "Cao, Xueqin"
        id:work/demo/r2 bf:subject id:subject/demo/r2/50%25%2F50
        id:subject/demo/r2/50%25%2F50 rdf:type bf:Topic
        id:subject/demo/r2/50%25%2F50 rdfs:label "50%/50"
        id:work/demo/r2 bf:relatedTo <javascript:alert(1)>
        id:work/demo/r2 bf:relatedTo <data:text/html,<script>>
        """.replace("<data:text/html,<script>>", "<data:text/html;base64,PHNjcmlwdD4=>")
    ),
    f"{_id('work/demo/r2')} <{RDFS}label> {literal(EVIL)}",
    f"{_id('work/demo/r2')} <{BG}generalNote> {literal(EVIL, 'en')}",
]
MANY_SUBJECT = _id("subject/demo/many/All")
MANY = [
    statement
    for n in range(60)
    for statement in (
        f"{_id(f'work/demo/m{n:03}')} <{RDF}type> <{BF}Work>",
        f"{_id(f'work/demo/m{n:03}')} <{RDFS}label> {literal(f'Many {n}')}",
        f"{_id(f'work/demo/m{n:03}')} <{BF}subject> {MANY_SUBJECT}",
        f"{MANY_SUBJECT} <{RDFS}label> {literal('All')}",
    )
]
CANONICAL = {
    "work/demo/r1": "work/demo/r1",
    "instance/demo/r1": "instance/demo/r1",
    "item/demo/r1.1": "item/demo/r1.1",
    "work/demo/r2": "work/demo/r2",
    "agent/demo/r1/Cao,_Xueqin": "agent/demo/r1/Cao,_Xueqin",
    "agent/demo/r2/Cao,_Xueqin": "agent/demo/r1/Cao,_Xueqin",
    "subject/demo/r2/50%25%2F50": "subject/demo/r2/50%25%2F50",
}
#: 110,000 rows, so that products of them run for ever and need no end of memory.
NUMBERS = [f"<urn:n:{n}> <urn:p> {literal(str(n))}" for n in range(110_000)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sent."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def type(self) -> str:
        """Media type without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(slots=True)
class Server:
    """A running server, and how to ask it; redirects are not followed."""

    address: str
    process: subprocess.Popen[str]
    settings: Settings
    secrets: dict[str, str] = field(default_factory=dict)

    def ask(
        self, path: str, accept: str | None = None, method: str = "GET", body: bytes | None = None, **more: str
    ) -> Answer:
        """Sends one request; names in ``more`` are headers, with ``_`` for ``-``."""
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        headers = {name.replace("_", "-"): value for name, value in more.items()}
        if accept is not None:
            headers["Accept"] = accept
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def query(self, text: str, accept: str = "application/sparql-results+json", **more: str) -> Answer:
        """Runs a query by GET."""
        return self.ask(f"/sparql?query={quote(text, safe='')}", accept, **more)

    def write(self, method: str, graph: str, body: bytes, role: str | None, media_type: str = "text/turtle") -> Answer:
        """Writes a graph with the token of a role."""
        more = {"Content_Type": media_type}
        if role is not None:
            more["Authorization"] = f"Bearer {self.secrets[role]}"
        return self.ask(f"/graphs?graph={quote(graph, safe='')}", None, method, body, **more)


def fill(settings: Settings) -> None:
    """Puts the records into graph and archive."""
    graphs = settings.graphs
    links = [f"{_id(entity)} <{BG}canonical> {_id(canonical)}" for entity, canonical in CANONICAL.items()]
    with open_graph(settings) as graph:
        graph.commit(
            Changeset(
                "system:test",
                "records of the tests",
                replace={
                    graphs.record("demo", "r1"): RECORD_1,
                    graphs.record("demo", "r2"): RECORD_2,
                    graphs.record("demo", "many"): MANY,
                    graphs.resolution: links,
                    graphs.ontology: ontology_statements(),
                },
            )
        )
        graph.bulk_commit([render(graphs.vocabulary("numbers"), NUMBERS)], "system:test", "many rows")
    with Archive(DataDirectory(settings.data).archive) as archive:
        key = RecordKey("demo", "r1")
        archive.put([NewVersion(key, MARCXML.encode(), "marcxml", "utf-8", "bib", graphs.record("demo", "r1"))])
        archive.mark([(key, 1)], 1)


@contextmanager
def running(data: Path, store: str = "oxigraph:", **environment: str) -> Iterator[Server]:
    """A server over ``data`` by ``bibliograph serve``; it must end cleanly."""
    settings = Settings(data=data, base=BASE, store=store)
    given = {"DATA": str(data), "BASE": BASE, "STORE": store, **LIMITS, **environment}
    with (data / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "serve", "--port", "0"],
            env={**os.environ, **{f"BIBLIOGRAPH_{name}": value for name, value in given.items()}},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=Path(__file__).parents[2],
        )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().rpartition(" ")[2].strip().rstrip("/")
        assert address.startswith("http://"), (data / "server.log").read_text()
        yield Server(address, process, settings)
    finally:
        process.terminate()
        try:
            code = process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            process.stdout.close()
    assert code == 0, (data / "server.log").read_text()[-2_000:]


def with_tokens(settings: Settings) -> dict[str, str]:
    """A secret for each role."""
    engine = open_database(settings)
    secrets = {role.label: Tokens(engine).create(role)[1] for role in Role}
    engine.dispose()
    return secrets
