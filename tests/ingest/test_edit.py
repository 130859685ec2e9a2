"""Edits on the command line, and the record written back."""

import pytest

from common.errors import InputError
from ingest import readers
from ingest.edit import apply_edits, to_json
from ingest.record import RawRecord
from tests.services.library import book

STEPS = {
    "245$a=New": "245 00 $aNew",
    "245$c=By Ann": "245 00 $aOld$cBy Ann",
    "500$a-": None,
    "500-": None,
    "500[2]$a=Second": "500    $aSecond",
    "700$a=Ann": "700    $aAnn",
    "245$a=1 = one": "245 00 $a1 = one",
}


@pytest.mark.parametrize("step", STEPS)
def test_each_step_does_what_it_says(step: str) -> None:
    """Set, add, remove a subfield or a field; the last subfield takes its field along."""
    record = book("1", "Old", "500 ## $a Note")
    apply_edits(record, [step])
    expected = STEPS[step]
    shown = [repr(field) for field in record.fields]
    if expected is None:
        assert not any(line.startswith("500") for line in shown)
    else:
        assert expected in shown
    assert [field.tag for field in record.fields] == sorted(field.tag for field in record.fields)


def test_control_fields_and_leader() -> None:
    """00X are set, removed and kept in order; the leader is set whole."""
    record = book("1", "Old")
    apply_edits(record, ["001=2", "003-", "005=20200101000000.0", "LDR=00000cam a2200000 i 4500"])
    assert record.control[:2] == [("001", "2"), ("005", "20200101000000.0")]
    assert record.leader[5] == "c"
    assert record.control_value("003") is None


@pytest.mark.parametrize("step", ["245", "24$a=x", "245$a", "245=x", "650$a-", "500[3]$a=x", "245$a-rest"])
def test_what_is_not_understood_is_refused(step: str) -> None:
    """The error repeats the step."""
    with pytest.raises(InputError) as error:
        apply_edits(book("1", "Old"), [step])
    assert repr(step) in str(error.value)


def test_the_record_written_is_the_record_read() -> None:
    """MARC-in-JSON takes everything back, other scripts and empty indicators too."""
    record = book("1", "红楼梦", '500 1# $a "quoted" \\ back')
    again = readers.decode(RawRecord(to_json(record), "marcjson", 1, 0))
    assert (again.leader, again.control) == (record.leader, record.control)
    assert list(map(repr, again.fields)) == list(map(repr, record.fields))
