"""Names in the reader's script where no heading is in it: 歌德 for Goethe, Cao, Xueqin for 曹雪芹.

Authority records have such variants; a heading keeps its place beside them.
"""

import re
from collections.abc import Iterable, Mapping

from common import terms
from graph.knowledge_graph import KnowledgeGraph
from services.entities import queries

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_CJK_READERS = frozenset({"zh", "ja", "ko"})
_NAME = re.compile("[,，(（]")


def is_cjk(label: str) -> bool:
    """Whether a label is written in Chinese, Japanese or Korean characters."""
    return _CJK.search(label) is not None


def readable_variants(graph: KnowledgeGraph, headings: Mapping[str, str], lang: str) -> dict[str, str]:
    """For entities (terms) whose best heading is not in the reader's script, a variant that is, where there is one."""
    ours = f"<{graph.graphs.base}id/"
    foreign = [e for e, heading in headings.items() if e.startswith(ours) and is_cjk(heading) != (lang in _CJK_READERS)]
    found: dict[str, list[str]] = {}
    for entity, label in queries.rows(graph, "variants", {"entities": foreign}) if foreign else ():
        if entity and label and _is_readable(label, lang):
            found.setdefault(entity, []).append(label)
    return {entity: _likest(labels, headings[entity]) for entity, labels in found.items()}


def _is_readable(label: str, lang: str) -> bool:
    primary = (terms.language(label) or "").partition("-")[0]
    return primary in {"", "und", lang} and is_cjk(label) == (lang in _CJK_READERS)


def _likest(variants: Iterable[str], heading: str) -> str:
    """The variant that sounds like the heading: 曹雪芹 is Cao, Xueqin before he is Cao, Zhan."""
    sound = _sound(_NAME.split(terms.value(heading))[0])
    return min(variants, key=lambda variant: (not (sound and _letters(variant).startswith(sound)), variant))


def _sound(name: str) -> str:
    if not is_cjk(name):
        return ""
    from services.search.pinyin import syllables  # noqa: PLC0415  dictionaries: only where there is something to sound

    return "".join(syllables(name))


def _letters(label: str) -> str:
    return "".join(character for character in terms.value(label).lower() if "a" <= character <= "z")
