"""A file of many records: the samples, repeated with altered identifiers and headings (seeded by the copy's number)."""

from collections.abc import Iterator
from pathlib import Path

import pymarc

SAMPLES = Path(__file__).parents[2] / "samples" / "marc"
_NUMBERS = {"010": "a", "015": "a", "016": "a", "020": "a", "022": "a", "024": "a", "035": "a"}
_ISSN, _ISBN_10, _ISBN_13 = 8, 10, 13
_HEADINGS = ("100", "110", "111", "240", "600", "610", "650", "651", "700", "710", "711", "830")


def write(target: Path, count: int, first_copy: int = 0) -> int:
    """Writes ``count`` records as ISO 2709; returns the number of bytes."""
    with target.open("wb") as file:
        written = 0
        copy = first_copy
        while written < count:
            for record in samples():
                file.write(altered(record, copy).as_marc())
                written += 1
                if written == count:
                    break
            copy += 1
    return target.stat().st_size


def samples() -> Iterator[pymarc.Record]:
    """The bibliographic sample records."""
    for path in sorted(SAMPLES.glob("*.xml")):
        records = pymarc.parse_xml_to_array(str(path))  # type: ignore[no-untyped-call]  # pymarc annotates in part
        yield from (record for record in records if record is not None)
    with (SAMPLES / "folio.mrc").open("rb") as file:
        yield from (record for record in pymarc.MARCReader(file) if record is not None)


def altered(record: pymarc.Record, copy: int) -> pymarc.Record:
    """The record under another number; copies from the first on have other identifiers, half of them other headings."""
    record.leader = pymarc.Leader(str(record.leader)[:9] + "a" + str(record.leader)[10:])
    for field in record.get_fields("001"):
        field.data = f"{field.data}-{copy}"
    if copy:
        for field in record.fields:
            _alter(field, copy)
    return record


def _alter(field: pymarc.Field, copy: int) -> None:
    code = _NUMBERS.get(field.tag) or ("a" if field.tag in _HEADINGS else None)
    if code is None or not field.subfields:
        return
    if field.tag in _HEADINGS and copy % 2:
        return  # half of the copies share their headings, as real catalogues do
    field.subfields = [
        pymarc.Subfield(s.code, _other(s.value, copy, is_number=field.tag in _NUMBERS) if s.code == code else s.value)
        for s in field.subfields
    ]


def _other(value: str, copy: int, *, is_number: bool) -> str:
    """Another value of the same form: last digits turned, or a word put before a heading."""
    if is_number:
        other = "".join(str((int(c) + copy) % 10) if c in "0123456789" else c for c in value)
        return _checked(other)
    return f"{value.rstrip(' .,:;')} {copy}"


def _checked(number: str) -> str:
    """An ISBN or ISSN with a right check digit; other numbers as they are."""
    digits = [c for c in number if c in "0123456789X"]
    at = next((i for i in reversed(range(len(number))) if number[i] in "0123456789X"), 0)
    values = [int(c) for c in digits[:-1] if c != "X"]
    if len(digits) == _ISBN_13:
        check = -sum(v * (3 if i % 2 else 1) for i, v in enumerate(values)) % 10
    elif len(digits) in {_ISSN, _ISBN_10}:
        check = -sum(v * (len(digits) - i) for i, v in enumerate(values)) % 11
    else:
        return number
    return f"{number[:at]}{'X' if check == 10 else check}{number[at + 1 :]}"
