"""Chinese words of a query: by dictionary, with the names of the vocabulary as words of their own."""

from collections.abc import Iterable

import rjieba

from services.search.index import View

_MOST_NAMES = 500_000


class Segmenter:
    """Divides runs of Chinese characters into words.

    Args:
        names: Names that count as words, in simplified characters.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._jieba = rjieba.Jieba()
        for name in names:
            self._jieba.add_word(name, None, None)

    def words(self, run: str) -> list[str]:
        """The words of a run of Chinese characters.

        >>> Segmenter(["脂砚斋重评"]).words("脂砚斋重评红楼梦研究")
        ['脂砚斋重评', '红楼梦', '研究']
        """
        return [word for word in self._jieba.cut(run) if word.strip()]


def segmenter_of(view: View) -> Segmenter:
    """A segmenter that knows the Chinese names in an index."""
    return Segmenter(name for name, _ in view.searcher.terms_with_prefix("vocabulary", "", limit=_MOST_NAMES))
