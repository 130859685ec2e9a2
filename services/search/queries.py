"""tantivy queries from what a reader typed: exact first, then looser and looser."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import tantivy

from services.search import words
from services.search.index import View
from services.search.parsing import Part, Typed, Unit
from services.search.schema import ALL, PINYIN, PLAIN, TEXT_FIELDS

Query = tantivy.Query
MUST, SHOULD, MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

#: What an exact match of the whole query is worth, beside words that give some 5 to 30.
IDENTIFIER, CALL_NUMBER, KEY, SOUND, INITIALS = 1_000.0, 500.0, 60.0, 40.0, 30.0
CALL_NUMBER_BEGINS, PART_KEY, MISSPELT_KEY, TITLE_AND_CREATOR = 100.0, 30.0, 50.0, 45.0
SOUND_WITHIN = 1.0
_FIELD_WEIGHT = 0.25
"""Of a match in a field of its own, beside the match in ``all``."""
_SHORTEST_MISSPELT, _TWO_MISTAKES = 4, 8
"""Characters from which on a word is compared with one mistake, with two."""
_NUMBERS = frozenset({"identifier", "call_number"})
_FEW_WORDS, _MOST_MISSING = 3, 0.5
"""Up to so many words name something, and half of them may be missing; more are a question, whose words are weighed."""
_LEAST_OF_QUESTION = 2
ENOUGH = 10
"""A question that fewer things answer with all of its words is answered by what has some of them, too."""
_QUESTION_TITLE, _QUESTION_WHOLE = 0.5, 10.0
"""Of a question: what a word in the title is worth beside one anywhere, and having all of the words."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A way to read a query; ``relaxed`` names what was loosened, "" for the first."""

    relaxed: str
    build: Callable[["Builder"], Query]


