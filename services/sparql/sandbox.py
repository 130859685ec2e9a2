"""What the operating system takes away from a process that runs users' queries: memory, time, files and the network."""

import ctypes
import os
import platform
import resource
import signal
from pathlib import Path

_MEGABYTE = 1_000_000
_CPU_MARGIN_SECONDS = 5

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 22, 38, 2
_LOAD_WORD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_SECCOMP_ALLOW, _SECCOMP_ERRNO, _EACCES = 0x7FFF0000, 0x00050000, 13
#: Machine -> its AUDIT_ARCH and the number of socket(2).
_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def ignore_terminal() -> None:
    """Leaves Ctrl-C to the server, which ends its workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def close_network() -> bool:
    """Forbids this process and its later threads to make sockets; whether the system could.

    SERVICE never reaches a parser (``graph.guard``); this holds even if the guard is wrong.
    """
    call = _SOCKET_CALL.get(platform.machine())
    if platform.system() != "Linux" or call is None:
        return False
    architecture, socket = call
    instructions = (_Instruction * 6)(
        _Instruction(_LOAD_WORD, 0, 0, 4),
        _Instruction(_JUMP_IF_EQUAL, 0, 3, architecture),
        _Instruction(_LOAD_WORD, 0, 0, 0),
        _Instruction(_JUMP_IF_EQUAL, 0, 1, socket),
        _Instruction(_RETURN, 0, 0, _SECCOMP_ERRNO | _EACCES),
        _Instruction(_RETURN, 0, 0, _SECCOMP_ALLOW),
    )
    libc = ctypes.CDLL(None, use_errno=True)
    program = _Program(len(instructions), instructions)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program)) == 0)


def limit_memory(megabytes: int) -> None:
    """Allows ``megabytes`` of memory on top of what the process has now; mapped files don't count."""
    _soft_limit(resource.RLIMIT_DATA, _private_bytes() + megabytes * _MEGABYTE)


def lift_memory() -> None:
    """Takes the limit of the last query away, of which what that query left may have used up nearly all.

    RocksDB ends its process where it gets no memory to open a store.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (resource.getrlimit(resource.RLIMIT_DATA)[1],) * 2)


def limit_cpu(seconds: float) -> None:
    """Ends the process when it computes longer than that from now, even if nobody is left to kill it."""
    used = sum(os.times()[:2])
    _soft_limit(resource.RLIMIT_CPU, int(used + seconds) + _CPU_MARGIN_SECONDS)


def limit_file(megabytes: int) -> None:
    """Makes writing a file longer than that an ``OSError``."""
    _soft_limit(resource.RLIMIT_FSIZE, megabytes * _MEGABYTE)


def no_core_dumps() -> None:
    """A crash leaves no copy of the data behind."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _soft_limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _private_bytes() -> int:
    """Memory that RLIMIT_DATA counts: what the process may write and nobody shares."""
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0
