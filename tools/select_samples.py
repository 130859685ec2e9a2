"""Select the sample records of ``samples/marc`` from the shared data sets.

Bibliographic records are taken from sets under CC0 or Apache-2.0, without repetitions and without records
that break the format; authority records are those Library of Congress Subject Headings that the chosen
records use, the broader headings above them, and further headings with a place in the hierarchy. The result
depends on nothing but the data, so that a second run writes the same bytes.

Usage: ``python tools/select_samples.py [path to the shared data]``
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pymarc import MARCReader, Record, parse_xml_to_array
from pymarc.marcxml import record_to_xml_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path("../shared/data")
TARGET = Path(__file__).resolve().parent.parent / "samples" / "marc"
CC0 = "marc/lc_marc2bibframe2"
FOLIO = "marc/folio_mod-data-import"
AUTHORITIES = f"{FOLIO}/src/test/resources/5000.mrc"
AUTHORITY_GOAL = 800
FIXED_LENGTH = 40

CONVERSION = f"{CC0}/test/data"
SETS: dict[str, tuple[str, ...]] = {
    "loc.xml": (
        f"{CC0}/dataset/loc_general.xml",
        f"{CONVERSION}/ConvSpec-880/100-600-600complex-700.xml",
        f"{CONVERSION}/ConvSpec-880/100-600-700-700t.xml",
        f"{CONVERSION}/ConvSpec-880/110-610complex-710-710t-02.xml",
        f"{CONVERSION}/ConvSpec-880/110-610complex-710-710t.xml",
        f"{CONVERSION}/ConvSpec-880/111-611compex-711-02.xml",
        f"{CONVERSION}/ConvSpec-880/111-611compex-711.xml",
        f"{CONVERSION}/ConvSpec-880/648a-655a.xml",
        f"{CONVERSION}/ConvSpec-880/650a-651a.xml",
        f"{CONVERSION}/ConvSpec-880/650complex-651-651complex.xml",
        f"{CONVERSION}/ConvSpec-880/650complex-651complex-830.xml",
        f"{CONVERSION}/ConvSpec-Preprocess0-Splitting/*.marc.xml",
        f"{CONVERSION}/collection.xml",
        f"{CONVERSION}/marc.xml",
    ),
    "british_library.xml": (f"{CC0}/dataset/british_library.xml",),
    "dnb.xml": (f"{CC0}/dataset/dnb.xml",),
    "gwu.xml": (f"{CC0}/dataset/gwu.xml",),
    "nlm.xml": (f"{CC0}/dataset/nlm.xml",),
    "oclc.xml": (f"{CC0}/dataset/oclc.xml",),
    "princeton.xml": (f"{CC0}/dataset/princeton.xml",),
    "folio.mrc": (
        f"{FOLIO}/src/test/resources/CornellFOLIOExemplars_Bibs.mrc",
        f"{FOLIO}/scripts/sample100.mrc",
        f"{FOLIO}/src/test/resources/1.mrc",
        f"{FOLIO}/src/test/resources/10.mrc",
        f"{FOLIO}/src/test/resources/100.mrc",
        f"{FOLIO}/src/test/resources/61PRINT160129.mrc",
    ),
}
NOTICES = {
    f"{CC0}/LICENSE.lcnetdev_marc2bibframe2.LICENSE": "LICENSE.CC0-1.0.txt",
    f"{FOLIO}/LICENSE.folio-org_mod-data-import.LICENSE": "LICENSE.Apache-2.0.txt",
}

MARCXML = "http://www.loc.gov/MARC21/slim"
LEADER = re.compile(r"[\d ]{5}[acdnp ][acdefgijkmoprt][abcdims][ a][ a][\d ]{2}[\d ]{5}.{3}[\d ]{4}")
FIXED = re.compile(r".{35}([a-z]{3}|\|{3}| {3}).{2}")
UNCLEAN = re.compile("[\x00-\x1f\x7f-\x9f\ufffd]|\u00c3[\u0080-\u00bf]|\u00e2\u20ac")
SUBDIVIDED = "avxyz"


@dataclass(frozen=True)
class Source:
    """A record with the bytes it was read from (ISO 2709 only)."""

    record: Record
    raw: bytes = b""


@dataclass
class Seen:
    """What has been chosen so far, by identifier and by content."""

    identifiers: set[tuple[str, str]] = field(default_factory=set)
    contents: set[str] = field(default_factory=set)

    def admit(self, record: Record) -> bool:
        """Note a record and tell whether neither its identifier nor its content was seen before."""
        key, text = identifier(record), content(record)
        if key in self.identifiers or text in self.contents:
            return False
        self.identifiers.add(key)
        self.contents.add(text)
        return True


def control(record: Record, tag: str) -> str:
    """Return the data of a control field, or an empty string."""
    found = record.get(tag)
    return (found.data or "").strip("\n") if found else ""


def values(record: Record, tags: Iterable[str], codes: str) -> str:
    """Join the wanted subfields of the wanted fields in record order."""
    fields = record.get_fields(*tags)
    return " ".join(part.value for found in fields for part in found.subfields if part.code in codes)


def normalise(text: str) -> str:
    """Fold case, width, accents and punctuation, so that equal statements compare equal."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.findall(r"\w+", re.sub("[\u0300-\u036f\ufe20-\ufe2f]", "", folded)))


def identifier(record: Record) -> tuple[str, str]:
    """Return the pair that names a record: who keeps it and under which number."""
    source = control(record, "003") or values(record, ("040",), "a")
    return source.strip(), control(record, "001").strip()


def content(record: Record) -> str:
    """Return title, creator and imprint in one comparable string."""
    title = values(record, ("245",), "abnp")
    creator = values(record, ("100", "110", "111"), "abcdn")
    imprint = values(record, ("260", "264"), "abc")
    return " | ".join(normalise(part) for part in (title, creator, imprint))


