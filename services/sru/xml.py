"""XML as text, always well-formed: what no XML can hold becomes U+FFFD (https://www.w3.org/TR/xml/#charsets)."""

import re
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(value: object) -> str:
    r"""A value as content of an element.

    >>> text("a < b\x00")
    'a &lt; b\ufffd'
    """
    return escape(_clean(value), {"\r": "&#13;"})


def element(tag: str, /, *content: str, **attributes: str) -> str:
    """An element around content that is XML already.

    >>> element("term", text("R&D"), lang="en")
    '<term lang="en">R&amp;D</term>'
    """
    given = "".join(f" {key}={quoteattr(_clean(value))}" for key, value in attributes.items())
    return f"<{tag}{given}>{''.join(content)}</{tag}>"


def leaf(tag: str, value: object, /, **attributes: str) -> str:
    """An element with a text."""
    return element(tag, text(value), **attributes)


def _clean(value: object) -> str:
    return _NOT_IN_XML.sub("\ufffd", str(value))
