"""Blank nodes become IRIs by their canonical form (https://www.w3.org/TR/rdf-canon/), the same on every engine.

An IRI holds a digest of the file's canonical form: the same file gives the same IRIs, and no two files share one.
"""

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from common.errors import InputError

SECONDS = 60.0
"""Canonical labels can take exponential time: eight blank nodes that all point at each other take three seconds."""

# In a process of its own, because only that can be stopped. -I: nothing in the working directory is imported.
_CANONICALISE = """
import sys, pyoxigraph as ox
data = ox.Dataset(ox.parse(sys.stdin.buffer.read(), format=ox.RdfFormat.N_TRIPLES))
data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
sys.stdout.buffer.write("".join(sorted(f"{quad} .\\n" for quad in data)).encode())
"""
_BLANK = re.compile(r'_:(c14n[0-9]+)|"(?:[^"\\]|\\.)*+"|<[^>]*>')


def skolemise(path: Path, triples: list[ox.Triple], base: str) -> list[str]:
    """The triples as statements, blank nodes replaced by ``{base}.well-known/genid/…``.

    Raises:
        InputError: The blank nodes are too entangled to be told apart in time; names the file.
    """
    statements = [str(triple) for triple in triples]
    if not any(isinstance(node, ox.BlankNode) for triple in triples for node in (triple.subject, triple.object)):
        return statements
    text = _canonicalise(path, "".join(f"{statement} .\n" for statement in statements))
    prefix = f"<{base}.well-known/genid/{sha256(text.encode()).hexdigest()[:24]}-"
    return [_BLANK.sub(lambda match: _iri(match, prefix), line.removesuffix(" .")) for line in text.split("\n") if line]


def _iri(match: re.Match[str], prefix: str) -> str:
    return f"{prefix}{match.group(1)}>" if match.group(1) else match.group()


def _canonicalise(path: Path, ntriples: str) -> str:
    command = [sys.executable, "-I", "-c", _CANONICALISE]
    try:
        done = subprocess.run(command, input=ntriples.encode(), capture_output=True, timeout=SECONDS, check=True)
    except subprocess.TimeoutExpired as error:
        raise InputError(f"{path}: its blank nodes can't be told apart within {SECONDS:.0f} s") from error
    except subprocess.CalledProcessError as error:
        raise InputError(f"{path}: its blank nodes can't be labelled: {error.stderr.decode()[-200:]}") from error
    return done.stdout.decode()
