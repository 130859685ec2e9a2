"""The words of the interface in every language it has: one table."""

#: Key -> language -> text; ``{name}`` stands for a value.
TEXTS: dict[str, dict[str, str]] = {
    "site": {"en": "Bibliograph", "zh": "Bibliograph 书目图谱"},
    "tagline": {"en": "The catalogue as a graph", "zh": "馆藏目录，知识成图"},
    "skip": {"en": "Skip to content", "zh": "跳至正文"},
    "home": {"en": "Home", "zh": "首页"},
    "sparql": {"en": "Query", "zh": "查询"},
    "api": {"en": "API", "zh": "接口"},
    "navigation": {"en": "Main", "zh": "主导航"},
    "language": {"en": "Language", "zh": "语言"},
    "lang-en": {"en": "English", "zh": "English"},
    "lang-zh": {"en": "中文", "zh": "中文"},
    "open-label": {"en": "Open an identifier, control number or exact heading", "zh": "按标识号、控制号或完整标目打开"},
    "open-placeholder": {"en": "ISBN, record number, full heading …", "zh": "ISBN、记录号、完整标目……"},
    "open": {"en": "Open", "zh": "打开"},
    "open-none": {
        "en": "Nothing in the graph has exactly this identifier or heading.",
        "zh": "图谱中没有与此标识号或标目完全一致的实体。",
    },
    "open-some": {
        "en": "{count} entities have exactly this identifier or heading",
        "zh": "有 {count} 个实体与之完全一致",
    },
    "in-the-graph": {"en": "In the graph", "zh": "图谱概况"},
    "empty": {
        "en": "The graph is empty. Ingest some records: bibliograph ingest FILE.",
        "zh": "图谱为空。请先导入记录：bibliograph ingest FILE。",
    },
    "changeset": {"en": "Changeset {number}", "zh": "变更集 {number}"},
    "begin": {"en": "Where to begin", "zh": "从这里开始"},
    "begin-works": {"en": "Richly described works", "zh": "著录详尽的作品"},
    "begin-agents": {"en": "People and organisations", "zh": "个人与机构"},
    "begin-subjects": {"en": "Subjects", "zh": "主题"},
    "begin-hubs": {"en": "Works in several versions", "zh": "有多个版本的作品"},
    "group-title": {"en": "Title", "zh": "题名"},
    "group-names": {"en": "Names", "zh": "名称"},
    "group-creators": {"en": "Creators and contributors", "zh": "责任者"},
    "group-publication": {"en": "Publication", "zh": "出版"},
    "group-description": {"en": "Physical description", "zh": "载体形态"},
    "group-content": {"en": "Content", "zh": "内容"},
    "group-subjects": {"en": "Subjects and classification", "zh": "主题与分类"},
    "group-identifiers": {"en": "Identifiers", "zh": "标识符"},
    "group-series": {"en": "Series", "zh": "丛编"},
    "group-relations": {"en": "Related", "zh": "相关资源"},
    "group-notes": {"en": "Notes", "zh": "附注"},
    "group-holdings": {"en": "Holding", "zh": "馆藏"},
    "group-other": {"en": "More", "zh": "其他"},
    "group-record": {"en": "Record", "zh": "编目记录"},
    "editions": {"en": "Editions and copies", "zh": "版本与馆藏"},
    "copies": {"en": "Copies", "zh": "馆藏复本"},
    "also-called": {"en": "Also: ", "zh": "又作："},
    "incoming": {"en": "What links here", "zh": "指向此处的链接"},
    "more-links": {"en": "More of these", "zh": "更多"},
    "sample": {
        "en": "Some of very many. The query finds all of them:",
        "zh": "此处仅列出部分，全部可由查询得到：",
    },
    "all-links": {"en": "All kinds of links", "zh": "全部链接"},
    "of-many": {"en": "{count} in all", "zh": "共 {count} 条"},
    "sources": {"en": "Sources", "zh": "来源"},
    "sources-intro": {
        "en": "The number behind a statement names the record that says so.",
        "zh": "陈述后的数字表示作此陈述的记录。",
    },
    "cited": {"en": "the heading as records cite it", "zh": "各记录引用的标目形式"},
    "said-by": {"en": "Says so: {name}", "zh": "出自：{name}"},
    "since-changeset": {
        "en": "in the graph since changeset {number}, archived {date}",
        "zh": "自变更集 {number} 起入图，存档于 {date}",
    },
    "modified": {"en": "last changed by its cataloguers {date}", "zh": "编目员最后修改于 {date}"},
    "merged": {
        "en": "This page stands for {count} entities that the resolver holds for the same.",
        "zh": "本页代表经归一判定为同一对象的 {count} 个实体。",
    },
    "members": {"en": "Which ones", "zh": "查看成员"},
    "data": {"en": "Data", "zh": "数据"},
    "formats": {"en": "This page as data", "zh": "本页数据"},
    "iri": {"en": "Permanent address", "zh": "永久标识"},
    "behind": {"en": "The queries behind this page", "zh": "本页所用查询"},
    "behind-one": {"en": "The query behind this list", "zh": "本列表所用查询"},
    "run-query": {"en": "Open at the query page", "zh": "在查询页打开"},
    "query-cluster": {"en": "The entity's cluster", "zh": "实体归一簇"},
    "query-statements": {"en": "Statements and the graphs that make them", "zh": "陈述及其来源图"},
    "query-editions": {"en": "Editions and copies", "zh": "版本与馆藏"},
    "query-classes": {"en": "Counts by class", "zh": "按类计数"},
    "record-intro": {"en": "What one source record says, as it says it.", "zh": "单条来源记录的全部陈述。"},
    "record-title": {"en": "Record", "zh": "编目记录"},
    "query-title": {"en": "Query the graph", "zh": "查询图谱"},
    "query-intro": {
        "en": "SPARQL 1.1 over the merge of all records, within limits of time, rows and memory. No query is kept.",
        "zh": "以 SPARQL 1.1 查询全部记录的合并图。查询受时间、行数与内存限制；您的查询不会被保存。",
    },
    "query-label": {"en": "SPARQL query", "zh": "SPARQL 查询"},
    "run": {"en": "Run", "zh": "运行"},
    "result": {"en": "Result", "zh": "结果"},
    "rows": {"en": "{count} rows", "zh": "{count} 行"},
    "one-row": {"en": "1 row", "zh": "1 行"},
    "truncated": {"en": "The first {count} rows; the downloads have all.", "zh": "仅显示前 {count} 行；下载可得全部。"},
    "no-rows": {"en": "No rows. Nothing in the graph fits this pattern.", "zh": "没有结果。"},
    "download": {"en": "All of it as", "zh": "下载全部："},
    "yes": {"en": "Yes", "zh": "是"},
    "no": {"en": "No", "zh": "否"},
    "prefixes": {"en": "Prefixes", "zh": "前缀"},
    "problem-hint-404": {
        "en": "Entities that are deleted leave the graph when no record names them any more.",
        "zh": "当不再有记录提及某实体时，该实体即离开图谱。",
    },
    "line-column": {"en": "Line {line}, column {column}", "zh": "第 {line} 行，第 {column} 列"},
}

