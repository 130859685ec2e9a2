"""Words of the frame of every page, of records and of problems."""

#: Key -> language -> text; ``{name}`` stands for a value.
FRAME: dict[str, dict[str, str]] = {
    "site": {"en": "Bibliograph", "zh": "Bibliograph 书目图谱"},
    "site-short": {"en": "Bibliograph", "zh": "书目图谱"},
    "tagline": {"en": "The catalogue as a graph", "zh": "馆藏目录，知识成图"},
    "skip": {"en": "Skip to content", "zh": "跳至正文"},
    "home": {"en": "Home", "zh": "首页"},
    "sparql": {"en": "Query (SPARQL)", "zh": "查询（SPARQL）"},
    "api": {"en": "API", "zh": "接口文档"},
    "navigation": {"en": "Main", "zh": "主导航"},
    "language": {"en": "Language", "zh": "语言"},
    "lang-en": {"en": "English", "zh": "English"},
    "lang-zh": {"en": "中文", "zh": "中文"},
    "changeset": {"en": "Changeset {number}", "zh": "变更集 {number}"},
    "run-query": {"en": "Open at the query page", "zh": "在查询页打开"},
    "behind": {"en": "The queries behind this page", "zh": "本页所用查询"},
    "behind-one": {"en": "The query behind this list", "zh": "本列表所用查询"},
    "data": {"en": "Data", "zh": "数据"},
    "formats": {"en": "This page as data", "zh": "本页数据"},
    "iri": {"en": "Permanent address", "zh": "永久标识"},
    "record-intro": {"en": "What one source record says, as it says it.", "zh": "单条来源记录的全部陈述。"},
    "record-title": {"en": "Record", "zh": "编目记录"},
    "problem-hint-404": {
        "en": "Entities that are deleted leave the graph when no record names them any more.",
        "zh": "当不再有记录提及某实体时，该实体即离开图谱。",
    },
    "line-column": {"en": "Line {line}, column {column}", "zh": "第 {line} 行，第 {column} 列"},
    "open": {"en": "Open", "zh": "打开"},
    "open-none": {
        "en": "Nothing in the graph has exactly this identifier or heading.",
        "zh": "图谱中没有与此标识号或标目完全一致的实体。",
    },
    "open-search": {"en": "Search for it instead", "zh": "改用检索"},
    "open-some": {
        "en": "{count} entities have exactly this identifier or heading",
        "zh": "有 {count} 个实体与之完全一致",
    },
}

#: What errors say, in English as in the problem details of the API -> language -> text. What is not here stays English.
PROBLEMS: dict[str, dict[str, str]] = {
    "Not Found": {"zh": "未找到"},
    "Method Not Allowed": {"zh": "不允许此方法"},
    "Bad Request": {"zh": "请求有误"},
    "Internal Server Error": {"zh": "服务器内部错误"},
    "The graph says nothing about this entity.": {"zh": "图谱中没有关于此实体的陈述。"},
    "The graph says nothing about this IRI.": {"zh": "图谱中没有关于此 IRI 的陈述。"},
    "There is no such record.": {"zh": "没有此记录。"},
    "There is no such graph.": {"zh": "没有此图。"},
    "The query is not SPARQL": {"zh": "查询不符合 SPARQL 语法"},
    "The query asks for something that is not allowed here": {"zh": "查询包含此处不允许的内容"},
    "The query ran into a limit": {"zh": "查询超出限制"},
    "The query failed": {"zh": "查询失败"},
    "The query crashed the engine": {"zh": "查询使引擎崩溃"},
    "All query workers are busy": {"zh": "查询进程均忙，请稍候再试"},
}
