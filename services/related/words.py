"""The words of reasons, in the languages of the interface: tables only."""

from reasoning.associations.bases import AGENT, CLASS, GENRE, HEADING, HUB, LINK, PLACE, SERIES, SUBJECT, VERSION

Phrase = dict[str, str]

#: What two works share, by the kind of fact.
SHARED: dict[int, Phrase] = {
    SUBJECT: {"en": "Both are about {things}", "zh": "同属主题：{things}"},
    HEADING: {"en": "Both are about {things}", "zh": "主题相近：{things}"},
    PLACE: {"en": "Both have to do with {things}", "zh": "涉及同一地点：{things}"},
    GENRE: {"en": "The same genre: {things}", "zh": "体裁相同：{things}"},
    AGENT: {"en": "Both are by or with {things}", "zh": "责任者相同：{things}"},
    SERIES: {"en": "In the same series: {things}", "zh": "同属丛编：{things}"},
    CLASS: {"en": "In the same class: {things}", "zh": "类号相同：{things}"},
    VERSION: {"en": "Versions of the same work: {things}", "zh": "同一作品的不同版本：{things}"},
    HUB: {"en": "Both are related to {things}", "zh": "均与下列作品相关：{things}"},
    LINK: {"en": "Both are linked with {things}", "zh": "均与下列文献相关联：{things}"},
}
#: One work is a version of what the other contains or derives from.
VERSION_OF_HUB: Phrase = {
    "en": "One is a version of {things}, the other is related to it",
    "zh": "一为“{things}”的版本，另一与之相关",
}
#: What a work has to do with a thing that it names, or the thing with the work.
NAMED: dict[int, Phrase] = {
    SUBJECT: {"en": "About {things}", "zh": "主题：{things}"},
    PLACE: {"en": "Has to do with {things}", "zh": "涉及地点：{things}"},
    GENRE: {"en": "Genre: {things}", "zh": "体裁：{things}"},
    AGENT: {"en": "By or with {things}", "zh": "责任者：{things}"},
    SERIES: {"en": "In the series {things}", "zh": "所属丛编：{things}"},
    VERSION: {"en": "A version of {things}", "zh": "“{things}”的版本"},
    HUB: {"en": "Related to {things}", "zh": "与“{things}”相关"},
}
#: Of a work that names a thing in a sense on which no association rests.
MENTIONED: Phrase = {"en": "Its record names {things}", "zh": "书目记录提及：{things}"}
#: Why two things that are no works go together, by the basis.
TOGETHER: dict[str, Phrase] = {
    "sharedWorks": {"en": "Both contributed to {things}", "zh": "共同参与：{things}"},
    "usedTogether": {"en": "Both are subjects of {things}", "zh": "同为下列作品的主题：{things}"},
    "sharedSubjectsOfWorks": {"en": "Works of both are about {things}", "zh": "两者的作品主题相同：{things}"},
}
#: How a heading stands to another in its vocabulary, by the local name of the property.
VOCABULARY: dict[str, Phrase] = {
    "broader": {"en": "A broader heading", "zh": "上位主题"},
    "narrower": {"en": "A narrower heading", "zh": "下位主题"},
    "related": {"en": "A related heading", "zh": "相关主题"},
}
#: What a record says of two works in so many words.
STATED: dict[bool, Phrase] = {
    True: {"en": "Its record says of the other: {things}", "zh": "本文献著录的关系：{things}"},
    False: {"en": "The other's record says of it: {things}", "zh": "对方著录的关系：{things}"},
}
BY_WAY_OF: Phrase = {"en": "By way of {middle} – {reason}", "zh": "经由“{middle}”——{reason}"}
MORE: Phrase = {"en": "{things} and {count} more", "zh": "{things}等{total}项"}
IN_SCHEME: Phrase = {"en": "{number} ({scheme})", "zh": "{number}（{scheme}）"}
SEPARATOR: Phrase = {"en": "; ", "zh": "；"}
#: Classifications as readers call them.
SCHEMES: dict[str, Phrase] = {
    "ddc": {"en": "Dewey", "zh": "杜威分类法"},
    "lcc": {"en": "Library of Congress", "zh": "国会图书馆分类法"},
    "clc": {"en": "Chinese Library Classification", "zh": "中图法"},
    "nlm": {"en": "National Library of Medicine", "zh": "美国国立医学图书馆分类法"},
    "nal": {"en": "National Agricultural Library", "zh": "美国国家农业图书馆分类法"},
    "udc": {"en": "UDC", "zh": "国际十进分类法"},
}
#: Kinds of facts in the order of their worth where no weight tells.
ORDER = (LINK, VERSION, HUB, AGENT, SUBJECT, SERIES, HEADING, PLACE, CLASS, GENRE)
#: Basis of each kind of fact that works share.
BASIS_OF = {
    SUBJECT: "sharedSubjects",
    HEADING: "sharedSubjects",
    PLACE: "sharedPlaces",
    GENRE: "sharedGenres",
    AGENT: "sharedAgents",
    SERIES: "sharedSeries",
    CLASS: "sharedClasses",
    VERSION: "sharedHubs",
    HUB: "sharedHubs",
    LINK: "explicitLinks",
}


def say(phrase: Phrase, lang: str, **parts: object) -> str:
    """A phrase in a language, in English where it is not translated."""
    return phrase.get(lang, phrase["en"]).format(**parts)
