"""Holdings of the invented demonstration library as MARC 21 holdings records."""

from __future__ import annotations

from collections import Counter

from .marc21 import ENTERED, ORGANISATION, STAMP, class_of
from .model import Record
from .reading import Edition, editions, table


def holdings() -> list[Record]:
    """One record for each edition at each location, numbered within its class."""
    known = {edition.id: edition for edition in editions()}
    counter: Counter[str] = Counter()
    records = []
    for place in table("holdings")["location"]:
        for at, number in enumerate(place["held"], 1):
            edition = known[number]
            counter[class_of(edition, "clc")] += 1
            item = str(counter[class_of(edition, "clc")])
            records.append(_holding(edition, place, f"h-{place['code']}-{at:03d}", item))
    return records


def _holding(edition: Edition, place: dict[str, str], number: str, item: str) -> Record:
    volumes = edition.get("v")
    record = Record(f"00000n{'v' if volumes else 'x'}  a22000003n 4500")
    record.control("001", number)
    record.control("003", ORGANISATION)
    record.control("004", edition.id)
    record.control("005", STAMP)
    lending = "b" if place["use"] == "reading room only" else "a"
    record.control("008", f"{ENTERED}2u    8   1001{lending}u{edition.lang}0{ENTERED}")
    record.add(
        "852", "7 ", "a" + ORGANISATION, "b" + place["name"],
        "h" + class_of(edition, "clc"), "i" + item, "2clc",
        "z仅供馆内阅览" if lending == "b" else None,
    )  # fmt: skip
    if volumes:
        record.add("866", " 0", "80", f"a1-{volumes} 册")
    return record
