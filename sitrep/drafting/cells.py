"""What the cells of one column look like, whatever its heading says."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sitrep.drafting.dates import shape_of
from sitrep.drafting.words import says_no_figure

MOSTLY = 0.8  # of the filled cells: a column may have its mistakes
SHOWN = 3  # sample values
LONGEST_SHOWN = 40
FEWEST_RISING = 8  # values of a series that only rises; fewer may do so by chance

_COUNT = re.compile(r"\d{1,3}([,.\u00a0\u202f ]\d{3})+|\d{1,9}")
# "3+", "1-2", "approx. 40": counts for people, of which none can be read.
_ROUGH = re.compile(r"\D{0,10}\d[\d.,]*( ?[-–] ?\d+)?\D{0,10}")
_POINT = re.compile(r"-?\d{1,3}\.\d+[,; ]+-?\d{1,3}\.\d+")
_TIME = re.compile(r"[0-2]?\d[:.h][0-5]\d(:[0-5]\d)?( ?[AaPp]\.?[Mm]\.?)?")
_DECIMAL = re.compile(r"-?\d{1,3}([.,]\d+)?")
_PCODE = re.compile(r"[A-Z]{2,3}(\d{2}|\d{4}|\d{6}|\d{9})")
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_MAIL = re.compile(r"\S+@\S+\.\w+")
_TELEPHONE = re.compile(r"(\+|00)\d[\d ()-]{7,}|0\d[\d ()-]{7,}")
# The digits of Arabic and of Persian.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)


@dataclass(frozen=True)
class Cells:
    """The cells of one column, in the order of the rows."""

    values: tuple[str, ...]

    @cached_property
    def filled(self) -> tuple[str, ...]:
        return tuple(value for value in self.values if value)

    @cached_property
    def counted(self) -> "Counter[str]":
        """How often each value stands there, the first seen first among equals."""
        return Counter(self.filled)

    @cached_property
    def no_figures(self) -> tuple[str, ...]:
        """The cells that, in a column of counts, would say that there is no figure."""
        return tuple(filter(says_no_figure, self.counted))

    @property
    def repeated(self) -> str:
        """A value that stands on several rows, or nothing."""
        value, times = next(iter(self.counted.most_common(1)), ("", 0))
        return value if times > 1 else ""

    @property
    def unique(self) -> bool:
        """Whether every row has a value of its own."""
        return len(self.values) == len(self.filled) == len(self.counted)

    @cached_property
    def dates(self) -> bool:
        return self._mostly(lambda text: bool(shape_of(text)))

    @cached_property
    def counts(self) -> bool:
        """Whole numbers, beside cells that say that there is none."""
        return self._mostly(lambda text: bool(_COUNT.fullmatch(text)), but=self.no_figures)

    @property
    def others(self) -> int:
        """How many of the filled cells hold neither a whole number nor that there is none."""
        figures = (text for text in self.filled if text not in self.no_figures)
        return sum(not _COUNT.fullmatch(latin(text)) for text in figures)

    @cached_property
    def rough_counts(self) -> bool:
        """Whether a person reads counts here, some of them with other signs."""
        return not self.dates and self._mostly(
            lambda text: bool(_ROUGH.fullmatch(text)), but=self.no_figures
        )

    @cached_property
    def points(self) -> bool:
        """Whether latitude and longitude stand in one cell."""
        return self._mostly(lambda text: bool(_POINT.fullmatch(text)))

    @cached_property
    def times(self) -> bool:
        """Times of day."""
        return self._mostly(lambda text: bool(_TIME.fullmatch(text)))

    @cached_property
    def numbers(self) -> bool:
        return self._mostly(lambda text: bool(re.fullmatch(r"-?[\d., \u00a0\u202f]+", text)))

    @cached_property
    def pcode_level(self) -> int:
        """1 to 3 for the p-codes of an administrative level, 0 where the cells are none."""
        if not self._mostly(lambda text: bool(_PCODE.fullmatch(text))):
            return 0
        (digits, _), *_ = Counter(
            len(re.sub(r"\D", "", text)) for text in self.filled
        ).most_common()
        return {2: 1, 4: 2, 6: 3}.get(digits, 0)

    @cached_property
    def addresses(self) -> bool:
        return self._mostly(lambda text: bool(_ADDRESS.match(text)))

    @cached_property
    def personal(self) -> bool:
        """Telephone numbers or addresses of electronic mail."""
        return self._mostly(lambda text: bool(_MAIL.search(text) or _TELEPHONE.fullmatch(text)))

    def degrees(self, most: int) -> bool:
        """Whether these are degrees between minus and plus `most`."""
        return self._mostly(
            lambda text: (
                bool(_DECIMAL.fullmatch(text)) and abs(float(text.replace(",", "."))) <= most
            )
        )

    @property
    def never_fall(self) -> bool:
        """Whether these are counts that only rise from row to row, as running totals do."""
        if not self.counts or len(self.counted) < FEWEST_RISING:
            return False
        figures = (text for text in self.filled if text not in self.no_figures)
        values = [int(re.sub(r"\D", "", latin(text)) or 0) for text in figures]
        return all(one <= other for one, other in pairwise(values))

    @property
    def free_text(self) -> bool:
        """Whether it is text that seldom repeats, in which there may be names of people."""
        plain = self.dates or self.times or self.numbers or self.pcode_level or self.addresses
        return bool(self.filled) and not plain and len(self.counted) > len(self.filled) / 2

    @property
    def long_text(self) -> bool:
        """Whether it is sentences rather than words."""
        lengths = [len(text) for text in self.counted]
        return bool(lengths) and sum(lengths) / len(lengths) > LONGEST_SHOWN

    @property
    def samples(self) -> list[str]:
        """The first values that differ."""
        return list(self.counted)[:SHOWN]

    def _mostly(self, holds: Callable[[str], bool], *, but: tuple[str, ...] = ()) -> bool:
        filled = [latin(text) for text in self.counted if text not in but]
        return bool(filled) and sum(map(holds, filled)) >= MOSTLY * len(filled)


def columns_of(rows: Sequence[Sequence[str]], width: int) -> list[Cells]:
    """The columns of rows that are all `width` wide."""
    turned = list(zip(*rows, strict=True)) if rows else [()] * width
    return [Cells(tuple(values)) for values in turned]


def latin(text: str) -> str:
    """`text` with the digits of Arabic as Latin ones."""
    return text.translate(_DIGITS) if not text.isascii() else text


def on_one_line(text: str) -> str:
    """A text without what would end its line or turn it round."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def shown(text: str) -> str:
    """The same, cut where it is long."""
    plain = on_one_line(text)
    return plain if len(plain) <= LONGEST_SHOWN else f"{plain[: LONGEST_SHOWN - 1]}…"
