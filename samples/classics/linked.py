"""Records as the Library of Congress makes them: romanised fields linked to 880 fields in Chinese script."""

from __future__ import annotations

from .marc21 import ORGANISATION, bibliographic, title_subs, with_comma
from .model import Field, Record
from .reading import Edition, place_codes


def catalogued(edition: Edition) -> Record:
    """The MARC 21 record of an edition, romanised when the facts ask for it."""
    record = bibliographic(edition)
    return romanised(record, edition) if edition.get("lc") else record


def romanised(record: Record, edition: Edition) -> Record:
    """The record with romanised fields, each linked to an 880 in Chinese script."""
    result = Record(record.leader)
    pairs: list[Field] = []
    for each in record.fields:
        latin = _latin(each, edition)
        if latin is None:
            result.fields.append(each)
            continue
        number = f"{len(pairs) + 1:02d}"
        result.fields.append(Field(each.tag, "", latin.ind, (("6", f"880-{number}"), *latin.subs)))
        pairs.append(Field("880", "", each.ind, (("6", f"{each.tag}-{number}/$1"), *each.subs)))
    result.fields += pairs
    return result


def _latin(each: Field, edition: Edition) -> Field | None:
    """The romanised counterpart of a field, ``None`` for a field that stays as it is."""
    get = edition.get
    if each.tag in {"100", "700", "710"}:
        link = next(value for code, value in each.subs if code == "0")
        agent = next(a for a in [edition.main, *edition.others] if a and link.endswith(")" + a.person.id))
        who = agent.person
        subs: list[str | None] = [
            "a" + who.pinyin,
            "d" + who.western_dates if who.dates else None,
            "e" + agent.term,
        ]
        made = [*with_comma(subs), "4" + agent.code, "0" + link]
    elif each.tag == "245":
        parts = [edition.roman(part) for part in get("np", [])]
        sub = edition.roman(get("sub")).lower() if get("sub") else ""
        made = title_subs(edition.roman(edition.title), sub, "", parts, edition.romanised_statement)
    elif each.tag in {"130", "240", "730"} and edition.work:
        made = ["a" + edition.work.pinyin, f"0({ORGANISATION}){edition.work.id}"]
    elif each.tag == "250":
        made = [f"a{edition.roman(get('ed'))}."]
    elif each.tag == "264":
        made = _latin_imprint(each, edition)
    elif each.tag in {"490", "830"}:
        made = ["a" + edition.roman(get("s"))]
    else:
        return None
    record = Record("")
    record.add(each.tag, each.ind, *made)
    return record.fields[0]


def _latin_imprint(each: Field, edition: Edition) -> list[str]:
    forms = {
        "a": (edition.place, place_codes(edition.place).get("py", "")),
        "b": (edition.publisher, edition.roman(edition.publisher)),
    }
    return [code + (value.replace(*forms[code]) if code in forms else value) for code, value in each.subs]
