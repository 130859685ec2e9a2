"""Words of the home page."""

#: Key -> language -> text.
HOME: dict[str, dict[str, str]] = {
    "empty": {
        "en": "The graph is empty. Ingest some records: bibliograph ingest FILE.",
        "zh": "图谱为空。请先导入记录：bibliograph ingest FILE。",
    },
    "begin-works": {"en": "Richly described", "zh": "著录详尽"},
    "begin-agents": {"en": "People and bodies", "zh": "个人与机构"},
    "begin-subjects": {"en": "Subjects", "zh": "主题"},
    "begin-hubs": {"en": "In several versions", "zh": "多个版本"},
    "count-Work": {"en": "works", "zh": "种作品"},
    "count-Work-one": {"en": "work", "zh": "种作品"},
    "count-Instance": {"en": "editions", "zh": "个版本"},
    "count-Instance-one": {"en": "edition", "zh": "个版本"},
    "count-Item": {"en": "copies", "zh": "件馆藏"},
    "count-Item-one": {"en": "copy", "zh": "件馆藏"},
    "count-Hub": {"en": "uniform titles", "zh": "个统一题名"},
    "count-Hub-one": {"en": "uniform title", "zh": "个统一题名"},
    "count-Person": {"en": "people", "zh": "位个人"},
    "count-Person-one": {"en": "person", "zh": "位个人"},
    "count-Organization": {"en": "bodies", "zh": "个机构"},
    "count-Organization-one": {"en": "body", "zh": "个机构"},
    "count-Topic": {"en": "subjects", "zh": "个主题"},
    "count-Topic-one": {"en": "subject", "zh": "个主题"},
    "count-Place": {"en": "places", "zh": "个地点"},
    "count-Place-one": {"en": "place", "zh": "个地点"},
    "query-classes": {"en": "The query behind these counts", "zh": "上述计数所用查询"},
}
