"""Requests to a SPARQL server: who asks, how long, how often again, and what a refusal becomes.

What is asked again
    A request that never reached the server, or that it put off (429, 503), is sent again, later each time and not
    before the time that the server names. One whose answer was lost (also by a gateway: 502) is sent again if doing it
    twice does no harm: queries, and adding and removing quads that are named one by one. A server that may still be at
    work on an update when patience ends (also a gateway's: 504) is not asked again: it may yet write it.
"""

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import httpx
from pydantic import SecretStr

from common.errors import StoreError

QUERY_SECONDS = 300.0
"""Longest pause in the answer to a query."""
UPDATE_SECONDS = 3600.0
_CONNECT_SECONDS = 10.0
_TRIES = 6
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 30.0
_MOST_WORDS = 16_384
_PUT_OFF = frozenset({429, 503})
_BAD_GATEWAY = 502
_ERROR, _REDIRECT = 400, 300
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who asks: name and password (basic), or a token alone (bearer). Neither is ever printed."""

    user: str = ""
    password: SecretStr = field(default_factory=lambda: SecretStr(""))

    @property
    def headers(self) -> dict[str, str]:
        """The header ``Authorization``, if there is anything to say."""
        secret = self.password.get_secret_value()
        if self.user or not secret:
            return {}
        return {"Authorization": f"Bearer {secret}"}

    @property
    def auth(self) -> httpx.BasicAuth | None:
        """Basic authentication, if there is a name."""
        return httpx.BasicAuth(self.user, self.password.get_secret_value()) if self.user else None


@dataclass(frozen=True, slots=True)
class Request:
    """One request, which can be sent several times.

    Attributes:
        url: Full address.
        content: Body, or a file that holds it.
        content_type: Of the body.
        accept: Media types of the answer.
        parameters: Of the address.
        repeatable: Doing it twice does no harm.
        seconds: Longest pause in the answer; default: that of a query.
    """

    url: str
    content: bytes | Path
    content_type: str
    accept: str = "*/*"
    parameters: tuple[tuple[str, str], ...] = ()
    repeatable: bool = True
    seconds: float = QUERY_SECONDS


class Refusal(Exception):  # noqa: N818  not an error by itself: the caller says what it means
    """The server's answer is an error.

    Args:
        status: HTTP status.
        words: The beginning of the body.
    """

    def __init__(self, status: int, words: str) -> None:
        super().__init__(status)
        self.status = status
        self.words = words


class Connection:
    """Keeps connections to one server; several threads may use it.

    Args:
        url: An address on the server, for messages.
        credentials: Who asks.
    """

    def __init__(self, url: str, credentials: Credentials) -> None:
        self.host = urlsplit(url).netloc
        self._client = httpx.Client(
            auth=credentials.auth,
            headers={"User-Agent": "bibliograph", "Accept-Encoding": "identity"} | credentials.headers,
        )

    def close(self) -> None:
        """Closes all connections."""
        self._client.close()

    @contextmanager
    def answer(self, request: Request) -> Iterator["Body"]:
        """The body of a successful answer, to be read within the ``with`` block.

        Raises:
            Refusal: The server answers with an error.
            StoreError: It can't be reached, or its answer was lost.
        """
        response = self._patiently(request)
        try:
            yield Body(response, self.host)
        finally:
            response.close()

    def send(self, request: Request) -> None:
        """Sends a request whose answer holds nothing of interest; as ``answer``."""
        with self.answer(request) as body:
            while body.read():
                pass

    def _patiently(self, request: Request) -> httpx.Response:
        """Sends the request until it is answered, or nothing more is to be hoped for."""
        for tries in range(1, _TRIES + 1):
            try:
                response = self._once(request)
            except httpx.HTTPError as error:
                if tries == _TRIES or not _may_repeat(request, error):
                    raise self._lost(request, error) from error
                _wait(tries, {})
                continue
            if response.status_code < _REDIRECT:
                return response
            refusal = _refusal(response)
            if tries == _TRIES or not _comes_back(request, refusal, response.headers):
                raise refusal
            _wait(tries, response.headers)
        raise AssertionError  # the last try returns or raises

    def _once(self, request: Request) -> httpx.Response:
        content = request.content if isinstance(request.content, bytes) else _chunks(request.content)
        headers = {"Content-Type": request.content_type, "Accept": request.accept}
        if isinstance(request.content, Path):
            headers["Content-Length"] = str(request.content.stat().st_size)
        made = self._client.build_request(
            "POST",
            request.url,
            content=content,
            headers=headers,
            params=request.parameters or None,
            timeout=httpx.Timeout(request.seconds, connect=_CONNECT_SECONDS),
        )
        return self._client.send(made, stream=True)

    def _lost(self, request: Request, error: httpx.HTTPError) -> StoreError:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        if isinstance(error, _NOT_SENT):
            return StoreError(f"{self.host} can't be reached: {reason}")
        if isinstance(error, httpx.TimeoutException):
            return StoreError(f"{self.host} did not answer within {request.seconds:g} seconds")
        return StoreError(f"the connection to {self.host} was lost: {reason}")


class Body:
    """A file that reads an answer as it comes.

    Args:
        response: The answer, not yet read.
        host: The server, for messages.
    """

    def __init__(self, response: httpx.Response, host: str) -> None:
        self.content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        self._chunks = response.iter_raw()
        self._host = host
        self._left = b""
        self._last = b""

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes; none at the end.

        Raises:
            StoreError: The connection was lost.
        """
        if not self._left:
            try:
                self._left = next(self._chunks, b"")
            except httpx.HTTPError as error:
                raise StoreError(f"the answer of {self._host} broke off: {str(error)[:200]}") from error
        if size < 0:
            size = len(self._left)
        part, self._left = self._left[:size], self._left[size:]
        self._last = part
        return part

    def last_words(self) -> str:
        """What was read last, and the rest: where a result breaks off, some servers say why."""
        words = self._last
        with suppress(StoreError):
            while len(words) < _MOST_WORDS and (part := self.read()):
                words += part
        return words[-_MOST_WORDS:].decode(errors="replace")

    def gather(self, size: int) -> Self:
        """Reads ahead: an answer shorter than ``size`` is then whole, and its connection free again."""
        parts = [self._left]
        length = len(self._left)
        self._left = b""
        while length < size and (part := self.read()):
            parts.append(part)
            length += len(part)
        self._left = b"".join(parts)
        return self


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1 << 16):
            yield chunk


