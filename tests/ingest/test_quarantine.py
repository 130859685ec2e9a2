"""Quarantine, findings and corrections on disk."""

from pathlib import Path

import pytest

from common.errors import InputError, StoreReadOnlyError
from ingest.corrections import Corrections, corrected
from ingest.findings import Finding
from ingest.quarantine import NewEntry, Quarantine
from ingest.record import RawRecord, RecordKey, Unreadable

KEY = RecordKey("S", "1")
FINDING = Finding(
    "warning", "withhold", "s:shape", {"en": "Wrong.", "zh": "错误。"}, "245", "a", "x", ("<a:s> <a:p> <a:o>",)
)


def _entry(data: bytes = b"\x00\xff", reason: str = "broken") -> NewEntry:
    return NewEntry(KEY, "file.mrc", "iso2709", None, 3, 99, reason, [FINDING], data)


@pytest.fixture
def quarantine(tmp_path: Path) -> Quarantine:
    """An empty quarantine."""
    return Quarantine(tmp_path / "quarantine.sqlite")


def test_an_entry_is_kept_as_it_came(quarantine: Quarantine) -> None:
    """Bytes, place, reason and findings come back."""
    quarantine.replace([], [_entry()], {})
    (entry,) = quarantine.entries()
    assert (entry.data, entry.position, entry.offset, entry.reason) == (b"\x00\xff", 3, 99, "broken")
    assert entry.findings == [FINDING]
    assert quarantine.entry(entry.id) == entry


def test_the_same_again_keeps_number_and_time(quarantine: Quarantine) -> None:
    """A new reason is noted; the number stays, so that it can be cited. Other bytes are of now."""
    quarantine.replace([], [_entry()], {})
    (first,) = quarantine.entries()
    quarantine.replace([], [_entry(reason="otherwise")], {})
    (again,) = quarantine.entries()
    assert (again.id, again.since, again.reason) == (first.id, first.since, "otherwise")


def test_entering_clears_entry_and_findings(quarantine: Quarantine) -> None:
    """What was known about a record goes when a better version is in."""
    quarantine.replace([], [_entry()], {KEY: [FINDING, FINDING]})
    quarantine.replace([KEY], [], {})
    assert quarantine.counts() == {"quarantined": 0, "findings": 0}


def test_findings_are_found_by_shape_and_record(quarantine: Quarantine) -> None:
    """Those of one shape in all records, those of one record in all shapes."""
    other = Finding("info", "list", "s:other", {"en": "Other."}, "100")
    quarantine.replace([], [], {RecordKey("S", str(n)): [FINDING] for n in range(2, 4)} | {KEY: [other, FINDING]})
    assert len(list(quarantine.findings(shape="s:shape"))) == 3
    assert len(list(quarantine.findings(key=KEY))) == 2


def test_numbers_that_are_not_there(quarantine: Quarantine) -> None:
    """The error names the number."""
    with pytest.raises(InputError, match="number 7"):
        quarantine.entry(7)
    with pytest.raises(InputError, match="number 8"):
        quarantine.finding(8)


def test_a_copy_while_in_use(quarantine: Quarantine, tmp_path: Path) -> None:
    """A backup holds what was there."""
    quarantine.replace([], [_entry()], {})
    quarantine.backup(tmp_path / "copy.sqlite")
    assert list(Quarantine(tmp_path / "copy.sqlite").entries()) == list(quarantine.entries())


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """One line says where."""
    with pytest.raises(StoreReadOnlyError, match=r"nowhere"):
        Quarantine(tmp_path / "nowhere" / "q.sqlite")


def test_a_correction_stands_for_certain_bytes(tmp_path: Path) -> None:
    """The same bytes are corrected, readable or not; others are left alone; removing takes it back."""
    corrections = Corrections(tmp_path / "corrections.sqlite")
    corrections.put(b"digest", b"{}", "marcjson", "system:test", "quarantine 1")
    overlay = corrections.overlay()
    raw, unread = RawRecord(b"x", "iso2709", 4, 9, KEY), Unreadable(b"y", 5, 10, "broken")
    assert corrected(raw, b"digest", overlay) == RawRecord(b"{}", "marcjson", 4, 9, KEY)
    assert corrected(unread, b"digest", overlay) == RawRecord(b"{}", "marcjson", 5, 10)
    assert corrected(raw, b"other", overlay) is raw
    assert corrections.made_for("quarantine 1") == [b"digest"]
    corrections.remove(b"digest")
    assert corrections.overlay() == {}
