"""What the service says of itself (specification: Service Manifest)."""

from typing import Any

from services.reconciliation.identity import identifier_space
from services.reconciliation.request import MOST_QUERIES
from services.reconciliation.types import DEFAULT, SCHEMA_SPACE, TYPES

VERSIONS = ("0.2",)
WIDTH, HEIGHT = 420, 260
"""Of a preview, in pixels."""
_NAME = {"en": "Bibliograph at {host}", "zh": "Bibliograph（{host}）"}
#: What a user may set for a column that is fetched: name, type, default, label and help by language.
_SETTINGS: tuple[tuple[str, str, Any, dict[str, str], dict[str, str]], ...] = (
    (
        "limit",
        "number",
        0,
        {"en": "Limit", "zh": "数量上限"},
        {"en": "Most values of a cell; 0: all, up to 100", "zh": "每个单元格最多取几个值；0 表示全部（不超过 100 个）"},
    ),
    (
        "count",
        "checkbox",
        False,
        {"en": "Return counts instead of values", "zh": "只返回值的个数"},
        {"en": "The number of values only", "zh": "只给出有几个值"},
    ),
    (
        "content",
        "select",
        "entities",
        {"en": "Content", "zh": "内容"},
        {"en": "What a value that is an entity becomes", "zh": "值为实体时如何给出"},
    ),
)
_CHOICES = (
    ("entities", {"en": "reconciled cells", "zh": "已匹配的单元格"}),
    ("names", {"en": "names", "zh": "名称"}),
    ("iris", {"en": "IRIs", "zh": "IRI"}),
)


def manifest(base: str, endpoint: str, documentation: str, lang: str) -> dict[str, Any]:
    """The manifest (schema ``manifest.json``).

    Args:
        base: Base IRI of the installation.
        endpoint: Absolute address of the service, without a slash at its end.
        documentation: Absolute address of a page about it.
        lang: Language of names and labels.
    """
    host = endpoint.partition("://")[2].partition("/")[0]
    return {
        "versions": list(VERSIONS),
        "name": _NAME.get(lang, _NAME["en"]).format(host=host),
        "identifierSpace": identifier_space(base),
        "schemaSpace": SCHEMA_SPACE,
        "documentation": documentation,
        "defaultTypes": [{"id": name, "name": TYPES[name].label(lang)} for name in DEFAULT],
        "view": {"url": f"{endpoint}/view?id={{{{id}}}}"},
        "preview": {"url": f"{endpoint}/preview?id={{{{id}}}}&lang={lang}", "width": WIDTH, "height": HEIGHT},
        "suggest": {
            kind: {
                "service_url": endpoint,
                "service_path": f"/suggest/{kind}",
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in ("entity", "type", "property")
        },
        "extend": {
            "propose_properties": {"service_url": endpoint, "service_path": "/properties"},
            "property_settings": [_setting(*setting, lang) for setting in _SETTINGS],
        },
        "batchSize": MOST_QUERIES,
    }


def _setting(
    name: str, type_: str, default: object, labels: dict[str, str], helps: dict[str, str], lang: str
) -> dict[str, Any]:
    found = {
        "name": name,
        "type": type_,
        "default": default,
        "label": labels.get(lang, labels["en"]),
        "help_text": helps.get(lang, helps["en"]),
    }
    if type_ == "select":
        found["choices"] = [{"value": value, "name": names.get(lang, names["en"])} for value, names in _CHOICES]
    return found
