"""Words of the query page and of the page about the HTTP interface."""

#: Key -> language -> text.
SPARQL: dict[str, dict[str, str]] = {
    "api-title": {"en": "The HTTP interface", "zh": "HTTP 接口"},
    "api-intro": {
        "en": "Everything that the pages show can be asked for by programs, without a key. The same for programs:",
        "zh": "页面所示内容均可由程序获取，无需密钥。供程序读取的接口描述：",
    },
    "required": {"en": "required", "zh": "必填"},
    "query-title": {"en": "Query the graph", "zh": "查询图谱"},
    "query-intro": {
        "en": "SPARQL 1.1 over the merge of all records, within limits of time, rows and memory. No query is kept.",
        "zh": "以 SPARQL 1.1 查询全部记录的合并图。查询受时间、行数与内存限制；您的查询不会被保存。",
    },
    "query-label": {"en": "SPARQL query", "zh": "SPARQL 查询"},
    "run": {"en": "Run", "zh": "运行"},
    "result": {"en": "Result", "zh": "结果"},
    "result-table": {"en": "Table of the result", "zh": "结果表格"},
    "rows": {"en": "{count} rows", "zh": "{count} 行"},
    "one-row": {"en": "1 row", "zh": "1 行"},
    "truncated": {"en": "The first {count} rows; the downloads have all.", "zh": "仅显示前 {count} 行；下载可得全部。"},
    "no-rows": {"en": "No rows. Nothing in the graph fits this pattern.", "zh": "没有结果。"},
    "download": {"en": "All of it as", "zh": "下载全部："},
    "yes": {"en": "Yes", "zh": "是"},
    "no": {"en": "No", "zh": "否"},
    "how-answered": {"en": "How the database answers it", "zh": "数据库如何执行此查询"},
    "stage-algebra": {"en": "Algebra of the query", "zh": "查询代数"},
    "stage-cypher": {"en": "Cypher", "zh": "Cypher"},
    "stage-parameters": {"en": "Its parameters", "zh": "参数"},
    "stage-finish": {"en": "Done on the rows as they come", "zh": "对返回行的逐行处理"},
    "stage-residual": {"en": "The rest, evaluated in memory", "zh": "其余部分（在内存中执行）"},
    "stage-engine": {"en": "Engine", "zh": "引擎"},
    "prefixes": {"en": "Prefixes", "zh": "前缀"},
}