def _refusal(response: httpx.Response) -> Refusal:
    words = b""
    try:
        for chunk in response.iter_raw():
            words += chunk
            if len(words) > _MOST_WORDS:
                break
    except httpx.HTTPError:
        pass  # what has come will do
    finally:
        response.close()
    return Refusal(response.status_code, words[:_MOST_WORDS].decode(errors="replace"))


def _may_repeat(request: Request, error: httpx.HTTPError) -> bool:
    if isinstance(error, _NOT_SENT):
        return True
    return request.repeatable and isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)


def _comes_back(request: Request, refusal: Refusal, headers: Mapping[str, str]) -> bool:
    """Whether to come back later. Some servers say 503 of a query that took too long: the same again would too."""
    if refusal.status == _BAD_GATEWAY:
        return request.repeatable
    return refusal.status in _PUT_OFF and ("Retry-After" in headers or "time" not in refusal.words.lower())


def _wait(tries: int, headers: Mapping[str, str]) -> None:
    pause = _FIRST_PAUSE * 2**tries * random.uniform(0.5, 1.0)  # noqa: S311  spreads clients, hides nothing
    time.sleep(min(max(pause, _retry_after(headers.get("Retry-After", ""))), _LONGEST_PAUSE))


def _retry_after(value: str) -> float:
    """Seconds that the server asks for; 0 if it does not.

    >>> _retry_after("3"), _retry_after("Wed, 01 Jan 2020 00:00:00 GMT"), _retry_after("soon")
    (3.0, 0.0, 0.0)
    """
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return 0.0