class Builder:
    """Builds the queries for one typed text over one view.

    Args:
        view: The index.
        typed: The text, taken apart.
        field: One of ``request.FIELDS``, "" for all.
        scored: Give what matches its score too; without, the queries match the same and are quicker counted.
    """

    def __init__(self, view: View, typed: Typed, field: str = "", *, scored: bool = True) -> None:
        self._view = view
        self._schema = view.schema
        self._typed = typed
        self._field = field
        self._scored = scored

    @property
    def is_question(self) -> bool:
        """Whether the text has so many words that nothing need have all of them."""
        return len(self._typed.content) > _FEW_WORDS and self._field not in _NUMBERS

    @property
    def may_be_misspelt(self) -> bool:
        """Whether the text is short, or has a word that the index does not know; characters are known one by one."""
        content, field = self._typed.content, self._field or ALL
        frequency = self._view.searcher.doc_freq
        return not self.is_question or any(unit.chinese or not frequency(field, unit.stems[0]) for unit in content)

    def strict(self) -> Query:
        """All words, or the whole as a number, a title by its sound, its initials."""
        if self._field in _NUMBERS:
            return _any(self._numbers())
        words = [(MUST, self._word(unit)) for unit in self._typed.content]
        return _any([Query.boolean_query([*words, *self._bonus()]), *self._exact()])

    def named(self) -> Query:
        """What the text names: by number, sound or initials, or by a title of several words within it."""
        parts = [part.key for part in self._title_parts()]
        keys = [self._typed.key, *(key for key in parts if " " in key or words.has_han(key))]
        titles = [self._term("key", key, KEY) for key in keys if key and self._field in {"", "title"}]
        return Query.boolean_query([(SHOULD, query) for query in (*self._exact(), *titles)])

    def characters(self) -> Query:
        """Chinese words need not stand together."""
        units = [
            Unit(character, (character,), chinese=True) if unit.chinese else unit
            for unit in self._typed.content
            for character in (unit.stems if unit.chinese else ("",))
        ]
        return Query.boolean_query([*((MUST, self._word(unit)) for unit in units), *self._bonus()])

    def misspelt(self) -> Query:
        """Words that differ by a letter or two; of a Chinese title, a character that is wrong or missing."""
        whole = self._near_key()
        words = [(MUST, self._near(unit)) for unit in self._typed.content]
        return _any([*whole, Query.boolean_query(words)])

    def some(self) -> Query:
        """Some of the words: at least half of a few, two of a question."""
        half = max(1, round(len(self._typed.content) * _MOST_MISSING))
        return self._at_least(_LEAST_OF_QUESTION if self.is_question else half)

    def one(self) -> Query:
        """Any of the words."""
        return self._at_least(1)

    def _at_least(self, least: int) -> Query:
        """So many of the words; one that was typed twice counts twice."""
        content = self._typed.content
        words = [(SHOULD, _times(self._word(unit), unit.count)) for unit in content]
        matching = Query.boolean_query(words, minimum_number_should_match=least)
        more = self._question_bonus() if self.is_question else self._bonus()
        return Query.boolean_query([(MUST, matching), *more])

    def _word(self, unit: Unit) -> Query:
        """The word in the field asked for, or anywhere."""
        return self._in(self._field or ALL, unit.stems)

    def _in(self, field: str, stems: Sequence[str]) -> Query:
        if len(stems) > 1:
            return Query.phrase_query(self._schema, field, list(stems))
        return Query.term_query(self._schema, field, stems[0])

    def _bonus(self) -> list[tuple[tantivy.Occur, Query]]:
        """More for words in titles and names than in notes, and for the words of a title that is typed whole."""
        if not self._scored:
            return []
        found = [
            _times(self._in(field, unit.stems), weight * _FIELD_WEIGHT)
            for unit in self._typed.content
            for field, weight in TEXT_FIELDS.items()
            if weight > 1 and self._field in {"", field}
        ]
        return [(SHOULD, query) for query in (*found, *self._keys())]

    def _question_bonus(self) -> list[tuple[tantivy.Occur, Query]]:
        """Less for words in titles than a few words get, nothing for names; what has all of them comes first."""
        if not self._scored:
            return []
        content = self._typed.content
        titled = [self._in("title", unit.stems) for unit in content] if self._field in {"", "title"} else []
        whole = Query.boolean_query([(MUST, self._word(unit)) for unit in content])
        found = [Query.boost_query(query, _QUESTION_TITLE) for query in titled]
        found += [Query.const_score_query(whole, _QUESTION_WHOLE), *self._keys()]
        return [(SHOULD, query) for query in found]

    def _keys(self) -> Iterable[Query]:
        typed = self._typed
        if self._field not in {"", "title"} or not typed.key:
            return
        yield Query.const_score_query(Query.term_query(self._schema, "key", typed.key), KEY)
        for part in typed.parts:
            share = len(part.key) / len(typed.key)
            title = Query.term_query(self._schema, "key", part.key)
            yield Query.const_score_query(title, PART_KEY * share)
            if part.rest and not self._field:
                yield Query.const_score_query(self._by(title, part.rest), TITLE_AND_CREATOR)

    def _by(self, title: Query, creator: Sequence[Unit]) -> Query:
        """A title by a creator of whose names all these words are part."""
        return Query.boolean_query([(MUST, title), *((MUST, self._in("creator", unit.stems)) for unit in creator)])

    def _exact(self) -> list[Query]:
        if self._field in {"subject", "series", "publisher", "text"}:
            return []
        return [*(self._numbers() if not self._field else ()), *self._sounds()]

    def _numbers(self) -> list[Query]:
        typed, wanted = self._typed, self._field
        found: list[Query] = []
        if wanted != "call_number":
            found += [self._term("identifier", form, IDENTIFIER) for form in typed.identifiers]
            found += [self._term("identifier", word, IDENTIFIER / 2) for word in typed.number_words]
        if wanted != "identifier" and typed.call_number:
            begins = Query.fuzzy_term_query(self._schema, "call_number", typed.call_number, distance=0, prefix=True)
            found += [self._term("call_number", typed.call_number, CALL_NUMBER)]
            found += [Query.const_score_query(begins, CALL_NUMBER_BEGINS)]
        return found or ([Query.empty_query()] if wanted else [])

    def _sounds(self) -> list[Query]:
        typed = self._typed
        found = []
        if typed.sounds:
            found.append(self._term("sound", "".join(typed.sounds), SOUND))
            if len(typed.sounds) > 2:  # noqa: PLR2004  two syllables stand together by chance in too many titles
                phrase = Query.phrase_query(self._schema, PINYIN, list(typed.sounds))
                found.append(Query.boost_query(phrase, SOUND_WITHIN))
        if typed.initials:
            found.append(self._term("initials", typed.initials, INITIALS))
        return found

    def _near_key(self) -> list[Query]:
        key = self._typed.key
        if not key or self._field not in {"", "title"}:
            return []
        mistakes = 1 if len(key) < _TWO_MISTAKES else 2
        near = [Query.fuzzy_term_query(self._schema, "key", key, distance=mistakes)] if len(key) > 2 else []  # noqa: PLR2004
        return [
            *(Query.const_score_query(query, MISSPELT_KEY) for query in near),
            *(query for part in self._title_parts() if len(part.key) > 2 for query in self._near_part(part)),  # noqa: PLR2004
        ]

    def _title_parts(self) -> list[Part]:
        """Parts that may be a title; of a question, which ends in any words, those that are half of it and more."""
        least = len(self._typed.key) / 2 if self.is_question else 0
        return [part for part in self._typed.parts if len(part.key) >= least]

    def _near_part(self, part: Part) -> Iterable[Query]:
        """A title that is misspelt among other words, above all its creator's."""
        title = Query.fuzzy_term_query(self._schema, "key", part.key, distance=1)
        rest = [(SHOULD, self._word(unit)) for unit in part.rest]
        yield Query.boolean_query([(MUST, Query.const_score_query(title, PART_KEY / 2)), *rest])
        if part.rest and not self._field:
            yield Query.const_score_query(self._by(title, part.rest), TITLE_AND_CREATOR)

    def _near(self, unit: Unit) -> Query:
        if unit.chinese:
            return self._near_characters(unit)
        exact, length = self._word(unit), len(unit.text)
        if length < _SHORTEST_MISSPELT or any(c.isdigit() for c in unit.text):
            return exact
        mistakes = 1 if length < _TWO_MISTAKES else 2
        near = Query.fuzzy_term_query(self._schema, PLAIN, unit.text, distance=mistakes)
        return _any([Query.boost_query(exact, 2.0), near])

    def _near_characters(self, unit: Unit) -> Query:
        if len(unit.stems) < 3:  # noqa: PLR2004  of two characters, one is no likeness
            return self._word(unit)
        characters = [(SHOULD, self._in(self._field or ALL, (character,))) for character in unit.stems]
        return Query.boolean_query(characters, minimum_number_should_match=len(unit.stems) - 1)

    def _term(self, field: str, value: str, score: float) -> Query:
        return Query.const_score_query(Query.term_query(self._schema, field, value), score)


STRICT = Stage("", Builder.strict)
LOOSER = (
    Stage("characters", Builder.characters),
    Stage("spelling", Builder.misspelt),
    Stage("words", Builder.some),
    Stage("words", Builder.one),
)
"""Tried in this order until one finds something, where nothing has all of the words."""
FEW = Stage("few", Builder.some)
"""For a question that few things answer with all of its words."""


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(SHOULD, query) for query in queries])


def _times(query: Query, factor: float) -> Query:
    return query if factor == 1 else Query.boost_query(query, float(factor))
