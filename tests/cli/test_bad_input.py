"""What a user may get wrong, through the command line: one clear line or a quarantine entry, never half a record."""

import gzip
import zipfile
from collections.abc import Callable, Iterator
from hashlib import shake_128
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cli import terminal
from cli.main import main
from common.settings import Settings
from tests.services.library import BASE, SAMPLES, book, write

Call = Callable[..., tuple[int, str, str]]
LCSH = SAMPLES / "marc" / "lcsh.mrc"
SAID = "bibliograph: "


def noise(seed: int, length: int) -> bytes:
    """Bytes without any order, the same for each seed."""
    return shake_128(bytes([seed % 256])).digest(length)


@pytest.fixture
def call(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls a command on this test's installation; exit code, standard output and standard error."""
    monkeypatch.setenv("BIBLIOGRAPH_BASE", BASE)
    monkeypatch.chdir(settings.data.parent)

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["--data", str(settings.data), *map(str, arguments)])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return run


def records_held(call: Call) -> int:
    """Records in the graph, which must agree with the archive."""
    code, output, _ = call("verify")
    assert code == 0, output
    return int(output.split(" ")[0].replace(",", ""))


#: File -> its bytes and what the one line says was found.
NOT_MARC = {
    "empty.mrc": (b"", "the file is empty"),
    "text.txt": (b"Dear library,\nplease find attached", "found text beginning"),
    "paper.pdf": (b"%PDF-1.7\n\x1d\x1e\x1f", "found a PDF"),
    "cover.png": (b"\x89PNG\r\n\x1a\n" + noise(1, 9_000), "found an image"),
    "noise.mrc": (noise(2, 9_000), "found binary data"),
    "page.xml": (b"<html><body>404</body></html>", "found HTML"),
    "other.json": (b'{"a": 1}', "found JSON without MARC"),
    "open.json": (b"[", "found text beginning"),
    "graph.ttl": (b"@prefix bf: <http://id.loc.gov/ontologies/bibframe/> .", "use load"),
}


@pytest.mark.parametrize("name", NOT_MARC)
def test_what_is_no_marc_is_one_line(call: Call, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, that it holds no MARC and what it holds instead; exit code 2, and nothing else, however slow."""
    monkeypatch.setattr(terminal, "_LINE_EVERY", 0.0)
    data, found = NOT_MARC[name]
    (tmp_path / name).write_bytes(data)
    code, output, error = call("ingest", name)
    assert (code, output, error.count("\n")) == (2, "", 1)
    assert error.startswith(f"{SAID}{name}: no MARC records: ")
    assert found in error


@pytest.mark.parametrize(
    ("sample", "length"),
    [("marc/lcsh.mrc", 3_000), ("marc/lcsh.mrc", 100), ("marc/nlm.xml", 9_000), ("classics/bibliographic.xml", 4_000)],
    ids=["ISO 2709", "ISO 2709 in its directory", "MARCXML", "MARCXML with namespace"],
)
def test_a_file_that_ends_too_early(call: Call, tmp_path: Path, sample: str, length: int) -> None:
    """Whole records enter; the rest is kept byte for byte in quarantine, with its place."""
    cut = tmp_path / "cut"
    cut.write_bytes((SAMPLES / sample).read_bytes()[:length])
    code, output, _ = call("ingest", cut)
    assert (code, "1 in quarantine" in output) == (1, True)
    read = int(output.split(" ")[0])
    assert records_held(call) == read - 1
    assert f"(cut, record {read})".replace("cut,", f"{cut},") in call("quarantine", "list")[1]


def test_json_that_ends_too_early(call: Call, tmp_path: Path) -> None:
    """As for the other formats."""
    whole = write(tmp_path / "a.json", book("1", "One"), book("2", "Two"))
    whole.write_bytes(whole.read_bytes()[:-30])
    assert call("ingest", whole)[0] == 1
    assert records_held(call) == 1
    assert "1 alike" in call("quarantine", "list")[1]


def test_a_thousand_mixed_files(call: Call, tmp_path: Path) -> None:
    """All MARC enters, what is cut goes to quarantine, and the rest is told in a few lines."""
    folder = tmp_path / "files"
    marc = [*_records(SAMPLES / "marc" / "folio.mrc"), *_records(LCSH)]
    for number in range(1_000):
        path = folder / str(number % 7) / str(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_mixed(number, marc))
    with zipfile.ZipFile(folder / "letter.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    code, output, error = call("ingest", "files")
    assert code == 1
    assert output.startswith("600 records read: 500 new, ")
    assert "100 in quarantine" in output
    assert f"{SAID}90 other files can't be read" in error
    assert "and 300 other files" in error
    assert error.count("\n") < 15
    assert records_held(call) == 500
    assert call("ingest", "files", "--verbose")[2].count("passed over: ") == 301


def _records(file: Path) -> list[bytes]:
    return [record + b"\x1d" for record in file.read_bytes().split(b"\x1d") if record.strip()]


def _mixed(number: int, marc: list[bytes]) -> bytes:
    """Of ten files five are MARC, one of them compressed, one is cut, one a damaged archive, three something else."""
    kinds = (
        *(lambda: marc[number],) * 4,
        lambda: gzip.compress(marc[number]),
        lambda: marc[number][:60],
        lambda: gzip.compress(marc[number])[:-9],
        lambda: b"",
        f"notes, {number}".encode,
        lambda: b"\x89PNG\r\n\x1a\n" + noise(number, 500),
    )
    return kinds[number % 10]()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """Address of a server that has nothing."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Silent."""

    (tmp_path / "www").mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *given: Quiet(*given, directory=str(tmp_path / "www")))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_addresses_that_are_not_there(call: Call, web: str) -> None:
    """What the server answered, that there is none, or that it is no address for us: one line and 2."""
    expected = {
        f"{web}/none.mrc": "the server answered 404",
        f"{web}/": "no MARC records: found HTML",
        "http://127.0.0.1:9/x.mrc": "not reachable: Connection refused",
        "http://": "not reachable",
        "ftp://library.test/x": "only http and https are fetched",
        "file:///etc/hostname": "only http and https are fetched",
    }
    for address, words in expected.items():
        code, output, error = call("ingest", address)
        assert (code, output, error.count("\n")) == (2, "", 1)
        assert error.startswith(f"{SAID}{address}: ")
        assert words in error


