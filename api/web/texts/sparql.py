"""Words of the query page."""

#: Key -> language -> text.
SPARQL: dict[str, dict[str, str]] = {
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
    "prefixes": {"en": "Prefixes", "zh": "前缀"},
}
