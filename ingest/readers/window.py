"""A window that slides over a byte stream: searching and cutting with bounded memory."""

from typing import BinaryIO

CHUNK = 1 << 18


class Window:
    """Bytes of ``stream`` from the current position on, read as they are needed.

    Positions given and returned are relative to the current position.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._base = 0
        self._ended = False
        #: Bytes in hand; the current position is ``pos``.
        self.data = b""
        self.pos = 0

    @property
    def offset(self) -> int:
        """Byte offset of the current position in the stream."""
        return self._base + self.pos

    def _grow(self) -> bool:
        """Reads one chunk more; False at the end of the stream."""
        chunk = b"" if self._ended else self._stream.read(CHUNK)
        if not chunk:
            self._ended = True
            return False
        self._base += self.pos
        self.data = self.data[self.pos :] + chunk
        self.pos = 0
        return True

    def ensure(self, count: int) -> bool:
        """Whether ``count`` bytes can be had from here on."""
        while len(self.data) - self.pos < count:
            if not self._grow():
                return False
        return True

    def peek(self, count: int) -> bytes:
        """The next ``count`` bytes, fewer at the end."""
        self.ensure(count)
        return self.data[self.pos : self.pos + count]

    def find(self, needle: bytes, start: int, limit: int) -> int:
        """Where ``needle`` begins at or after ``start``; -1: not within ``limit`` bytes."""
        searched = start
        while True:
            found = self.data.find(needle, self.pos + searched)
            if found >= 0:
                return found - self.pos if found - self.pos < limit else -1
            searched = max(len(self.data) - self.pos - len(needle) + 1, start)
            if searched >= limit or not self._grow():
                return -1

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes; moves past them."""
        taken = self.peek(count)
        self.pos += len(taken)
        return taken

    def skip_past(self, needle: bytes) -> int:
        """Moves behind the next ``needle`` or to the end, keeping nothing; number of bytes passed."""
        before = self.offset
        while (found := self.data.find(needle, self.pos)) < 0:
            self.pos = max(self.pos, len(self.data) - len(needle) + 1)
            if not self._grow():
                self.pos = len(self.data)
                return self.offset - before
        self.pos = found + len(needle)
        return self.offset - before
