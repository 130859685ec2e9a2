"""From a field's text to MARC values: delimiters, control characters, Unicode NFC. Shared by all readers."""

import re
import unicodedata

from ingest.record import DataField, MarcRecord

UNKNOWN = "?"
"""Code of a subfield, or character of a tag, that the source lacks; nothing maps it, so the ledger shows it."""
LEADER_LENGTH = 24
_TAG_LENGTH = 3
_INDICATORS = 2
_SPACES = re.compile(r"[\t\n\r\x0b\x0c]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def clean(text: str, tag: str, warnings: list[str]) -> str:
    """``text`` in NFC without C0 control characters; line breaks and tabs become a space."""
    if text.isascii():
        if text.isprintable():
            return text
    elif not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _CONTROLS.search(text):
        warn(warnings, f"{tag}: control character removed")
        text = _CONTROLS.sub("", _SPACES.sub(" ", text))
    if _SURROGATES.search(text):
        warn(warnings, f"{tag}: half of a surrogate pair replaced")
        text = _SURROGATES.sub("\ufffd", text)
    return text


def warn(warnings: list[str], message: str) -> None:
    """Notes a soft repair once."""
    if message not in warnings:
        warnings.append(message)


def is_control(tag: str, *, delimited: bool) -> bool:
    """Whether a field is a control field: 00X, or a system's own such as ``FMT`` that has no subfields."""
    return tag.startswith("00") or (not delimited and not tag.isdigit())


def add_field(record: MarcRecord, tag: str, text: str) -> None:
    r"""Adds a field from ISO 2709 text: a control value, or indicators and ``\x1f``-delimited subfields."""
    head, *parts = text.split("\x1f")
    if is_control(tag, delimited=bool(parts)):
        if parts:
            warn(record.warnings, f"{tag}: subfield delimiter in a control field")
            head = head.strip() or parts[0][1:]
        record.control.append((tag, clean(head, tag, record.warnings)))
        return
    ind1, ind2, loose = _indicators(head, tag, bool(parts), record.warnings)
    subfields = [(UNKNOWN, clean(loose, tag, record.warnings))] if loose else []
    for part in parts:
        if part:
            subfields.append((part[0], clean(part[1:], tag, record.warnings)))
        else:
            warn(record.warnings, f"{tag}: empty subfield without code dropped")
    add_data(record, tag, ind1, ind2, subfields)


def _indicators(head: str, tag: str, delimited: bool, warnings: list[str]) -> tuple[str, str, str]:
    """Both indicators, and text that stands before the first subfield."""
    if len(head) == _INDICATORS and delimited:
        return head[0], head[1], ""
    if not delimited:
        warn(warnings, f"{tag}: no subfields")
        return (head[:1] or " "), (head[1:2] or " "), head[2:]
    warn(warnings, f"{tag}: {len(head)} indicators")
    if len(head) < _INDICATORS:
        return (head or " "), " ", ""
    return head[0], head[1], head[2:] if head[2:].strip() else ""


def add_data(record: MarcRecord, tag: str, ind1: str, ind2: str, subfields: list[tuple[str, str]]) -> None:
    """Adds a data field whose values are clean; odd indicators and codes are noted, not changed in meaning."""
    for code, _ in subfields:
        if code == UNKNOWN or not "!" <= code <= "~":  # capitals and punctuation are codes of local practice
            warn(record.warnings, f"{tag}: subfield code {code!r}")
    if not ind1.isprintable() or not ind2.isprintable():
        warn(record.warnings, f"{tag}: control character as indicator")
        ind1, ind2 = (ind if ind.isprintable() else " " for ind in (ind1, ind2))
    record.fields.append(DataField(tag, ind1, ind2, subfields))


def whole_leader(leader: str, warnings: list[str]) -> str:
    """``leader`` as 24 printable characters."""
    whole = "".join(c if c.isprintable() else " " for c in leader)
    if len(whole) != LEADER_LENGTH or whole != leader:
        warn(warnings, f"leader: {len(leader)} characters" if len(whole) != LEADER_LENGTH else "leader: odd characters")
    return whole[:LEADER_LENGTH].ljust(LEADER_LENGTH)


def whole_tag(tag: str, warnings: list[str]) -> str:
    """``tag`` as three letters or digits, unknown characters as ``?``."""
    if len(tag) == _TAG_LENGTH and tag.isascii() and tag.isalnum():
        return tag
    warn(warnings, f"tag {tag!r} is no MARC tag")
    return "".join(c if c.isascii() and c.isalnum() else UNKNOWN for c in tag[:_TAG_LENGTH]).ljust(_TAG_LENGTH, UNKNOWN)
