"""MARCMaker's character names (https://www.loc.gov/marc/makrbrkr.html): ``{dollar}``, ``{eacute}``, ``{acute}e``."""

import re
import unicodedata

_MARKS = {
    "acute": "\u0301", "breve": "\u0306", "caron": "\u030c", "cedil": "\u0327", "circ": "\u0302", "dot": "\u0307",
    "dotb": "\u0323", "grave": "\u0300", "hooka": "\u0309", "macr": "\u0304", "ogon": "\u0328", "ring": "\u030a",
    "tilde": "\u0303", "uml": "\u0308", "dblac": "\u030b", "under": "\u0332", "llig": "\ufe20", "rlig": "\ufe21",
    "candra": "\u0310", "rcommaa": "\u0315", "ringb": "\u0325", "dbldotb": "\u0324", "hookr": "\u0328",
    "hookl": "\u0326", "breveb": "\u032e", "dblunder": "\u0333", "ldbltil": "\ufe22", "rdbltil": "\ufe23",
    "commab": "\u0326",
}  # fmt: skip
_LETTERS = {
    "dollar": "$", "lcub": "{", "rcub": "}", "bsol": "\\", "joiner": "\u200d", "nonjoin": "\u200c", "lsquo": "‘",
    "rsquo": "’", "ldquo": "“", "rdquo": "”", "vbar": "|", "verbar": "|", "lsqb": "[", "rsqb": "]", "esc": "",
    "AElig": "Æ", "aelig": "æ", "OElig": "Œ", "oelig": "œ", "Oslash": "Ø", "oslash": "ø", "Dstrok": "Đ",
    "dstrok": "đ", "Lstrok": "Ł", "lstrok": "ł", "THORN": "Þ", "thorn": "þ", "ETH": "Ð", "eth": "ð", "inodot": "ı",
    "Ohorn": "Ơ", "ohorn": "ơ", "Uhorn": "Ư", "uhorn": "ư", "szlig": "ß", "iexcl": "¡", "iquest": "¿", "copy": "©",
    "reg": "®", "phono": "℗", "pound": "£", "euro": "€", "deg": "°", "plusmn": "±", "middot": "·", "flat": "♭",
    "sharp": "♯", "mllhring": "ʻ", "mlrhring": "ʼ", "softsign": "ʹ", "hardsign": "ʺ", "ayn": "ʻ", "alif": "ʼ",
    "mlprime": "ʹ", "mlPrime": "ʺ", "scriptl": "ℓ", "hyphen": "-", "ndash": "–", "mdash": "—", "hellip": "…",
    "nbsp": "\u00a0", "laquo": "«", "raquo": "»", "num": "#", "amp": "&", "lt": "<", "gt": ">", "quot": '"',
    "commat": "@", "ast": "*", "percnt": "%", "plus": "+", "equals": "=", "semi": ";", "colon": ":", "period": ".",
    "comma": ",", "lpar": "(", "rpar": ")", "sol": "/", "quest": "?", "excl": "!", "apos": "'", "lowbar": "_",
    "tilde": "~", "space": " ",
}  # fmt: skip
_NAME = re.compile(r"\{([A-Za-z0-9]{2,10})\}(?:(?<=\})(?!\{)(.))?", re.DOTALL)
_ACCENTED = re.compile(r"([A-Za-z])([a-z]{3,6})\Z")


def replace(text: str) -> str:
    """``text`` with its mnemonics replaced; names that are none stay as they are."""
    if "{" not in text:
        return text
    return unicodedata.normalize("NFC", _NAME.sub(_character, text))


def _character(match: re.Match[str]) -> str:
    name, after = match.group(1), match.group(2) or ""
    if name in _MARKS and after.isalpha():
        return after + _MARKS[name]  # a diacritic stands before its letter
    if name in _LETTERS:
        return _LETTERS[name] + after
    accented = _ACCENTED.match(name)
    if accented and accented.group(2) in _MARKS:
        return accented.group(1) + _MARKS[accented.group(2)] + after
    return match.group()
