"""Editions as CNMARC records, the twins of the MARC 21 records under the same numbers."""

from __future__ import annotations

from .marc21 import ORGANISATION, class_of, headings, split
from .model import Record
from .reading import HAN, Agent, Edition, person, place_codes

LEADER = "00000nam0 2200000   450 "
SCRIPTS = {"chi": "ea", "jpn": "da", "rus": "ca"}
LITERATURE = {"1": "a", "j": "f", "d": "b", "p": "g", "e": "c", "i": "e", "m": "z"}


def unimarc(edition: Edition) -> Record:
    """The record of one edition."""
    record = Record(LEADER)
    record.control("001", edition.id)
    record.control("005", "20260101000000.0")
    if edition.get("isbn"):
        record.add("010", "  ", "a" + edition.get("isbn"))
    record.add("100", "  ", "a" + general(edition))
    _codes(record, edition)
    _description(record, edition)
    _notes(record, edition)
    _titles(record, edition)
    _subjects(record, edition)
    _responsibility(record, edition)
    record.add("801", " 0", "aCN", "b" + ORGANISATION, "c20260101")
    return record


def general(edition: Edition) -> str:
    """Field 100 $a, 36 characters."""
    first, last = edition.dates
    kind = "g" if last else "e" if edition.get("repro") and first else "d" if first else "u"
    script = SCRIPTS.get(edition.lang, "ba")
    return f"20260101{kind}{first:4}{last:4}m  y0chiy50      {script}"


def _codes(record: Record, edition: Edition) -> None:
    original, via, also = edition.original_lang, edition.get("via"), edition.get("bi")
    record.add(
        "101", "1 " if original else "2 " if also else "0 ", "a" + edition.lang, "a" + also if also else None,
        "b" + via if original and via else None, "c" + original if original else None,
    )  # fmt: skip
    codes = place_codes(edition.place)
    if codes:
        record.add("102", "  ", "a" + codes["iso"], "b" + codes["gb"] if "gb" in codes else None)
    literary = edition.get("lit") or (edition.work.entry.get("lit", "0") if edition.work else "0")
    literature = "y" if edition.about or edition.get("about") else LITERATURE.get(literary, "y")
    illustrations = "a   " if any(agent.code == "ill" for agent in edition.others) else "||||"
    record.add("105", "  ", f"a{illustrations}    00|{literature}|")
    record.add("106", "  ", "ar")


def _description(record: Record, edition: Edition) -> None:
    get, parts = edition.get, edition.get("np", [])
    pinyin = edition.roman(edition.title).lower() if edition.chinese else None
    groups = edition.statement.split(" ; ") if edition.statement else []
    record.add(
        "200", "1 ", "a" + edition.title, "9" + pinyin if pinyin else None,
        "d" + get("par") if get("par") else None, "e" + get("sub") if get("sub") else None,
        "h" + parts[0] if parts else None, *("i" + part for part in parts[1:]),
        "f" + groups[0] if groups else None, *("g" + group for group in groups[1:]),
        "zeng" if get("par") else None,
    )  # fmt: skip
    if get("ed"):
        record.add("205", "  ", "a" + get("ed"))
    first, last = edition.dates
    imprint = {"a": edition.place, "c": edition.publisher, "d": f"{first}-{last}" if last else first}
    record.add("210", "  ", *(code + value for code, value in imprint.items() if value))
    if get("v"):
        record.add("215", "  ", f"a{get('v')}册")
    if get("s"):
        record.add("225", "2 ", "a" + get("s"), "v" + get("sn") if get("sn") else None)


def _notes(record: Record, edition: Edition) -> None:
    get = edition.get
    if get("n"):
        record.add("300", "  ", "a" + get("n"))
    if get("repro"):
        record.add("305", "  ", "a影印本")
    if edition.chinese and edition.work and not get("n"):
        record.add("330", "  ", "a" + edition.work.entry["about"])
    if get("s"):
        tag = "461" if get("s").startswith("点校本二十四史") else "410"
        record.add(tag, " 0", "12001 ", "a" + get("s"), "v" + get("sn") if get("sn") else None)


def _titles(record: Record, edition: Edition) -> None:
    work, original = edition.work, edition.get("o")
    language = "m" + edition.lang if edition.original_lang else None
    if work and (edition.original_lang or edition.title != work.title):
        record.add("500", "10", "a" + (work.original or work.title), language)
    elif original:
        record.add("500", "10", "a" + original, language)
    if edition.get("par"):
        record.add("510", "1 ", "a" + edition.get("par"), "zeng")
    if " or, " in edition.title:
        record.add("517", "1 ", "a" + edition.title.split(" or, ")[1])


def _subjects(record: Record, edition: Edition) -> None:
    for key in edition.get("about").split():
        record.add("600", " 0", *_name_subs(Agent(person(key), "著"))[1:-1])
    if edition.about:
        record.add("605", "  ", "a" + edition.about.title, "x研究")
    swapped = {"y": "z", "z": "y"}
    for heading in headings(edition):
        first, *rest = split(heading)
        record.add("606", "0 ", first, *(swapped.get(sub[0], sub[0]) + sub[1:] for sub in rest))
    if class_of(edition, "ddc"):
        record.add("676", "  ", "a" + class_of(edition, "ddc"), "v23")
    if class_of(edition, "clc"):
        record.add("690", "  ", "a" + class_of(edition, "clc"))


def _name_subs(agent: Agent) -> list[str]:
    who = agent.person
    subs = [f"3{who.id}", "a" + who.name]
    if who.pinyin and HAN.match(who.name):
        subs.append("9" + who.pinyin.replace(",", "").lower())
    subs += [f"c({who.origin})"] if who.origin else []
    subs += [f"f{who.dates}"] if who.dates else []
    subs += [f"g({who.latin})"] if who.latin else []
    return [*subs, "4" + agent.role]


def _responsibility(record: Record, edition: Edition) -> None:
    first = list(edition.groups[0]) if edition.groups else []
    if edition.main and edition.main.person not in [agent.person for agent in first]:
        record.add("701", " 0", *_name_subs(edition.main))
    done: list[Agent] = []
    for group in edition.groups:
        for agent in group:
            if agent in done or (group is not edition.groups[0] and agent.person in [a.person for a in done]):
                continue
            done.append(agent)
            primary = group is edition.groups[0] and not (edition.main and edition.main not in first)
            tag = ("71" if agent.person.body else "70") + ("1" if primary else "2")
            ind = "02" if agent.person.body else " 1" if agent.person.latin else " 0"
            record.add(tag, ind, *_name_subs(agent))