#: What a link is called from where it leads to: predicate -> language -> text.
INCOMING: dict[str, dict[str, str]] = {
    "bf:agent": {"en": "Contributions", "zh": "参与创作的作品"},
    "bf:subject": {"en": "Works about this", "zh": "以此为主题的作品"},
    "bf:genreForm": {"en": "Works of this kind", "zh": "此体裁的作品"},
    "bf:instanceOf": {"en": "Editions", "zh": "版本"},
    "bf:itemOf": {"en": "Copies", "zh": "复本"},
    "bf:expressionOf": {"en": "Versions of this work", "zh": "此作品的各版本"},
    "bf:hasSeries": {"en": "In this series", "zh": "本丛编所收"},
    "bf:partOf": {"en": "Parts", "zh": "组成部分"},
    "bf:hasPart": {"en": "Contained in", "zh": "收录于"},
    "bf:relatedTo": {"en": "Related works", "zh": "相关作品"},
    "bf:language": {"en": "In this language", "zh": "此语种的作品"},
    "bf:place": {"en": "Published here", "zh": "在此出版"},
    "bf:role": {"en": "In this role", "zh": "以此责任方式"},
    "bf:heldBy": {"en": "Holdings", "zh": "馆藏"},
    "bf:adminMetadata": {"en": "Described by this record", "zh": "由此记录描述"},
    "bf:assigner": {"en": "Catalogued by this agency", "zh": "由此机构编目"},
    "bf:geographicCoverage": {"en": "About this place", "zh": "关于此地"},
    "rdf:type": {"en": "Of this class", "zh": "此类实体"},
    "skos:inScheme": {"en": "In this scheme", "zh": "属于此词表"},
    "skos:broader": {"en": "Narrower", "zh": "下位"},
    "skos:narrower": {"en": "Broader", "zh": "上位"},
    "rdfs:subClassOf": {"en": "Subclasses", "zh": "子类"},
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


def problem_text(english: str, language: str) -> str:
    """What an error says in a language, in English where the table has no words for it."""
    return PROBLEMS.get(english, {}).get(language, english)


def text(key: str, language: str, **values: object) -> str:
    """The text of ``key``, in English where the language has none."""
    found = TEXTS[key]
    return (found.get(language) or found["en"]).format(**values)


def incoming_label(curie: str, language: str) -> str | None:
    """What links by a predicate are called where they lead to, None if the table has no word for it."""
    found = INCOMING.get(curie)
    return (found.get(language) or found["en"]) if found else None
