"""Classification numbers as facet values: the main class of each scheme that readers browse by. Tables only."""

import re

from common.namespaces import BF

#: Class of the node -> scheme.
SCHEMES = {
    f"<{BF}ClassificationDdc>": "ddc",
    f"<{BF}ClassificationUdc>": "udc",
    f"<{BF}ClassificationLcc>": "lcc",
    f"<{BF}ClassificationNlm>": "nlm",
}
#: Ending of the source of a number whose class says no scheme -> scheme.
SOURCES = {"clc": "clc", "rvk": "rvk", "msc": "msc"}
_MAIN = {
    "ddc": re.compile(r"(\d)\d\d"),
    "udc": re.compile(r"(\d)"),
    "lcc": re.compile(r"([A-Z])[A-Z]{0,2}\s*\d"),
    "nlm": re.compile(r"([A-Z])[A-Z]?\s*\d"),
    "clc": re.compile(r"([A-Z])"),
    "rvk": re.compile(r"([A-Z])"),
    "msc": re.compile(r"(\d\d)"),
}


def main_class(scheme: str, portion: str) -> str | None:
    """The facet value of a number, such as ``ddc:8`` or ``clc:I``; None where its scheme is not browsed by.

    >>> main_class("ddc", "813.54"), main_class("lcc", "PS3568.O243"), main_class("clc", "I242.4")
    ('ddc:8', 'lcc:P', 'clc:I')
    """
    pattern = _MAIN.get(scheme)
    match = pattern.match(portion.strip().upper()) if pattern else None
    return f"{scheme}:{match.group(1)}" if match else None


#: Scheme -> name of the scheme and of its main classes, by language.
SCHEME_NAMES = {
    "ddc": {"en": "Dewey", "zh": "杜威分类"},
    "udc": {"en": "UDC", "zh": "国际十进分类"},
    "lcc": {"en": "LC class", "zh": "国会图书馆分类"},
    "nlm": {"en": "NLM class", "zh": "美国国立医学图书馆分类"},
    "clc": {"en": "Chinese Library Classification", "zh": "中图法"},
    "rvk": {"en": "RVK", "zh": "雷根斯堡联合分类"},
    "msc": {"en": "Mathematics Subject Classification", "zh": "数学学科分类"},
}
_DECIMAL = (
    ("0", "General, computing", "总论、计算机"), ("1", "Philosophy, psychology", "哲学、心理学"),
    ("2", "Religion", "宗教"), ("3", "Social sciences", "社会科学"), ("4", "Language", "语言"),
    ("5", "Science", "自然科学"), ("6", "Technology, medicine", "技术、医学"), ("7", "Arts, recreation", "艺术、体育"),
    ("8", "Literature", "文学"), ("9", "History, geography", "历史、地理"),
)  # fmt: skip
_CONGRESS = (
    ("A", "General works", "综合性著作"), ("B", "Philosophy, psychology, religion", "哲学、心理学、宗教"),
    ("C", "Auxiliary sciences of history", "历史学辅助科学"), ("D", "World history", "世界史"),
    ("E", "History of the Americas", "美洲史"), ("F", "History of the Americas, local", "美洲地方史"),
    ("G", "Geography, anthropology, recreation", "地理、人类学、娱乐"), ("H", "Social sciences", "社会科学"),
    ("J", "Political science", "政治学"), ("K", "Law", "法律"), ("L", "Education", "教育"), ("M", "Music", "音乐"),
    ("N", "Fine arts", "美术"), ("P", "Language and literature", "语言文学"), ("Q", "Science", "自然科学"),
    ("R", "Medicine", "医学"), ("S", "Agriculture", "农业"), ("T", "Technology", "技术"),
    ("U", "Military science", "军事"),
    ("V", "Naval science", "海军"), ("Z", "Bibliography, libraries", "目录学、图书馆"),
)  # fmt: skip
_CHINESE = (
    ("A", "Marxism and related theory", "马列主义等"), ("B", "Philosophy, religion", "哲学、宗教"),
    ("C", "Social sciences, general", "社会科学总论"), ("D", "Politics, law", "政治、法律"),
    ("E", "Military science", "军事"),
    ("F", "Economics", "经济"), ("G", "Culture, science, education, sports", "文化、科学、教育、体育"),
    ("H", "Language", "语言、文字"), ("I", "Literature", "文学"), ("J", "Art", "艺术"),
    ("K", "History, geography", "历史、地理"), ("N", "Natural sciences, general", "自然科学总论"),
    ("O", "Mathematics, physics, chemistry", "数理科学和化学"), ("P", "Astronomy, earth sciences", "天文学、地球科学"),
    ("Q", "Biology", "生物科学"), ("R", "Medicine", "医药、卫生"), ("S", "Agriculture", "农业科学"),
    ("T", "Industrial technology", "工业技术"), ("U", "Transport", "交通运输"), ("V", "Aviation, space", "航空、航天"),
    ("X", "Environment, safety", "环境科学、安全科学"), ("Z", "General works", "综合性图书"),
)  # fmt: skip
_CLASS_NAMES = {
    f"{scheme}:{code}": {"en": english, "zh": chinese}
    for scheme, table in (("ddc", _DECIMAL), ("udc", _DECIMAL), ("lcc", _CONGRESS), ("clc", _CHINESE))
    for code, english, chinese in table
}


def class_label(value: str, lang: str) -> str:
    """A facet value in words.

    >>> class_label("clc:I", "en"), class_label("msc:11", "zh")
    ('Literature (Chinese Library Classification I)', '数学学科分类 11')
    """
    scheme, _, code = value.partition(":")
    scheme_name = _in(SCHEME_NAMES.get(scheme, {}), lang) or scheme
    name = _in(_CLASS_NAMES.get(value, {}), lang)
    return f"{name} ({scheme_name} {code})" if name else f"{scheme_name} {code}"


def _in(labels: dict[str, str], lang: str) -> str:
    return labels.get(lang) or labels.get("en", "")
