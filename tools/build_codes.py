"""Compare the code lists of ``ingest/codes`` with their sources and add codes that are new there.

What a table already says stays: English labels brought up to date, Chinese labels, language tags and successors are
kept by hand. A new code gets its English label, the other columns wait for a person.

Usage: ``python tools/build_codes.py [path to the shared data]``
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

DATA = Path("../shared/data")
TARGET = Path(__file__).resolve().parent.parent / "ingest" / "codes"
MARC = "codes/marc"
RDA = "codes/rda"

CODELIST = {"c": "info:lc/xmlns/codelist-v1"}
YAML_LINE = re.compile(r"'?([a-z-]+)'?: *'?(.*?)'?\s*$")


def from_yaml(path: Path) -> dict[str, str]:
    """Read a flat map of codes to labels."""
    matches = (YAML_LINE.match(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {found[1]: found[2].replace("''", "'") for found in matches if found}


def from_codelist(path: Path) -> dict[str, str]:
    """Read a code list of the Library of Congress in XML."""
    found = {}
    for entry in ET.parse(path).iterfind(".//c:language", CODELIST):  # noqa: S314 - a file of our own data
        found[entry.findtext("c:code", "", CODELIST)] = entry.findtext("c:name", "", CODELIST)
    return found


def from_rda(path: Path) -> dict[str, str]:
    """Read the published terms of an RDA vocabulary by their number."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["*status"] == "Published"]
    return {row["notation[0]_en"]: row["*preferred label[0]_en"] for row in rows}


def read(name: str) -> tuple[list[str], list[list[str]]]:
    """Read header and rows of a table."""
    lines = (TARGET / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return lines[0].split("\t"), [line.split("\t") for line in lines[1:]]


def write(name: str, header: list[str], rows: list[list[str]]) -> None:
    """Write a table in the order of its codes."""
    lines = ["\t".join(row) for row in (header, *sorted(rows))]
    (TARGET / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def extend(name: str, source: dict[str, str]) -> None:
    """Add the codes that a table lacks, and print them and every English label that differs from its source."""
    header, rows = read(name)
    english = header.index("en")
    known = {row[0]: row[english] for row in rows}
    for code in sorted(set(source) - set(known)):
        print(f"{name}: new {code} {source[code]}")
        rows.append(
            [code if column == 0 else source[code] if column == english else "" for column in range(len(header))]
        )
    for code in sorted(set(source) & set(known)):
        if source[code] != known[code]:
            print(f"{name}: {code} is {known[code]!r}, the source says {source[code]!r}")
    write(name, header, rows)


def compare_rda(name: str, source: dict[str, str]) -> None:
    """Print RDA terms that a table lacks: their MARC code is not in the source."""
    header, rows = read(name)
    numbers = {row[header.index("rda")] for row in rows}
    for number in sorted(set(source) - numbers):
        print(f"{name}: no MARC code for {number} {source[number]}")


def main(data: Path) -> None:
    """Go through every table that has a source."""
    extend("languages", from_codelist(data / MARC / "loc_language_codes.xml"))
    extend("countries", from_yaml(data / MARC / "pulibrary-marc_countries.yaml"))
    extend("areas", from_yaml(data / MARC / "traject-marc_geographic.yaml"))
    extend("relators", from_yaml(data / MARC / "trln-relator_code_to_term.yaml"))
    for name, file in (("content", "rdaco.csv"), ("media", "rdamt.csv"), ("carrier", "rdact.csv")):
        compare_rda(name, from_rda(data / RDA / file))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
