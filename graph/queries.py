"""Query files: SPARQL beside the module that runs it, with its parameters named in comments at the top.

::

    # Works by an agent.
    # $agent: IRI of the agent
    SELECT ?work { ?work bf:contribution/bf:agent $agent }
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from common.errors import QueryError
from common.namespaces import PREFIXES
from graph.parameters import parameter_names

_DESCRIBED = re.compile(r"#\s*\$(\w+):\s*(.+)")


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A query and what its header says.

    Args:
        text: The query with the prefixes of ``common.namespaces`` that it uses and does not declare, in front.
        title: First comment line.
        parameters: Name and description of each parameter.
    """

    text: str
    title: str
    parameters: dict[str, str]


@cache
def load_query(path: Path) -> QueryFile:
    """Reads a ``.rq`` file.

    Raises:
        QueryError: The header and the query don't name the same parameters.
    """
    text = path.read_text(encoding="utf-8")
    header = [line for line in text.splitlines() if line.startswith("#")]
    described = {match[1]: match[2] for line in header if (match := _DESCRIBED.match(line))}
    used = set(parameter_names(text))
    if used != described.keys():
        names = ", ".join(f"${name}" for name in sorted(used ^ described.keys()))
        raise QueryError(f"{path}: {names} must stand both in the header and in the query")
    title = header[0].lstrip("# ") if header else path.stem
    return QueryFile(_with_prefixes(text), title, described)


def _with_prefixes(text: str) -> str:
    """Adds the declarations that are missing, so that the shown query runs anywhere."""
    missing = [
        f"PREFIX {prefix}: <{namespace}>\n"
        for prefix, namespace in PREFIXES.items()
        if re.search(rf"(?<![\w:]){prefix}:", text) and not re.search(rf"PREFIX\s+{prefix}:", text, re.IGNORECASE)
    ]
    return "".join(missing) + text
