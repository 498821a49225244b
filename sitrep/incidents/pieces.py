"""What the bytes of a piece of a file hold: told by Python, or by NumPy in a large file.

NumPy tells it in a fifth of the time, and importing it takes longer than a small file.
"""

import re
from typing import Protocol

# Bytes that end a cell or begin the next.
ENDS = b',;\t\r\n"'
# Both begin with the blank itself, which is found fast.
_BEFORE, _BEHIND = re.compile(rb' (?=[,;\t\r\n"])'), re.compile(rb' (?<=[,;\t\r\n"] )')
_CONTROLS = bytes([*range(9), *range(11, 32), 127])


class Piece(Protocol):
    """Some bytes of a file."""

    def count(self, mark: bytes) -> int:
        """How often one byte stands there."""

    def controls(self) -> int:
        """How many control characters: all below 32, and 127, but for tabs and line feeds."""

    def blanks_beside_ends(self) -> int:
        """How many pairs there are of a blank and one of `ENDS`, in either order."""

    def quoted(self, opened: bool) -> list[bytes]:
        """What stands within quotation marks; `opened`: whether the piece begins within."""


class SmallPiece:
    """A `Piece`, by the methods of bytes."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    def count(self, mark: bytes) -> int:
        return self._text.count(mark)

    def controls(self) -> int:
        return len(self._text) - len(self._text.translate(None, _CONTROLS))

    def blanks_beside_ends(self) -> int:
        return sum(len(blank.findall(self._text)) for blank in (_BEFORE, _BEHIND))

    def quoted(self, opened: bool) -> list[bytes]:
        return self._text.split(b'"')[0 if opened else 1 :: 2]


class LargePiece:
    """A `Piece`, as an array of its bytes."""

    def __init__(self, text: bytes) -> None:
        import numpy as np

        self._text = text
        self._bytes = np.frombuffer(text, np.uint8)
        self._how_many = np.count_nonzero  # sum() takes many times as long

    def count(self, mark: bytes) -> int:
        return int(self._how_many(self._bytes == mark[0])) if mark in self._text else 0

    def controls(self) -> int:
        low = int(self._how_many(self._bytes < 32)) - self.count(b"\n") - self.count(b"\t")
        return low + self.count(b"\x7f")

    def blanks_beside_ends(self) -> int:
        # Every two bytes as one number: those that begin at an even place, and at an odd one.
        numbers = [
            self._bytes[start : start + (len(self._text) - start) // 2 * 2].view("<u2")
            for start in (0, 1)
        ]
        ends = [end for end in ENDS if end in self._text]
        pairs = [pair for end in ends for pair in (end + 32 * 256, 32 + end * 256)]
        return sum(int(self._how_many(each == pair)) for each in numbers for pair in pairs)

    def quoted(self, opened: bool) -> list[bytes]:
        marks = [-1] * opened + (self._bytes == ord('"')).nonzero()[0].tolist()
        marks += [len(self._text)] * (len(marks) % 2)
        return [
            self._text[begin + 1 : end] for begin, end in zip(marks[::2], marks[1::2], strict=True)
        ]