def test_one_bad_file_does_not_stop_the_others(call: Call, tmp_path: Path) -> None:
    """A missing file among good ones is named, the good ones are in the graph, and the exit code is 1."""
    good = [write(tmp_path / f"{n}.json", book(str(n), f"Title {n}")) for n in range(2)]
    code, output, error = call("ingest", good[0], "none.mrc", good[1])
    assert (code, error) == (1, f"{SAID}none.mrc: no such file or directory\n")
    assert output.startswith("2 records read: 2 new")
    assert records_held(call) == 2


def test_huge_records_go_to_quarantine(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record before and after enter."""
    monkeypatch.setenv("BIBLIOGRAPH_RECORD_BYTES", "5000")
    file = write(tmp_path / "a.json", book("1", "One"), book("2", "x" * 20_000), book("3", "Three"))
    assert call("ingest", file)[0] == 1
    assert records_held(call) == 2
    assert "longer than 5000 bytes" in call("quarantine", "list")[1]


def test_an_archive_that_unpacks_without_end(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came before the bomb is kept, the rest is refused or in quarantine; nothing of it stays in memory."""
    monkeypatch.setenv("BIBLIOGRAPH_RECORD_BYTES", "100000")
    bomb = tmp_path / "bomb.gz"
    with gzip.open(bomb, "wb") as file:
        file.write(LCSH.read_bytes()[:3_000].rpartition(b"\x1d")[0] + b"\x1d")
        for _ in range(80):
            file.write(bytes(1 << 20))
    assert call("ingest", bomb)[0] in {0, 1}
    assert records_held(call) == 5


#: Arguments -> what the one line says; all of them end with 2.
WRONG_ARGUMENTS = (
    (("ingest", "--format", "nonsense", LCSH), "format nonsense: not known; these are: alephseq"),
    (("ingest", "--encoding", "nonsense", LCSH), "encoding nonsense: not known"),
    (("ingest", "--encoding", "hex", LCSH), "encoding hex: not known"),
    (("ingest", "--workers", "0", LCSH), "'--workers': 0 is not in the range"),
    (("ingest",), "Missing argument"),
    (("nonsense",), "No such command 'nonsense'"),
    (("query", "none.rq"), "none.rq: no such file, and no query"),
    (("query", "SELECT * {\n ?s ?p }"), "syntax error at line 2, column 8"),
    (("query", "ASK { ?s bf:title ?t }"), "line 1, column 10: prefix bf: is not declared"),
    (("query", ""), "line 1, column 1: the query ends too early"),
    (("query", "SELECT * { SERVICE <http://x/> {} }"), "refused at line 1, column 12"),
    (("query", "INSERT DATA { <a:a> <a:b> 1 }"), "refused at line 1, column 1"),
    (("query", "--format", "nonsense", "ASK {}"), "'--format': 'nonsense' is not one of"),
    (("serve", "--port", "99999"), "'--port': 99999 is not in the range"),
    (("serve", "--host", "nowhere.invalid"), "can't listen on nowhere.invalid: no such address"),
    (("serve", "--host", "192.0.2.1"), "can't listen on 192.0.2.1"),
    (("load", "none.ttl"), "none.ttl can't be read: No such file or directory"),
    (("restore", LCSH, "elsewhere"), "no backup"),
    (("backup", "none/b.tar"), "none/b.tar can't be written: No such file or directory"),
    (("resolve", "--undo", "no iri"), "no iri: not the IRI of an entity"),
    (("quarantine", "show", "x"), "'x' is not a valid integer"),
    (("token", "create", "--role", "king"), "'king' is not one of"),
)


@pytest.mark.parametrize(("arguments", "words"), WRONG_ARGUMENTS, ids=str)
def test_wrong_arguments_are_one_line(call: Call, arguments: tuple[object, ...], words: str) -> None:
    """Which one, and why; nothing is printed to standard output."""
    code, output, error = call(*arguments)
    assert (code, output, error.count("\n")) == (2, "", 1)
    assert error.startswith(SAID)
    assert words in error


#: Lines of bibliograph.toml -> what the one line says.
WRONG_SETTINGS = (
    ("data = ", "bibliograph.toml: "),
    ("\xff", "bibliograph.toml: "),
    ('dta = "data"', "setting dta: there is no such setting"),
    ('port = "x"', "setting port: "),
    ("port = -5", "setting port: "),
    ("query_seconds = -1", "setting query_seconds: "),
    ("query_workers = 0", "setting query_workers: "),
    ("batch_records = 0", "setting batch_records: "),
    ("record_bytes = 0", "setting record_bytes: "),
    ("languages = []", "setting languages: "),
    ('store = "oracle:"', "setting store: 'oracle:' is not known"),
)


@pytest.mark.parametrize(("line", "words"), WRONG_SETTINGS, ids=[line for line, _ in WRONG_SETTINGS])
def test_wrong_settings_are_one_line(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    """The setting, and why it can't be."""
    monkeypatch.delenv("BIBLIOGRAPH_STORE", raising=False)
    (tmp_path / "bibliograph.toml").write_bytes(line.encode("latin-1"))
    code, _, error = call("query", "ASK {}")
    assert (code, error.count("\n")) == (2, 1)
    assert error.startswith(f"{SAID}{words}")


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (f'{{"format": 99, "base": "{BASE}"}}', "format 99; this version of Bibliograph reads format 1"),
        ('{"format": 1, "base": "https://other.test/"}', "base IRI https://other.test/; the settings say"),
        ("damaged", "is damaged"),
    ],
    ids=["another format", "another base IRI", "damaged"],
)
def test_data_of_another_kind_are_refused(call: Call, settings: Settings, mark: str, words: str) -> None:
    """By every command that would open them; nothing is changed."""
    (settings.data / "bibliograph.json").write_text(mark, encoding="utf-8")
    for command in (("query", "ASK {}"), ("ingest", LCSH), ("serve",), ("verify",), ("backup", "b.tar")):
        code, _, error = call(*command)
        assert (code, error.count("\n")) == (2, 1)
        assert words in error
    assert (settings.data / "bibliograph.json").read_text(encoding="utf-8") == mark


def test_a_file_in_place_of_the_data_directory(call: Call, settings: Settings) -> None:
    """Named in one line."""
    taken = settings.data.parent / "taken"
    taken.write_text("x", encoding="utf-8")
    code, _, error = call("--data", taken, "query", "ASK {}")
    assert (code, error.count("\n")) == (2, 1)
    assert str(taken) in error
