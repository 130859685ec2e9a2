r"""Lines: MARCMaker (``=245  10$aTitle``), yaz, Ruby, Catmandu (``245 10 $a Title``), DNB (``245/10 $a Title``).

MARCMaker writes blanks as ``\`` and some characters by name (``{dollar}``); ``.mrk`` is MARC-8, ``.mrk8`` UTF-8.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from common.errors import InputError
from ingest.readers import encoding as encodings
from ingest.readers import mnemonics, textlines
from ingest.readers.transcode import text_head
from ingest.readers.values import UNKNOWN, add_data, clean, is_control, warn, whole_leader
from ingest.record import MarcRecord, RawRecord, Subfield, Unreadable

NAME = "line"
_MAKER = re.compile(r"=(LDR|LEADER|[0-9A-Z]{3})(?:  ?|$)(.*)", re.DOTALL)
_PLAIN = re.compile(r"(LDR|LEADER|[0-9A-Z]{3})(?:/(.)(.))?(?: (.*)|$)", re.DOTALL)
_LEADER_LINE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:=(?:LDR|LEADER) |(?:LDR|LEADER) |[0-9]{5}[a-z][a-z][ -~]{17}\r?$)", re.MULTILINE
)
_FIELD = re.compile(rb"^(?:=[0-9A-Z]{3}  |[0-9]{3}(?:/..)? )", re.MULTILINE)
_FIRST = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:=(?:LDR|LEADER|[0-9]{3})  |(?:LDR|LEADER) [0-9 ]{5}"
    rb"|[0-9]{5}[a-z][a-z][ -~]{12,17}\r?\n[0-9]{3} )"
)
_BARE_LEADER = re.compile(r"[0-9]{5}[a-z][a-z][ -~]{12,17}\Z")
_SPACED = re.compile(r"(?:^| )\$(\S) ")
_TIGHT = re.compile(r"\$(.)")


def sniff(head: bytes) -> float:
    """How much ``head`` looks like MARC in lines, 0 to 1."""
    head = text_head(head)
    return 0.9 if _FIRST.match(head) and _FIELD.search(head) else 0.0


def read(stream: BinaryIO, limit: int) -> Iterator[RawRecord | Unreadable]:
    """The records of ``stream`` as bytes; what is no record comes as ``Unreadable`` and reading goes on."""
    return textlines.split(stream, limit, NAME, _begins, _FIELD)


def _begins(_: bytes, line: bytes) -> bool:
    """A leader begins a record, also where the empty line before it is missing."""
    return _LEADER_LINE.match(line) is not None


def decode(data: bytes, encoding: str | None = None) -> MarcRecord:
    """The record in ``data``.

    Raises:
        InputError: No line is a field.
    """
    declared = encodings.MARC8 if data.lstrip().startswith(b"=") and not data.isascii() else encodings.UTF8
    choice = encodings.choose(data, declared, encoding)
    warned = choice.warning and not (declared == encodings.MARC8 and choice.encoding == encodings.UTF8)
    record = MarcRecord("", [], [], [choice.warning or ""] if warned else [], choice.encoding)
    for line in _lines(_text(data, choice.encoding, record.warnings), record.warnings):
        _add(record, line)
    if not record.control and not record.fields:
        raise InputError("no line is a MARC field")
    record.leader = whole_leader(record.leader, record.warnings)
    return record


def _text(data: bytes, encoding: str, warnings: list[str]) -> str:
    text, bad = encodings.decode(data, encoding)
    if bad:
        warn(warnings, f"{bad} bytes are no {encoding.upper()}")
    return text.removeprefix("\ufeff")


def _lines(text: str, warnings: list[str]) -> list[str]:
    """Fields, one a line; a line that begins with no tag continues the one before (notes have line breaks)."""
    joined: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip("\r")  # noqa: PLW2901  the same line without its end
        if _MAKER.match(line) or _PLAIN.match(line) or _BARE_LEADER.match(line):
            joined.append(line)
        elif line.strip() and joined:
            warn(warnings, "a line without a tag joined to the one before")
            joined[-1] += " " + line.strip()
    return joined


def _add(record: MarcRecord, line: str) -> None:
    if maker := _MAKER.match(line):
        _add_maker(record, maker.group(1), maker.group(2))
    elif _BARE_LEADER.match(line):
        record.leader = line
    elif plain := _PLAIN.match(line):
        _add_plain(record, *plain.groups(""))


def _add_maker(record: MarcRecord, tag: str, content: str) -> None:
    if tag in ("LDR", "LEADER"):
        record.leader = content.replace("\\", " ")
    elif is_control(tag, delimited="$" in content):
        record.control.append((tag, clean(mnemonics.replace(content.replace("\\", " ")), tag, record.warnings)))
    else:
        inds = content[:2].replace("\\", " ").ljust(2)
        found = _subfields(_TIGHT, content[2:], tag, record.warnings)
        add_data(record, tag, inds[0], inds[1], [(code, mnemonics.replace(value)) for code, value in found])


def _add_plain(record: MarcRecord, tag: str, ind1: str, ind2: str, content: str) -> None:
    if tag in ("LDR", "LEADER"):
        record.leader = content
    elif is_control(tag, delimited="$" in content):
        record.control.append((tag, clean(content, tag, record.warnings)))
    else:
        if not ind1 and content[:1] != "$":
            ind1, ind2, content = content[:1], content[1:2], content[2:].removeprefix(" ")
        blanks = {"#": " ", "": " "}
        spaced = _SPACED if _SPACED.match(content) else _TIGHT
        found = _subfields(spaced, content, tag, record.warnings)
        add_data(record, tag, blanks.get(ind1, ind1), blanks.get(ind2, ind2), found)


def _subfields(delimiter: re.Pattern[str], content: str, tag: str, warnings: list[str]) -> list[Subfield]:
    loose, *parts = delimiter.split(content)
    found = [(code, clean(value, tag, warnings)) for code, value in zip(parts[::2], parts[1::2], strict=True)]
    if loose.strip():
        warn(warnings, f"{tag}: text outside of subfields")
        found.insert(0, (UNKNOWN, clean(loose, tag, warnings)))
    return found
