"""MARC-8 to Unicode (https://www.loc.gov/marc/specifications/speccharmarc8.html).

The code tables are pymarc's; the decoder is our own, because pymarc's drops what it can't read without a word.
"""

import re
import unicodedata

from pymarc import marc8_mapping

_TABLES: dict[int, dict[int, tuple[int, int]]] = marc8_mapping.CODESETS
_ODD: dict[int, int] = marc8_mapping.ODD_MAP
_BASIC_LATIN, _ANSEL, _EACC = 0x42, 0x45, 0x31
# Technique 1 (ESC + g, b, p, s) and technique 2 (ESC + intermediate(s) + final) of the specification.
_ESCAPE = re.compile(rb"\x1b(?:([gbps])|([(,])!?([\x30-\x7e])|([)\-])!?([\x30-\x7e])|\$([(,)\-]?)([\x30-\x7e]))")
_ASCII_RUN = re.compile(rb"[\x20-\x7e]+")
_CHARACTER_REFERENCE = re.compile(r"&#x([0-9A-Fa-f]{2,6});")
_LAST_CODE_POINT = 0x10FFFF


def decode(data: bytes) -> tuple[str, int]:
    """Text in Unicode NFC, and the number of bytes or sequences that mean nothing (each becomes U+FFFD)."""
    if data.isascii() and b"\x1b" not in data:
        text, bad = data.decode("ascii"), 0
    else:
        text, bad = _Decoder().decode(data)
    if "&#x" in text:
        text = _CHARACTER_REFERENCE.sub(_referenced, text)
    return unicodedata.normalize("NFC", text), bad


def _referenced(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    surrogate = 0xD800 <= code <= 0xDFFF  # noqa: PLR2004  Unicode's range
    return match.group() if surrogate or code > _LAST_CODE_POINT else chr(code)


class _Decoder:
    """State of one value: the graphic sets in use and the diacritics that wait for their letter."""

    def __init__(self) -> None:
        self._g0, self._g1 = _BASIC_LATIN, _ANSEL
        self._out: list[str] = []
        self._waiting: list[str] = []
        self._bad = 0

    def decode(self, data: bytes) -> tuple[str, int]:
        position = 0
        while position < len(data):
            byte = data[position]
            if byte == 0x1B and (escape := _ESCAPE.match(data, position)):  # noqa: PLR2004  ESC
                self._designate(escape)
                position = escape.end()
            elif self._g0 == _BASIC_LATIN and (run := _ASCII_RUN.match(data, position)):
                text = run.group().decode("ascii")
                self._letter(text[0])
                self._out.append(text[1:])
                position = run.end()
            elif self._g0 == _EACC and 0x21 <= byte <= 0x7E:  # noqa: PLR2004  a graphic byte of three
                self._put(_EACC, int.from_bytes(data[position : position + 3], "big"))
                position += 3
            else:
                self._single(byte)
                position += 1
        # Diacritics at the end have no letter: they stand on the last one rather than vanish.
        self._out += self._waiting
        return "".join(self._out), self._bad

    def _designate(self, escape: re.Match[bytes]) -> None:
        locking, _, g0, _, g1, multibyte, final = escape.groups()
        if locking:
            self._g0 = _BASIC_LATIN if locking == b"s" else locking[0]
        elif g0:
            self._g0 = g0[0]
        elif g1:
            self._g1 = g1[0]
        elif multibyte in (b")", b"-"):
            self._g1 = final[0]
        else:
            self._g0 = final[0]

    def _single(self, byte: int) -> None:
        if byte <= 0x20 or byte == 0x7F:  # noqa: PLR2004  controls and space are the same in every set
            self._letter(chr(byte))
        else:
            self._put(self._g1 if byte >= 0x80 else self._g0, byte)  # noqa: PLR2004  upper half

    def _put(self, charset: int, code: int) -> None:
        table = _TABLES.get(charset, {})
        # The tables hold G0 sets at their G0 codes and G1 sets at their G1 codes; either may be invoked in either half.
        found = table.get(code) or (table.get(code ^ 0x80) if charset != _EACC else None)
        if found is None and charset == _EACC:
            found = (_ODD[code], 0) if code in _ODD else None
        if found is None:
            self._bad += 1
            self._letter("\ufffd")
        elif found[1]:
            self._waiting.append(chr(found[0]))
        else:
            self._letter(chr(found[0]))

    def _letter(self, char: str) -> None:
        self._out.append(char)
        if self._waiting:
            self._out += self._waiting
            self._waiting.clear()
