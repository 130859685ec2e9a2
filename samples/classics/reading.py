"""The fact files read and put together: people, works and editions, ready to be catalogued."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "facts"
EDITIONS = ("honglou", "fiction", "canon", "history", "science", "modern", "world", "scholarship")
HAN = re.compile(r"[㐀-鿿]")


@cache
def table(name: str) -> dict[str, Any]:
    """One fact file."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Person:
    """A person or body, with the names a heading or a statement of responsibility needs."""

    key: str
    name: str
    latin: str
    pinyin: str
    dates: str
    origin: str
    body: bool
    variants: tuple[str, ...]

    @property
    def id(self) -> str:
        """The control number of the authority record."""
        letters = re.sub(r"[^a-z]+", "-", _plain(self.latin or self.pinyin or self.name).lower()).strip("-")
        year = "".join(re.findall(r"\d{3,4}", self.dates)[:1])
        return "-".join(part for part in ("n", letters or _hex(self.name), year) if part)

    @property
    def heading(self) -> str:
        """The authorised form without dates."""
        return self.latin or self.name

    @property
    def western_dates(self) -> str:
        """The dates as an English-language catalogue writes them."""
        return "-".join(_western(part) for part in self.dates.split("-"))

    @property
    def surname_first(self) -> str:
        """First indicator of a personal name: 1 when the heading has a surname."""
        return "1" if "," in (self.latin or self.pinyin) or not (self.latin or self.pinyin) else "0"


def _plain(text: str) -> str:
    return "".join(ch for ch in unicodedata.normalize("NFD", text) if not unicodedata.combining(ch))


def _hex(text: str) -> str:
    return "".join(f"{ord(ch):x}" for ch in text)


def _western(part: str) -> str:
    about = "approximately " if part.startswith("约") else ""
    part = part.removeprefix("约")
    return f"{about}{part[1:]} B.C." if part.startswith("前") else about + part


@cache
def person(key: str) -> Person:
    """The person of a key; one without an entry has only a name and its romanisation."""
    entry = table("people").get(key, {})
    return Person(
        key=key,
        name=entry.get("zh", key),
        latin=entry.get("la", ""),
        pinyin=entry.get("py", "") or table("romanised")["names"].get(key, ""),
        dates=entry.get("d", ""),
        origin=entry.get("dy", ""),
        body=entry.get("body", False),
        variants=tuple(entry.get("alt", ())),
    )


@dataclass(frozen=True)
class Agent:
    """A person in a role."""

    person: Person
    role: str
    and_others: bool = False

    @property
    def code(self) -> str:
        """The MARC relator code."""
        return str(table("roles")[self.role][0])

    @property
    def term(self) -> str:
        """The English relator term."""
        return str(table("roles")[self.role][1])


def agents(text: str) -> list[list[Agent]]:
    """``甲 乙 著; 丙 等 译`` as groups of agents, one group a role."""
    groups = []
    for part in text.split(";"):
        *names, role = part.split() or [""]
        if names:
            more = names[-1] == "等"
            groups.append([Agent(person(name), role, more) for name in names if name != "等"])
    return groups


@dataclass(frozen=True)
class Work:
    """One of the classics."""

    key: str
    title: str
    original: str
    lang: str
    creators: tuple[Agent, ...]
    entry: dict[str, Any] = field(hash=False, compare=False)

    @property
    def id(self) -> str:
        """The control number of the authority record."""
        return f"w-{self.key}"

    @property
    def author(self) -> Agent | None:
        """The first creator when that is an author; a compiled work is entered under its title."""
        return self.creators[0] if self.creators and self.creators[0].code == "aut" else None

    @property
    def pinyin(self) -> str:
        """The romanised title of a Chinese work."""
        return str(table("romanised")["titles"].get(self.title, self.title))


@cache
def work(key: str) -> Work:
    """The work of a key."""
    entry = table("works")[key]
    creators = tuple(agent for group in agents(entry.get("by", "")) for agent in group)
    return Work(key, entry["t"], entry.get("o", ""), entry.get("lang", "chi"), creators, entry)


