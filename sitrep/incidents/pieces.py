"""What the bytes of a piece of a file hold: told by Python, or by NumPy in a large file.

NumPy tells it in a fifth of the time, and importing it takes longer than a small file.
"""

import re
from typing import Protocol

# Bytes that end a cell or begin the next.
ENDS = b',;\t\r\n"'
# A blank before one that ends a cell, or behind one that begins it.
_BLANK = re.compile(rb'\A | (?:[,;\t\r\n"]|(?<=[,;\t\r\n"] )|\Z)')
_CONTROLS = bytes([*range(9), *range(11, 32), 127])


class Piece(Protocol):
    """Some bytes of a file."""

    def count(self, mark: bytes) -> int:
        """How often one byte stands there."""

    def controls(self) -> int:
        """How many control characters: all below 32, and 127, but for tabs and line feeds."""

    def blank_at_an_end(self) -> bool:
        """Whether a blank is the first or last byte, or stands beside one of `ENDS`."""


class SmallPiece:
    """A `Piece`, by the methods of bytes."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    def count(self, mark: bytes) -> int:
        return self._text.count(mark)

    def controls(self) -> int:
        return len(self._text) - len(self._text.translate(None, _CONTROLS))

    def blank_at_an_end(self) -> bool:
        return bool(_BLANK.search(self._text))


class LargePiece:
    """A `Piece`, as an array of its bytes."""

    def __init__(self, text: bytes) -> None:
        import numpy as np

        self._text = text
        self._bytes = np.frombuffer(text, np.uint8)
        self._how_many = np.count_nonzero  # sum() and any() take many times as long

    def count(self, mark: bytes) -> int:
        return int(self._how_many(self._bytes == mark[0])) if mark in self._text else 0

    def controls(self) -> int:
        low = int(self._how_many(self._bytes < 32)) - self.count(b"\n") - self.count(b"\t")
        return low + self.count(b"\x7f")

    def blank_at_an_end(self) -> bool:
        return self._text[:1] == b" " or self._text[-1:] == b" " or self._has_blank_beside_an_end()

    def _has_blank_beside_an_end(self) -> bool:
        # Every two bytes as one number: those that begin at an even place, and at an odd one.
        pairs = [
            self._bytes[start : start + (len(self._text) - start) // 2 * 2].view("<u2")
            for start in (0, 1)
        ]
        wanted = [
            int.from_bytes(pair, "little")
            for end in ENDS
            if end in self._text
            for pair in (bytes([end, 32]), bytes([32, end]))
        ]
        return any(self._how_many(numbers == pair) for numbers in pairs for pair in wanted)
