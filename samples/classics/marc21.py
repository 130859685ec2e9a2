"""Editions as MARC 21 bibliographic records, in Chinese script or romanised with linked 880 fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .model import Record
from .reading import Agent, Edition, Person, Work, person, place_codes, table

if TYPE_CHECKING:
    from collections.abc import Iterable

ORGANISATION = "XBGC"
ENTERED = "260101"
STAMP = "20260101000000.0"
LEADER = "00000nam a2200000 i 4500"
LANGUAGES = {
    "chi": "Chinese", "eng": "English", "fre": "French", "ger": "German", "jpn": "Japanese", "rus": "Russian",
    "ita": "Italian", "spa": "Spanish", "cze": "Czech", "lat": "Latin",
}  # fmt: skip
ARTICLES = {
    "eng": ("The ", "A ", "An "), "fre": ("Le ", "La ", "Les ", "L'"), "ger": ("Der ", "Die ", "Das "),
    "ita": ("Il ", "La "), "spa": ("El ", "La "),
}  # fmt: skip


def bibliographic(edition: Edition) -> Record:
    """The record of one edition."""
    record = Record(LEADER)
    record.control("001", edition.id)
    record.control("003", ORGANISATION)
    record.control("005", STAMP)
    record.control("008", coded(edition))
    _codes(record, edition)
    _main_entry(record, edition)
    _description(record, edition)
    _notes(record, edition)
    _subjects(record, edition)
    _added(record, edition)
    record.sort()
    return record


def coded(edition: Edition) -> str:
    """Field 008."""
    first, last = edition.dates
    kind = "m" if last else "s" if first else "n"
    date1, date2 = first or "uuuu", last or ("    " if first else "uuuu")
    country = place_codes(edition.place).get("marc", "xx").ljust(3)
    literary = edition.get("lit") or (edition.work.entry.get("lit", "0") if edition.work else "0")
    if edition.about or edition.get("about"):
        literary = "0"
    reproduction = "r" if edition.get("repro") else " "
    illustrations = "a   " if any(agent.code == "ill" for agent in edition.others) else "||||"
    return (
        f"{ENTERED}{kind}{date1}{date2}{country}{illustrations} {reproduction}|||| 00|"
        f" {literary}|{edition.lang} d"
    )


def _codes(record: Record, edition: Edition) -> None:
    if edition.get("isbn"):
        record.add("020", "  ", "a" + edition.get("isbn"))
    language = "chi" if edition.chinese else "eng"
    record.add("040", "  ", "a" + ORGANISATION, "b" + language, "erda", "c" + ORGANISATION)
    also, via = edition.get("bi"), edition.get("via")
    if edition.original_lang:
        subs = ["a" + edition.lang, "k" + via if via else None, "h" + edition.original_lang]
        record.add("041", "1 ", *subs)
    elif also:
        record.add("041", "1 ", "a" + edition.lang, "a" + also, "h" + edition.lang)
    if class_of(edition, "ddc"):
        record.add("082", "04", "a" + class_of(edition, "ddc"), "223")
    if class_of(edition, "clc"):
        record.add("084", "  ", "a" + class_of(edition, "clc"), "2clc")


def class_of(edition: Edition, scheme: str) -> str:
    """The class number of an edition, of its work, or of studies about the work it treats."""
    if edition.get(scheme):
        return str(edition.get(scheme))
    if edition.about:
        return str(edition.about.entry.get("s" + scheme) or edition.about.entry.get(scheme, ""))
    return str(edition.work.entry.get(scheme, "")) if edition.work else ""


def name_subs(person: Person) -> list[str | None]:
    """The subfields of an authorised name."""
    if person.latin:
        return ["a" + person.latin, "d" + person.western_dates if person.dates else None]
    return ["a" + person.name, "d" + person.dates if person.dates else None]


def _name(record: Record, tag: str, agent: Agent, *, chinese: bool) -> None:
    person = agent.person
    subs = [*name_subs(person), "e" + (agent.role if chinese else agent.term)]
    joined = with_comma(subs)
    tag, ind = (tag[0] + "10", "2 ") if person.body else (tag, person.surname_first + " ")
    record.add(tag, ind, *joined, "4" + agent.code, f"0({ORGANISATION}){person.id}")


def with_comma(subs: Iterable[str | None]) -> list[str]:
    """The subfields with a comma after each but the last."""
    kept = [sub for sub in subs if sub]
    return [sub if sub.endswith((",", "-")) else sub + "," for sub in kept[:-1]] + kept[-1:]


def _main_entry(record: Record, edition: Edition) -> None:
    main, work = edition.main, edition.work
    if main:
        _name(record, "100", main, chinese=edition.chinese)
    if work and not work.author:
        record.add("730" if main else "130", "0 ", *_work_title(edition, work))
    elif work and (edition.original_lang or edition.title != work.title):
        record.add("240", "10", *_work_title(edition, work))
    elif edition.get("o") and main:
        record.add("240", "10", f"a{edition.get('o')}.", "l" + LANGUAGES[edition.lang])


def _work_title(edition: Edition, work: Work) -> list[str]:
    title = work.original or (work.title if edition.chinese else work.pinyin)
    link = f"0({ORGANISATION}){work.id}"
    if edition.original_lang:
        return [f"a{title}.", "l" + LANGUAGES.get(edition.lang, edition.lang), link]
    return ["a" + title, link]


def nonfiling(edition: Edition) -> int:
    """The characters of an initial article."""
    found = [each for each in ARTICLES.get(edition.lang, ()) if edition.title.startswith(each)]
    return len(found[0]) if found else 0


def title_subs(title: str, sub: str, par: str, parts: list[str], statement: str) -> list[str]:
    """The subfields of 245 with ISBD punctuation."""
    pieces = [("a", "", title)]
    if parts:
        pieces += [("n", ".", parts[0])]
        pieces += [("p", ",", part) for part in parts[1:]]
    if par:
        pieces.append(("b", " =", f"{par} : {sub}" if sub else par))
    elif sub:
        pieces.append(("b", " :", sub))
    if statement:
        pieces.append(("c", " /", statement))
    subs = [
        code + text + (pieces[at + 1][1] if at + 1 < len(pieces) else "")
        for at, (code, _, text) in enumerate(pieces)
    ]
    subs[-1] += "" if subs[-1].endswith((".", "?")) else "."
    return subs


def _description(record: Record, edition: Edition) -> None:
    get = edition.get
    ind = f"{1 if edition.main or (edition.work and not edition.work.author) else 0}{nonfiling(edition)}"
    subs = title_subs(edition.title, get("sub"), get("par"), get("np", []), edition.statement)
    record.add("245", ind, *subs)
    if get("par"):
        record.add("246", "31", "a" + get("par"))
    if " or, " in edition.title:
        record.add("246", "30", "a" + edition.title.split(" or, ")[1])
    if get("ed"):
        record.add("250", "  ", f"a{get('ed')}.")
    _imprint(record, edition)
    if get("v"):
        record.add("300", "  ", f"a{get('v')} 册" if edition.chinese else f"a{get('v')} volumes")
    record.add("336", "  ", "a文本" if edition.chinese else "atext", "btxt", "2rdacontent")
    record.add("337", "  ", "a无媒介" if edition.chinese else "aunmediated", "bn", "2rdamedia")
    record.add("338", "  ", "a卷" if edition.chinese else "avolume", "bnc", "2rdacarrier")
    if get("s"):
        number = get("sn")
        title = "a" + get("s") + (" ;" if number else "")
        for tag, tag_ind in (("490", "1 "), ("830", " 0")):
            record.add(tag, tag_ind, title, "v" + number if number else None)


def _imprint(record: Record, edition: Edition) -> None:
    first, last = edition.dates
    date = f"{first}-{last}" if last else first
    place, publisher = edition.place, edition.publisher
    subs = []
    if place:
        subs.append("a" + place + (" :" if publisher else "," if date else ""))
    if publisher:
        subs.append("b" + publisher + ("," if date else ""))
    if date:
        subs.append(f"c{date}.")
    if subs:
        record.add("264", " 1", *subs)


def _notes(record: Record, edition: Edition) -> None:
    if edition.get("n"):
        record.add("500", "  ", "a" + edition.get("n"))
    if edition.get("repro"):
        record.add("500", "  ", "a影印本。")
    if edition.original_lang and edition.chinese and edition.get("o"):
        record.add("500", "  ", f"a译自：{edition.get('o')}。")
    if edition.chinese and edition.work and edition.get("sum", True) and not edition.get("n"):
        record.add("520", "  ", "a" + edition.work.entry["about"])


def _subjects(record: Record, edition: Edition) -> None:
    for key in edition.get("about").split():
        _person_subject(record, key)
    if edition.about:
        _work_subject(record, edition.about)
    for heading in headings(edition):
        record.add("650", " 7", *split(heading), "2cct", topic_link(heading))
    for heading in edition.get("lcsh", []):
        record.add("650", " 0", *split(heading))
    genre = edition.row.get("genre", edition.work.entry.get("genre", "") if edition.work else "")
    if genre:
        record.add("655", " 7", f"a{genre}.", "2lcgft")
    if edition.get("repro"):
        record.add("655", " 7", "aFacsimiles.", "2lcgft")


def headings(edition: Edition) -> list[str]:
    """The Chinese topical headings of an edition."""
    if "topic" in edition.row:
        found = list(edition.row["topic"])
        return found + (edition.about.entry.get("study", []) if edition.about and not found else [])
    if edition.about:
        return list(edition.about.entry.get("study", []))
    return list(edition.work.entry.get("topic", [])) if edition.work else []


def split(heading: str) -> list[str]:
    """``短篇小说 $z 中国`` as subfields."""
    first, *rest = heading.split(" $")
    return ["a" + first, *(part[0] + part[2:] for part in rest)]


def topic_id(name: str) -> str:
    """The control number of a topical authority, empty when there is none."""
    names = list(table("topics"))
    return f"t-{names.index(name) + 1:03d}" if name in names else ""


def topic_link(heading: str) -> str | None:
    """The $0 of a heading that has an authority record."""
    found = topic_id(heading.partition(" $")[0])
    return f"0({ORGANISATION}){found}" if found else None


def _person_subject(record: Record, key: str) -> None:
    who = person(key)
    subs = with_comma(name_subs(who))
    record.add("600", who.surname_first + "7", *subs, "2cct", f"0({ORGANISATION}){who.id}")


def _work_subject(record: Record, work: Work) -> None:
    author, link = work.author, f"0({ORGANISATION}){work.id}"
    title = work.original or work.pinyin
    if not author:
        record.add("630", "00", f"a{title}.", link)
        return
    who = author.person
    name = "a" + (who.latin or who.pinyin)
    subs = [name, "d" + who.western_dates] if who.dates else [name]
    subs = [*with_comma(subs)[:-1], subs[-1] + "."]
    record.add("600", who.surname_first + "0", *subs, f"t{title}.", link)


def _added(record: Record, edition: Edition) -> None:
    for agent in edition.others:
        _name(record, "700", agent, chinese=edition.chinese)
