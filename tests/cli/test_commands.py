"""The commands as a librarian calls them: what they print, and the exit code."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import COMMANDS, main
from common.settings import Settings
from tests.services.library import BASE, book, write

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Calls a command on this test's installation; exit code and standard output."""
    monkeypatch.setenv("BIBLIOGRAPH_BASE", BASE)

    def call(*arguments: object) -> tuple[int, str]:
        code = main(["--data", str(settings.data), *map(str, arguments)])
        return code, capsys.readouterr().out

    return call


def _json(run: Run, *arguments: object) -> dict[str, Any]:
    output: dict[str, Any] = json.loads(run(*arguments, "--json")[1])
    return output


@pytest.fixture
def troubled(run: Run, tmp_path: Path) -> Path:
    """A file with three records without title, one with a wrong ISSN and a good one, ingested."""
    records = [book(str(number), "x") for number in range(3)]
    for record in records:
        record.fields = []
    file = write(tmp_path / "a.json", *records, book("8", "Eight", "022 0# $a 12-34"), book("9", "Nine"))
    assert run("ingest", file)[0] == 1
    return file


def test_every_command_of_the_list_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Each command has a help text of its own."""
    for name in COMMANDS:
        assert main([name, "--help"]) == 0
        assert "Usage" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_quarantine_is_listed_by_kind(run: Run, troubled: Path, lang: str) -> None:
    """Those alike are one line with a count and an example, in the language asked for."""
    code, output = run("quarantine", "list", "--lang", lang)
    (group,) = _json(run, "quarantine", "list", "--lang", lang)["groups"]
    assert code == 0
    assert f"3 alike: {group['reason']}" in output
    assert (group["count"], group["place"], group["file"]) == (3, "245 $a", str(troubled))
    assert group["reason"].isascii() is (lang == "en")


def test_quarantine_can_be_filtered(run: Run, troubled: Path) -> None:
    """By supplier and by shape; --all gives each entry."""
    assert troubled.exists()
    shape = _json(run, "quarantine", "list")["groups"][0]["shape"].rsplit("#")[-1]
    assert len(_json(run, "quarantine", "list", "--all")["entries"]) == 3
    assert len(_json(run, "quarantine", "list", "--all", "--shape", shape)["entries"]) == 3
    assert _json(run, "quarantine", "list", "--source", "OTHER")["groups"] == []
    assert run("quarantine", "list", "--shape", "none")[1] == "nothing is in quarantine\n"


def test_show_gives_the_record_in_lines(run: Run, troubled: Path) -> None:
    """File, place, every finding and the record itself."""
    number = _json(run, "quarantine", "list")["groups"][0]["id"]
    _, output = run("quarantine", "show", number)
    assert f"{troubled}, record 1" in output
    assert "001    0" in output
    assert "violation, quarantine: 245 $a" in output


def test_undecodable_bytes_are_shown_as_bytes(run: Run, tmp_path: Path) -> None:
    """Offset, hexadecimal and text of what no reader takes."""
    run("ingest", write(tmp_path / "a.json", b'{"leader": "bro\xff', book("1", "One")))
    number = _json(run, "quarantine", "list")["groups"][0]["id"]
    assert "00000000  7b 22 6c 65 61 64 65 72" in run("quarantine", "show", number)[1]


def test_all_alike_are_tried_fixed_and_undone(run: Run, troubled: Path) -> None:
    """The dry run shows what would change and changes nothing; undo brings everything back."""
    assert troubled.exists()
    number = _json(run, "quarantine", "list")["groups"][0]["id"]
    fix = ("quarantine", "fix", number, "--alike", "--set", "245$a=Mended")
    code, output = run(*fix, "--dry-run")
    assert (code, "+ 245 ## $a Mended" in output, "3 records would be changed" in output) == (0, True, True)
    assert len(_json(run, "quarantine", "list", "--all")["entries"]) == 3
    assert _json(run, *fix)["entered"] == 3
    assert run("quarantine", "list")[1] == "nothing is in quarantine\n"
    assert _json(run, "quarantine", "fix", number, "--undo")["quarantined"] == 3
    assert run("verify")[0] == 0


def test_a_record_in_place_of_another(run: Run, troubled: Path, tmp_path: Path) -> None:
    """--file takes a record in any format that is read."""
    assert troubled.exists()
    number = _json(run, "quarantine", "list")["groups"][0]["id"]
    line = tmp_path / "record.mrk8"
    line.write_text("=LDR  00000nam a2200000 i 4500\n=001  0\n=003  TEST\n=245  00$aBy hand\n", encoding="utf-8")
    assert run("quarantine", "fix", number, "--file", line)[0] == 0
    assert len(_json(run, "quarantine", "list", "--all")["entries"]) == 2


def test_findings_are_listed_shown_and_mended(run: Run, troubled: Path) -> None:
    """A finding is gone when its record is mended, and replay alone changes nothing."""
    assert troubled.exists()
    (group,) = _json(run, "findings", "list")["groups"]
    assert "022 0# $a 12-34" in run("findings", "show", group["id"])[1]
    assert _json(run, "findings", "replay", "--all")["unchanged"] == 1
    number = _json(run, "findings", "list")["groups"][0]["id"]
    assert _json(run, "findings", "fix", number, "--set", "022$a=0378-5955")["entered"] == 1
    assert run("findings", "list")[1] == "there are no findings\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("quarantine", "show", "99"),
        ("quarantine", "fix", "99", "--set", "245$a=x"),
        ("quarantine", "fix", "1"),
        ("quarantine", "fix", "1", "--alike"),
        ("quarantine", "fix", "1", "--undo", "--set", "245$a=x"),
        ("quarantine", "replay"),
        ("findings", "show", "99"),
        ("findings", "fix", "99", "--undo"),
        ("resolve", "--undo", "https://library.test/id/work/none"),
        ("load", "none.ttl"),
        ("restore", "none.tar", "somewhere"),
        ("ingest", "none.mrc"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    settings: Settings, troubled: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """Exit code 2, and a sentence that says what is wrong instead of a stack trace."""
    assert troubled.exists()
    code = main(["--data", str(settings.data), *arguments])
    error = capsys.readouterr().err
    assert code == 2
    assert "Traceback" not in error
    assert error.strip().splitlines()[-1].startswith(("bibliograph: ", "Error: ", "none.mrc: "))


def test_verify_says_what_differs(run: Run, troubled: Path) -> None:
    """Exit code 0 and one line when all is right."""
    assert troubled.exists()
    code, output = run("verify")
    assert (code, output.count("\n")) == (0, 1)
    assert output.startswith("2 records, 2 graphs, changeset ")
    assert output.endswith(": archive, graph and merge agree\n")
    assert _json(run, "verify")["right"] is True


def test_remap_backup_restore(run: Run, troubled: Path, tmp_path: Path) -> None:
    """Figures on one line or as an object."""
    assert troubled.exists()
    assert _json(run, "remap", "--workers", "1") | {"findings": 1} == {
        "records": 2, "changed": 0, "unchanged": 2, "retracted": 0, "quarantined": 0, "findings": 1, "headings": 0,
        "resolved": 0,
    }  # fmt: skip
    assert run("backup", tmp_path / "b.tar")[0] == 0
    assert _json(run, "restore", tmp_path / "b.tar", tmp_path / "again")["unmarked"] == 0


def test_load_replaces_one_graph(run: Run, tmp_path: Path) -> None:
    """A file stands in the graph of its name; again nothing changes; a graph that Bibliograph keeps is refused."""
    file = tmp_path / "colours.ttl"
    file.write_text('<x:red> <x:name> "red" , "rot"@de ; <x:with> [ <x:name> "blank" ] .', encoding="utf-8")
    first = _json(run, "load", file)
    assert (first["triples"], first["graph"], first["changed"]) == (4, f"{BASE}graph/vocabulary/colours", True)
    assert _json(run, "load", file)["changed"] is False
    file.write_text('<x:red> <x:name> "red" .', encoding="utf-8")
    assert _json(run, "load", file, "--graph", first["graph"])["triples"] == 1
    assert run("load", file, "--graph", f"{BASE}graph/record/TEST/1")[0] == 2
    assert run("load", file, "--graph", "no iri")[0] == 2


def test_resolve_undo_and_all(run: Run, tmp_path: Path) -> None:
    """A link is taken back by the IRI of its member and does not come again."""
    dated = "100 1# $a Dickens, Charles, $d 1812-1870"
    run("ingest", write(tmp_path / "a.json", *(book(str(n), str(n), dated) for n in range(2))))
    assert _json(run, "resolve", "--all") == {"changed": 0}
    member = f"{BASE}id/agent/TEST/1/Dickens,_Charles,_1812-1870"
    assert _json(run, "resolve", "--undo", member)["was"] == member.replace("/1/", "/0/")
    assert _json(run, "resolve", "--all") == {"changed": 0}
    assert run("resolve", "--undo", member)[0] == 2


def test_the_ledger_adds_up(run: Run, troubled: Path) -> None:
    """What was ingested is told subfield by subfield, file by file."""
    code, output = run("ledger")
    assert code == 0
    assert f"{troubled} (" in output
    assert "unmapped" in output


def test_doctor_needs_nothing(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names what is there and what is missing, with its purpose, and makes no data directory."""
    report = _json(run, "doctor")
    names = {check["name"]: check for check in report["checks"]}
    assert report["good"]
    assert names["directory"]["state"] == "good"
    assert all(check["purpose"] for check in report["checks"] if check["part"] in {"package", "optional", "program"})
    monkeypatch.setenv("BIBLIOGRAPH_BASE", "https://other.test/")
    assert run("doctor")[0] == 1
    assert main(["--data", str(tmp_path / "none"), "doctor"]) == 0
    assert not (tmp_path / "none").exists()
