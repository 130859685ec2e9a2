"""What readers ask: a seeded mix made of the works' own words."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.search.generator import Text
from benchmarks.search.words import romanised, script
from services.search.request import SearchRequest
from services.search.searcher import Searcher

_MIX = {
    "words": 36, "Chinese": 18, "author and title": 12, "subject": 12,
    "years": 5, "sorted": 5, "facet": 7, "next page": 5,
}  # fmt: skip
"""Kind of search -> how many of a hundred."""
_SHORTEST, _LONGEST = 2, 12
"""Characters of what is typed when suggestions are asked for."""
_COMMONEST = 8
"""Words of titles that say nothing alone."""
_FACETS = ("language", "subject", "type", "creator")
_SORTS = ("newest", "oldest", "title")


@dataclass(frozen=True, slots=True)
class Asked:
    """A search and its kind."""

    kind: str
    request: SearchRequest


class Mix:
    """Makes searches and beginnings of names.

    Args:
        texts: What the works say.
        seed: Of chance.
    """

    def __init__(self, texts: Sequence[Text], seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  figures, no secrets
        self._texts = texts
        self._chinese = [text for text in texts if _is_chinese(text.title)]
        words = Counter(word for text in texts for word in text.title.lower().split())
        self._commonest = {word for word, _ in words.most_common(_COMMONEST)}

    def searches(self, searcher: Searcher, count: int) -> list[Asked]:
        """``count`` searches; facets and pages are those that the same search without them has."""
        makers: dict[str, Callable[[], SearchRequest]] = {
            "words": self._words, "Chinese": self._chinese_words, "author and title": self._author,
            "subject": self._subject, "years": self._years, "sorted": self._sorted,
            "facet": lambda: self._filtered(searcher), "next page": lambda: self._next(searcher),
        }  # fmt: skip
        kinds = self._random.choices(list(_MIX), list(_MIX.values()), k=count)
        return [Asked(kind, makers[kind]()) for kind in kinds]

    def beginnings(self, count: int) -> list[str]:
        """Beginnings of titles, names and subjects, of Chinese ones also in pinyin."""
        return [self._beginning() for _ in range(count)]

    def _words(self) -> SearchRequest:
        """One to four words of a title, side by side or not; nobody asks for ``the`` alone."""
        while True:
            words = [word for word in self._random.choice(self._texts).title.split() if word[:1].isalnum()]
            chosen = self._random.sample(words, min(len(words), self._random.randint(1, 4)))
            if {word.lower() for word in chosen} - self._commonest:
                return SearchRequest(" ".join(chosen))

    def _chinese_words(self) -> SearchRequest:
        """Two to six characters of a Chinese title, or two such pieces."""
        pieces = [self._piece() for _ in range(self._random.choice((1, 1, 2)))]
        return SearchRequest(" ".join(pieces), lang="zh")

    def _piece(self) -> str:
        title = self._random.choice(self._chinese).title
        at = self._random.randrange(max(len(title) - 1, 1))
        return title[at : at + self._random.randint(2, 6)].strip()

    def _author(self) -> SearchRequest:
        text = self._pick(lambda text: text.names)
        words = text.title.split()[: self._random.randint(1, 3)]
        return SearchRequest(f"{self._random.choice(text.names)} {' '.join(words)}".strip())

    def _subject(self) -> SearchRequest:
        text = self._pick(lambda text: text.subjects)
        field = self._random.choice(("", "subject"))
        return SearchRequest(self._random.choice(text.subjects), field=field)

    def _pick(self, wanted: Callable[[Text], Sequence[str]]) -> Text:
        while True:
            text = self._random.choice(self._texts)
            if wanted(text):
                return text

    def _years(self) -> SearchRequest:
        first = self._random.randint(1900, 2015)
        return replace(self._words(), first_year=first, last_year=first + self._random.randint(0, 30))

    def _sorted(self) -> SearchRequest:
        return replace(self._words(), sort=self._random.choice(_SORTS))

    def _filtered(self, searcher: Searcher) -> SearchRequest:
        request = self._words()
        facets = searcher.search(request).facets
        name = self._random.choice(_FACETS)
        values = tuple(value.value for value in facets.get(name, [])[:1])
        return replace(request, facets={name: values} if values else {})

    def _next(self, searcher: Searcher) -> SearchRequest:
        request = self._words()
        return replace(request, cursor=searcher.search(request).next)

    def _beginning(self) -> str:
        text = self._random.choice(self._texts)
        whole = self._random.choice((text.title, *text.names[:2], *text.subjects[:2])) or text.title
        if _is_chinese(whole):
            if self._random.random() < 0.5:
                return whole[: self._random.randint(1, 5)]
            whole = romanised(whole).lower().replace(" ", self._random.choice(("", " ")))
        return whole[: self._random.randint(_SHORTEST, _LONGEST)]


def _is_chinese(text: str) -> bool:
    return script(text[:1] or " ") in {"Hans", "Hant"}


def texts_of(asked: Sequence[Asked]) -> Iterator[str]:
    """The words of the searches, for the peer."""
    return (each.request.text for each in asked)
