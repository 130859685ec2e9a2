"""Start-up is a budget, and each library is imported only where it serves."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("common", "ontology", "shapes", "graph", "ingest", "reasoning", "services", "people", "cli", "api")
HEAVY = ("rdflib", "spacy", "pyshacl", "owlready2", "flask", "sqlalchemy", "pyoxigraph", "lxml", "networkx", "pydantic")

#: Library -> the modules or packages that may import it.
HOMES = {
    "rdflib": ("ingest/shacl.py",),
    "pyshacl": ("ingest/shacl.py",),
    "shacl": ("ingest/shacl.py",),
    "lark": ("graph/sparql/",),
    "networkx": ("reasoning/", "services/sparql/networks.py"),
    "flask": ("api/",),
    "flask_openapi3": ("api/",),
    "waitress": ("api/", "cli/serve.py"),
    "sqlalchemy": ("people/", "services/backups.py"),
    "flask_compress": ("api/",),
    "numpy": ("reasoning/associations/",),
    "opencc": ("services/search/",),
    "pypinyin": ("services/search/",),
    "rjieba": ("services/search/",),
    "scipy": ("reasoning/associations/",),
    "tantivy": ("services/search/",),
    "owlready2": (),
    "SPARQLWrapper": (),
    "spacy": (),
    "neo4j": ("graph/backends/neo4j/",),
}


def test_help_imports_no_heavy_library() -> None:
    """``bibliograph --help`` lists the commands without loading what they need."""
    code = (
        "import sys\nfrom cli.main import main\nmain(['--help'])\n"
        f"print('LOADED', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "LOADED []" in result.stdout


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_only_at_home(library: str) -> None:
    """Changing a library must mean changing one place."""
    homes = HOMES[library]
    users = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if library in _imported(path)
    ]
    assert [user for user in users if not user.startswith(homes)] == []


def _imported(path: Path) -> set[str]:
    """Top-level names of everything a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names
