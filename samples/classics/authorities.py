"""Authority records: persons and bodies, works, topics."""

from __future__ import annotations

from functools import cache

from .marc21 import ENTERED, ORGANISATION, STAMP, name_subs, split, topic_id, with_comma
from .model import Record
from .reading import Agent, Person, Work, editions, person, table, work

LEADER = "00000nz  a2200000n  4500"


def authorities() -> list[Record]:
    """Every authority record: names, works, topics."""
    return [*map(_name, people()), *map(_title, works()), *map(_topic, table("topics"))]


@cache
def people() -> tuple[Person, ...]:
    """Every person and body an edition or a work names."""
    found: dict[str, Person] = {}
    for edition in editions():
        named: list[Agent] = [agent for group in edition.groups for agent in group]
        named += [edition.main] if edition.main else []
        about = [person(key) for key in edition.get("about").split()]
        for who in [*(agent.person for agent in named), *about]:
            found.setdefault(who.id, who)
    for key in table("works"):
        for agent in work(key).creators:
            found.setdefault(agent.person.id, agent.person)
    return tuple(found.values())


def works() -> list[Work]:
    """Every work of the fact file."""
    return [work(key) for key in table("works")]


def _start(number: str, *, subject: bool = False) -> Record:
    record = Record(LEADER)
    record.control("001", number)
    record.control("003", ORGANISATION)
    record.control("005", STAMP)
    rules, thesaurus = ("n", "z") if subject else ("z", "n")
    uses = "bab" if subject else "aab"
    record.control("008", f"{ENTERED}|n|a{rules}{thesaurus}nn{uses}n          |n ana     d")
    source = "fcct" if subject else "erda"
    record.add("040", "  ", "a" + ORGANISATION, "bchi", source, "c" + ORGANISATION)
    return record


def _name(who: Person) -> Record:
    record = _start(who.id)
    tag, ind = ("10", "2 ") if who.body else ("00", who.surname_first + " ")
    record.add("1" + tag, ind, *with_comma(name_subs(who)))
    date, latin_date = who.dates, who.western_dates
    other = who.pinyin if not who.latin else who.name
    if other and other != who.heading:
        dates = latin_date if not who.latin else date
        record.add("4" + tag, _ind(who, other), *with_comma(["a" + other, "d" + dates if dates else None]))
    for variant in who.variants:
        latin = variant[0] < "\u2e80"
        dates = latin_date if latin else date
        record.add(
            "4" + tag, _ind(who, variant), *with_comma(["a" + variant, "d" + dates if dates else None])
        )
    return record


def _ind(who: Person, form: str) -> str:
    if who.body:
        return "2 "
    return "1 " if "," in form or form[0] > "\u2e80" else "0 "


def _title(its: Work) -> Record:
    record = _start(its.id)
    heading = its.original or its.title
    forms = [heading, its.title, *([its.pinyin] if its.lang == "chi" else []), *its.entry.get("alt", [])]
    for at, form in enumerate(dict.fromkeys(forms)):
        _title_field(record, "1" if at == 0 else "4", its, form)
    record.add("377", "  ", "a" + its.lang)
    record.sort()
    return record


def _title_field(record: Record, tag: str, its: Work, title: str) -> None:
    if not its.author:
        record.add(tag + "30", " 0", "a" + title)
        return
    who = its.author.person
    latin = tag == "4" and title[0] < "\u2e80" and bool(who.pinyin)
    name = who.pinyin if latin and not who.latin else who.heading
    dates = who.western_dates if latin or who.latin else who.dates
    subs = [sub for sub in ("a" + name, "d" + dates if dates else None) if sub]
    subs = [*with_comma(subs)[:-1], subs[-1] + "."]
    record.add(tag + "00", who.surname_first + " ", *subs, "t" + title)


def _topic(name: str) -> Record:
    entry = table("topics")[name]
    record = _start(topic_id(name), subject=True)
    record.add("150", "  ", *split(name))
    for variant in entry.get("alt", []):
        record.add("450", "  ", "a" + variant)
    if entry.get("bt"):
        record.add("550", "  ", "wg", "a" + entry["bt"], f"0({ORGANISATION}){topic_id(entry['bt'])}")
    return record
