"""What a search says in words, in every language of the interface."""

#: Name of a stage of ``queries`` -> what was loosened.
RELAXED: dict[str, dict[str, str]] = {
    "characters": {
        "en": "Nothing has these Chinese words as they stand; shown is what has all of their characters.",
        "zh": "没有与所输词语完全一致的结果，以下结果包含其中的全部汉字。",
    },
    "spelling": {
        "en": "Nothing is spelt just so; shown is what is spelt almost like it.",
        "zh": "没有完全一致的结果，以下为拼写或用字相近的结果。",
    },
    "few": {
        "en": "Few have all of these words; they come first, then what has some of them.",
        "zh": "包含全部词语的结果很少，排在最前，其后为包含其中部分词语的结果。",
    },
    "words": {
        "en": "Nothing has all of these words; shown is what has some of them, the best matches first.",
        "zh": "没有包含全部词语的结果，以下为包含其中部分词语的结果，最相关者在前。",
    },
}
