"""Where the owner of a data directory listens.

A socket's path is limited to about 108 bytes. In a data directory with a longer path the socket is in a private
directory under ``$XDG_RUNTIME_DIR`` or the temporary directory, and ``owner.sock.path`` says where.
"""

import os
import shutil
import socket
import tempfile
from pathlib import Path

_LONGEST = 100


def _record(path: Path) -> Path:
    return path.with_name(f"{path.name}.path")


def connect(path: Path) -> socket.socket | None:
    """A connection to the owner, None if nobody listens."""
    target = _target(path)
    if target is None:
        return None
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(target))
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError, PermissionError):
        connection.close()
        return None
    return connection


def listen(path: Path) -> socket.socket:
    """A listening socket that only this user may connect to; what a killed owner left is removed.

    Call only while holding the store open: then a socket that is there can't be anybody's.
    """
    remove(path)
    server = socket.socket(socket.AF_UNIX)
    target = path if _fits(path) else _elsewhere(path)
    server.bind(str(target))
    # Before listen() nobody can connect, so there is no moment at which others could.
    target.chmod(0o600)
    server.listen()
    return server


def remove(path: Path) -> None:
    """Removes the socket, and its private directory if it has one."""
    record = _record(path)
    if (target := _target(path)) is not None and target != path:
        shutil.rmtree(target.parent, ignore_errors=True)
    record.unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= _LONGEST


def _elsewhere(path: Path) -> Path:
    directory = tempfile.mkdtemp(prefix="bibliograph-", dir=os.environ.get("XDG_RUNTIME_DIR"))
    target = Path(directory) / "owner.sock"
    _record(path).write_text(str(target), encoding="utf-8")
    return target


def _target(path: Path) -> Path | None:
    """Where the socket is; None if it is elsewhere and not recorded, or recorded in a place that is not ours."""
    if _fits(path):
        return path
    try:
        target = Path(_record(path).read_text(encoding="utf-8"))
        ours = target.parent.stat().st_uid == os.getuid() and target.parent.name.startswith("bibliograph-")
    except OSError:
        return None
    return target if ours else None
