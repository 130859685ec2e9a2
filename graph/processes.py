"""Which process this is, in a text that another one can hold against what is running."""

import os
from contextlib import suppress
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_STATE, _START = 0, 19
"""Places in /proc/PID/stat after the name of the program: proc(5)."""


def own_identity() -> str:
    """This process: run of the machine, name space of process ids, id, start; "" where the system tells no such."""
    pid = os.getpid()
    start = _started(pid)
    return f"{place}/{pid}/{start}" if (place := _place()) and start else ""


def is_dead(identity: str) -> bool:
    """Whether the process of an ``own_identity`` has certainly ended: it ran on this machine and does no more.

    >>> is_dead(own_identity()), is_dead("")
    (False, False)
    """
    place, _, rest = identity.rpartition("/")[0].rpartition("/")
    start = identity.rpartition("/")[2]
    return bool(place) and place == _place() and rest.isdigit() and _started(int(rest)) != start


@cache
def _place() -> str:
    """The system since its start, and the name space in which process ids count; "" where it does not tell."""
    with suppress(OSError):
        run = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{run}/{(_PROC / 'self/ns/pid').stat().st_ino}"
    return ""


def _started(pid: int) -> str:
    """When the process was started, in the system's clock ticks; "" if it is not running."""
    with suppress(OSError):
        fields = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        if fields[_STATE] not in {"Z", "X"}:
            return fields[_START]
    return ""
