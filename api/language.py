"""The language of a page: ``?lang=``, else what the browser asks for, else the first of the settings. No cookie."""

from flask import request

from api.platform import platform


def page_language() -> str:
    """Language of the response at hand, one of ``settings.languages``; ``zh-Hans-CN`` is ``zh``."""
    offered = platform().settings.languages
    asked = request.args.get("lang", "").partition("-")[0].lower()
    if asked in offered:
        return asked
    for tag, _ in request.accept_languages:
        primary = tag.partition("-")[0].lower()
        if primary in offered:
            return primary
    return offered[0]