@dataclass
class Edition:
    """One row of an edition file with the defaults of its group, its work and its publisher."""

    id: str
    row: dict[str, Any]
    work: Work | None
    about: Work | None
    title: str
    lang: str
    groups: list[list[Agent]]
    place: str
    publisher: str

    def get(self, key: str, default: Any = "") -> Any:
        """A value of the row."""
        return self.row.get(key, default)

    @property
    def chinese(self) -> bool:
        """Whether the edition is in Chinese."""
        return self.lang == "chi"

    @property
    def dates(self) -> tuple[str, str]:
        """First and last year, empty when not known."""
        first, _, last = str(self.get("y")).partition("-")
        return first, last

    @property
    def original_lang(self) -> str:
        """The language translated from, empty for an edition in the original language."""
        lang = self.get("ol") or (self.work.lang if self.work else self.lang)
        return "" if lang == self.lang else str(lang)

    @property
    def main(self) -> Agent | None:
        """The creator of the main entry."""
        flat = [agent for group in self.groups for agent in group]
        first = next((agent for agent in flat if agent.code == "aut"), None)
        return first or (self.work.author if self.work else None)

    @property
    def others(self) -> list[Agent]:
        """Every further agent, once."""
        main = self.main
        seen: list[Agent] = []
        for agent in (agent for group in self.groups for agent in group):
            if main and agent.person == main.person:
                continue
            if agent.person not in [each.person for each in seen]:
                seen.append(agent)
        return seen

    @property
    def statement(self) -> str:
        """The statement of responsibility."""
        return str(self.get("c")) or " ; ".join(_statement(group, latin=False) for group in self.groups)

    @property
    def romanised_statement(self) -> str:
        """The statement in romanisation, with the dynasty only where the original has it."""
        origin = "（" in self.statement
        return " ; ".join(_statement(group, latin=True, origin=origin) for group in self.groups)

    def roman(self, text: str) -> str:
        """The romanisation of a title, series or publisher of this edition."""
        for part in ("titles", "series", "publishers"):
            if text in table("romanised")[part]:
                return str(table("romanised")[part][text])
        raise KeyError(text)


ORIGINS = {
    "清": "Qing", "明": "Ming", "元": "Yuan", "宋": "Song", "唐": "Tang", "晋": "Jin", "汉": "Han",
    "魏": "Wei",
    "北魏": "Bei Wei", "南朝宋": "Nan chao Song", "南朝梁": "Nan chao Liang", "春秋": "Chun qiu",
    "战国": "Zhan guo", "后晋": "Hou Jin", "北齐": "Bei Qi",
}  # fmt: skip


def _statement(group: list[Agent], *, latin: bool, origin: bool = True) -> str:
    names, before = [], ""
    for agent in group:
        who = agent.person
        country = who.origin if who.origin and origin and who.origin != before else ""
        before = who.origin
        if latin:
            prefix = f"({ORIGINS[country]}) " if country else ""
            names.append(prefix + who.pinyin.replace(",", ""))
        else:
            names.append((f"（{country}）" if country else "") + who.name)
    role, more = group[0].role, group[0].and_others
    if latin:
        return ", ".join(names) + (" deng " if more else " ") + str(table("roles")[role][2])
    return ", ".join(names) + ("等" if more else "") + role


def edition(row: dict[str, Any]) -> Edition:
    """A row with what its work and publisher add."""
    its_work = work(row["w"]) if row.get("w") and not row.get("alone") else None
    about = work(row["of"]) if row.get("of") else None
    text = row.get("a", its_work.entry.get("by", "") if its_work else "")
    if text.startswith("+") and its_work:
        text = its_work.entry.get("by", "") + text[1:]
    publisher = row.get("p", "")
    return Edition(
        id=row["id"], row=row, work=its_work, about=about,
        title=row.get("t") or (its_work.title if its_work else ""),
        lang=row.get("lang", "chi"), groups=agents(text),
        place=row.get("place", table("publishers").get(publisher, "")), publisher=publisher,
    )  # fmt: skip


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition of every file, in the order written."""
    rows = []
    for name in EDITIONS:
        for group in table(name)["group"]:
            defaults = {key: value for key, value in group.items() if key != "rows"}
            rows += [{**defaults, **row} for row in group["rows"]]
    return tuple(edition(row) for row in rows)


def place_codes(place: str) -> dict[str, str]:
    """The codes of a place of publication."""
    places = table("places")
    found: dict[str, str] = places["chinese"].get(place) or places["other"].get(place, {})
    return found
