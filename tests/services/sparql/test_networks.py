"""Statements as GraphML and GEXF: other programs read the same network from both."""

import io
from typing import Any

import networkx as nx
import pytest

from common.namespaces import BF, RDF, RDFS
from services.sparql.networks import network, write_network

STATEMENTS = [
    f"<urn:work> <{RDF}type> <{BF}Work>",
    f"<urn:work> <{RDF}type> <{BF}Text>",
    f'<urn:work> <{RDFS}label> "红楼梦 & \\u0001 <more>"@zh',
    f'<urn:work> <{BF}note> "one"',
    f'<urn:work> <{BF}note> "two\\nlines"',
    f"<urn:work> <{BF}subject> <urn:topic>",
    f"<urn:work> <{BF}genreForm> <urn:topic>",
    f"_:b <{BF}subject> <urn:work>",
]


def _read(name: str) -> Any:
    output = io.BytesIO()
    write_network(output, name, STATEMENTS)
    output.seek(0)
    return {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[name](output)


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_others_read_the_same_network(name: str) -> None:
    """Nodes with their names in every script, and an edge for each statement, several between two nodes too."""
    found = _read(name)
    assert set(found.nodes) == {"urn:work", "urn:topic", "_:b"}
    assert found.nodes["urn:work"]["label"] == "红楼梦 & \ufffd <more>"
    assert found.nodes["urn:work"]["type"] == "bf:Work | bf:Text"
    assert found.nodes["urn:work"]["bf:note"] == "one | two\nlines"
    assert found.nodes["urn:topic"]["label"] == "urn:topic"
    edges = sorted((start, end, data["label"]) for start, end, data in found.edges(data=True))
    assert edges == [
        ("_:b", "urn:work", "bf:subject"),
        ("urn:work", "urn:topic", "bf:genreForm"),
        ("urn:work", "urn:topic", "bf:subject"),
    ]


def test_no_statements_are_an_empty_network() -> None:
    """It is written all the same."""
    assert network([]).number_of_nodes() == 0
    output = io.BytesIO()
    write_network(output, "gexf", [])
    assert b"<gexf" in output.getvalue()
