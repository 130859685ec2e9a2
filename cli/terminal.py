"""What commands share: settings, progress on the terminal, JSON output."""

import json
import sys
import time
from typing import Any

import click

from common import settings
from common.progress import Progress
from common.settings import Settings

_LINE_EVERY = 10.0
"""Seconds between progress lines where there is no terminal to rewrite one."""


def current_settings() -> Settings:
    """The settings of this call, ``--data`` included."""
    context = click.get_current_context(silent=True)
    return settings.load(**(context.find_root().obj or {} if context else {}))


class ProgressLine:
    """Shows progress on standard error: one line rewritten on a terminal; else now and then a line of what is done.

    Args:
        quiet: Show nothing.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic()
        self._open = False

    def __call__(self, progress: Progress) -> None:
        """Shows ``progress``."""
        if self._quiet:
            return
        if self._terminal:
            click.echo(f"\r\x1b[2K{sentence(progress)}", nl=False, err=True)
            self._open = True
        elif progress.done and time.monotonic() - self._last >= _LINE_EVERY:
            self._last = time.monotonic()
            click.echo(sentence(progress), err=True)

    def close(self) -> None:
        """Leaves the line."""
        if self._open:
            click.echo("", err=True)
            self._open = False


def sentence(progress: Progress) -> str:
    """``ingest loc.xml: 12,000 records, 1,530/s, 42%, 0:12 left``."""
    parts = [f"{progress.task}: {progress.done:,} {progress.unit}", f"{progress.rate:,.0f}/s"]
    if progress.fraction is not None:
        parts.append(f"{progress.fraction:.0%}")
    if progress.seconds_left is not None:
        minutes, seconds = divmod(round(progress.seconds_left), 60)
        parts.append(f"{minutes}:{seconds:02} left")
    return ", ".join(parts)


def print_json(value: Any) -> None:
    """One JSON object on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
