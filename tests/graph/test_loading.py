from pathlib import Path

import pytest

from common.errors import InputError
from common.namespaces import RDF
from graph import skolem
from graph.loading import load_rdf
from graph.loading_limits import MAX_BYTES

BASE = "https://b.example/"
TURTLE = '@prefix e: <http://e/> . <> e:p [ e:q "01"^^<http://www.w3.org/2001/XMLSchema#integer> ; e:r ("_:c14n0") ] .'
XML = f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="http://e/">'
DOCTYPE = '<!DOCTYPE rdf:RDF [\n<!ENTITY a "a:" >]>'


def write(directory: Path, name: str, text: str | bytes) -> Path:
    """A file of this content."""
    path = directory / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_blank_nodes_become_the_same_iris_each_time(tmp_path: Path) -> None:
    """Labels and order do not matter, text that looks like a label stays, literals are canonical."""
    loaded = load_rdf(write(tmp_path, "a.ttl", TURTLE), BASE)
    assert len(loaded) == 5
    assert not any(statement.startswith("_:") or " _:" in statement for statement in loaded)
    assert any(statement.endswith('"_:c14n0"') for statement in loaded)
    assert any('"1"^^' in statement for statement in loaded)
    other = (
        f'_:z <http://e/r> _:y . _:y <{RDF}rest> <{RDF}nil> ; <{RDF}first> "_:c14n0" . _:z <http://e/q> 1 . '
        "<https://b.example/> <http://e/p> _:z ."
    )
    # The canonical form is that of the file's own literals, so "1" is written as above.
    other = other.replace(" 1 .", ' "01"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    assert load_rdf(write(tmp_path, "b.ttl", other), BASE) == loaded


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.nt", "<a:s> <http://e/p> <a:o> ."),
        ("a.nq", "<a:s> <http://e/p> <a:o> <a:g> ."),
        ("a.trig", "<a:g> { <a:s> <http://e/p> <a:o> }"),
        ("a.jsonld", '{"@context": {"p": {"@id": "http://e/p", "@type": "@id"}}, "@id": "a:s", "p": "a:o"}'),
        ("a.rdf", f'{XML}<rdf:Description rdf:about="a:s"><e:p rdf:resource="a:o"/></rdf:Description></rdf:RDF>'),
        (
            "b.owl",
            f"{DOCTYPE}{XML}<rdf:Description rdf:about='&a;s'><e:p rdf:resource='&a;o'/></rdf:Description></rdf:RDF>",
        ),
    ],
)
def test_every_format_is_read(tmp_path: Path, name: str, text: str) -> None:
    """The extension says what a file is; short entities as ontology editors write them are let in."""
    assert load_rdf(write(tmp_path, name, text), BASE) == ["<a:s> <http://e/p> <a:o>"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", "<a:s> <a:p> <a:o> .\n<a:s> nonsense", "line 2, column"),
        ("a.ttl", "<a:s> <a:p> " + "<<( <a:s> <a:p> " * 200_000, "triple terms"),
        ("a.nq", "<a:s> <a:p> <a:o> <a:g> .\n<a:s> <a:p> <a:o> <a:h> .", "several graphs"),
        ("a.jsonld", '{"a:b":{"@list":[' * 5_000 + "1" + "]}}" * 5_000, "nested"),
        ("a.jsonld", '{"@context": "http://e/c", "@id": "a:s"}', "remote contexts"),
        ("a.rdf", XML + "<rdf:Description><e:p>" * 5_000, "nested"),
        ("a.rdf", '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>' + XML + "</rdf:RDF>", "DOCTYPE"),
        ("a.rdf", '<!DOCTYPE x SYSTEM "file:///etc/passwd">' + XML + "</rdf:RDF>", "DOCTYPE"),
        ("a.rdf", ('<?xml version="1.0" encoding="UTF-16"?>' + XML).encode("utf-16"), "UTF-8"),
        ("a.bin", "", "extension"),
    ],
)
def test_what_a_parser_must_not_see_is_refused(tmp_path: Path, name: str, text: str | bytes, message: str) -> None:
    """The error names the file and what is wrong with it."""
    with pytest.raises(InputError, match=rf"{name}.*{message}"):
        load_rdf(write(tmp_path, name, text), BASE)


def test_entangled_blank_nodes_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Labelling that takes exponential time is stopped."""
    monkeypatch.setattr(skolem, "SECONDS", 1.0)
    clique = "".join(f"_:b{n} <a:p> _:b{m} .\n" for n in range(12) for m in range(12) if n != m)
    with pytest.raises(InputError, match="within"):
        load_rdf(write(tmp_path, "a.nt", clique), BASE)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    """The error names it."""
    with pytest.raises(InputError, match=r"none\.ttl"):
        load_rdf(tmp_path / "none.ttl", BASE)


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its length alone is looked at."""
    path = tmp_path / "long.nt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("read"))
    with pytest.raises(InputError, match="longer than"):
        load_rdf(path, BASE)