def sound(record: Record) -> bool:
    """Tell whether a bibliographic record is whole: leader, 001, 008, title, clean text, paired 880s."""
    if not (LEADER.fullmatch(str(record.leader)) and FIXED.fullmatch(control(record, "008"))):
        return False
    if not (control(record, "001").strip() and normalise(values(record, ("245",), "ak"))):
        return False
    return clean(record)


def clean(record: Record) -> bool:
    """Tell whether every field has a proper tag, indicators and text free of control characters."""
    for found in record.fields:
        if not re.fullmatch(r"[0-9]{3}", found.tag) or UNCLEAN.search(found.value()):
            return False
        if found.is_control_field():
            continue
        if not all(re.fullmatch(r"[0-9a-z |]", sign) for sign in found.indicators or ()):
            return False
        if not all(re.fullmatch(r"[0-9a-zA-Z]", part.code) for part in found.subfields):
            return False
    return True


def read(path: Path) -> Iterator[Source]:
    """Read the records of a MARCXML or an ISO 2709 file, unreadable ones left out."""
    if path.suffix == ".xml":
        yield from (Source(record) for record in parse_xml_to_array(str(path)) if record)  # type: ignore[no-untyped-call]
        return
    with path.open("rb") as stream:
        reader = MARCReader(stream)
        for record in reader:
            if record is not None:
                yield Source(record, bytes(reader.current_chunk or b""))


def choose(data: Path, patterns: Iterable[str], seen: Seen) -> list[Source]:
    """Read the files that match the patterns and keep sound records not chosen before."""
    paths = [path for pattern in patterns for path in sorted(data.glob(pattern))]
    return [item for path in paths for item in read(path) if sound(item.record) and seen.admit(item.record)]


def write(path: Path, items: Iterable[Source]) -> None:
    """Write records as MARCXML or as the ISO 2709 bytes they came from, by the file's suffix."""
    if path.suffix == ".mrc":
        path.write_bytes(b"".join(item.raw for item in items))
        return
    nodes = (record_to_xml_node(item.record) for item in items)  # type: ignore[no-untyped-call]
    lines = [ET.tostring(node, encoding="unicode") for node in nodes]
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{MARCXML}">\n'
    path.write_text(head + "\n".join(lines) + "\n</collection>\n", encoding="utf-8")


def headings(record: Record) -> Iterator[str]:
    """Give each subject heading of the Library of Congress in a record, from the full string down to $a."""
    for found in record.get_fields("600", "610", "611", "630", "650", "651"):
        if found.indicator2 != "0" and found.get_subfields("2") != ["lcsh"]:
            continue
        parts = [part.value for part in found.subfields if part.code in SUBDIVIDED]
        for length in range(len(parts), 0, -1):
            yield normalise(" ".join(parts[:length]))


def heading(record: Record) -> str:
    """Return the comparable heading of an authority record."""
    return normalise(values(record, ("100", "110", "150", "151"), "abcdtvxyz"))


def broader(record: Record) -> list[str]:
    """Return the comparable headings of the broader terms of an authority record."""
    fields = record.get_fields("500", "510", "550", "551")
    above = [found for found in fields if any(value.startswith("g") for value in found.get_subfields("w"))]
    return [normalise(" ".join(p.value for p in found.subfields if p.code in "abcdtvxyz")) for found in above]


def valid_authority(record: Record) -> bool:
    """Tell whether an authority record has its leader, number, 008 and exactly one heading."""
    single = len(record.get_fields("100", "110", "111", "130", "150", "151")) == 1
    numbered = bool(control(record, "001")) and len(control(record, "008")) == FIXED_LENGTH
    return str(record.leader)[6] == "z" and numbered and single and clean(record)


def with_chains(wanted: Iterable[str], by_heading: dict[str, Source]) -> set[str]:
    """Add to the wanted headings everything above them that the set holds."""
    chosen: set[str] = set()
    open_headings = [name for name in wanted if name in by_heading]
    while open_headings:
        name = open_headings.pop()
        if name not in chosen:
            chosen.add(name)
            open_headings += [above for above in broader(by_heading[name].record) if above in by_heading]
    return chosen


def authorities(data: Path, used: set[str]) -> list[Source]:
    """Choose used headings, the broader ones above them and, up to the goal, others with a broader one."""
    items = [item for item in read(data / AUTHORITIES) if valid_authority(item.record)]
    by_heading: dict[str, Source] = {}
    for item in items:
        by_heading.setdefault(heading(item.record), item)
    upwards = {name: broader(item.record) for name, item in by_heading.items()}
    hierarchical = [name for name, above in upwards.items() if any(up in by_heading for up in above)]
    chosen = with_chains([*sorted(used), *hierarchical], by_heading)
    further = [name for name, above in upwards.items() if above and name not in chosen]
    chosen.update(further[: max(0, AUTHORITY_GOAL - len(chosen))])
    return [item for name, item in by_heading.items() if name in chosen]


def main(data: Path) -> None:
    """Write every sample file and the licence texts, and print what was written."""
    TARGET.mkdir(parents=True, exist_ok=True)
    seen, used = Seen(), set[str]()
    for name, patterns in SETS.items():
        items = choose(data, patterns, seen)
        used.update(text for item in items for text in headings(item.record))
        write(TARGET / name, items)
        print(f"{name}: {len(items)} records")
    chosen = authorities(data, used)
    matched = sum(heading(item.record) in used for item in chosen)
    write(TARGET / "lcsh.mrc", chosen)
    print(f"lcsh.mrc: {len(chosen)} records, {matched} of them used")
    for source, name in NOTICES.items():
        copyfile(data / source, TARGET / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
