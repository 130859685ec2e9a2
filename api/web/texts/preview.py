"""The words of previews in frames of other sites."""

PREVIEW: dict[str, dict[str, str]] = {
    "preview-kind": {"en": "Kind", "zh": "类型"},
    "preview-creators": {"en": "By", "zh": "责任者"},
    "preview-date": {"en": "Date", "zh": "日期"},
    "preview-publisher": {"en": "Publisher", "zh": "出版者"},
    "preview-numbers": {"en": "Numbers", "zh": "标识号"},
    "preview-scheme": {"en": "Vocabulary", "zh": "词表"},
    "preview-sources": {"en": "Records", "zh": "来源记录"},
}
