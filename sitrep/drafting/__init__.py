"""Drafting a profile for a file whose layout is not known: guesses, reasons and questions.

Nothing that is guessed here is ever used without a person: the draft is a file to edit, and
what it asks is answered before anything is read with it. Knows nothing of reports.
"""

from dataclasses import dataclass

from sitrep.drafting.guesses import read_columns
from sitrep.drafting.sample import read_sample
from sitrep.drafting.writing import ASKS, profile_text
from sitrep.incidents.input import Input

__all__ = ["Draft", "draft"]


@dataclass(frozen=True)
class Draft:
    """A profile in TOML with comments, and how many columns of the file it could tell."""

    text: str
    headings: tuple[str, ...]
    guessed: int
    left_out: int

    @property
    def questions(self) -> int:
        """How many lines ask something."""
        return sum(line.startswith(ASKS) for line in self.text.splitlines())


def draft(given: Input, *, name: str) -> Draft:
    """A profile for a file; `name` is what it calls the layout.

    Raises
    ------
    DataError
        A file that is missing, empty, not text, or without a row under its header.
    """
    sample = read_sample(given)
    reading = read_columns(sample)
    text = profile_text(sample, reading, name=name)
    return Draft(text, sample.headings, len(reading.taken), len(reading.personal))
