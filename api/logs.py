"""Structured logs without personal data: route, status and time; no address, no query, no name."""

import logging
import sys
import time

import structlog
from flask import Response, g, request

_log = structlog.get_logger()


def configure_logs(*, quiet: bool = False) -> None:
    """One JSON object a line on standard error; ``quiet``: only what is wrong."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        # Looked up at each line: who captures or redirects standard error later gets the lines too.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    # Waitress names queue depth and client errors with addresses: those stay out of the log.
    logging.getLogger("waitress").setLevel(logging.ERROR)


def start_clock() -> None:
    """Runs before a request."""
    g.started = time.perf_counter()


def log_request(response: Response) -> Response:
    """Runs after a request. The rule is logged instead of the address, which may tell what somebody reads."""
    rule = request.url_rule.rule if request.url_rule else "(none)"
    milliseconds = round(1000 * (time.perf_counter() - g.started), 1) if "started" in g else None
    _log.info("request", method=request.method, route=rule, status=response.status_code, ms=milliseconds)
    return response
