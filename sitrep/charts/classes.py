"""Counts in a few classes, each with a shade of its own, for pictures that shade cells or areas.

None recorded is a class of its own, and so is what has no figure: neither is ever shaded as if it
were a small count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from sitrep.language import figure, say
from sitrep.words import span

SHADES = ("accent_pale", "accent_mid", "accent")  # of counts above zero, the lowest class first


@dataclass(frozen=True)
class Classes:
    """The least count of each class above zero, in rising order."""

    least: tuple[int, ...]
    shades: tuple[str, ...] = SHADES

    def shade(self, count: float) -> str:
        """The shade of a count above zero."""
        place = sum(count >= least for least in self.least) - 1
        return self.shades[len(self.shades) - len(self.least) :][place]

    def named(self) -> list[tuple[str, str]]:
        """Shade and words of each class: ``1–2``, ``3–7``, ``8 or more``."""
        if not self.least:
            return []
        *_, last = self.least
        texts = [
            figure(low) if low + 1 == next_least else span(low, next_least - 1)
            for low, next_least in pairwise(self.least)
        ]
        texts.append(say("chart_class_or_more", least=last))
        return [(self.shade(low), text) for low, text in zip(self.least, texts, strict=True)]


def classes_of(counts: Iterable[float], shades: tuple[str, ...] = SHADES) -> Classes:
    """A class for each shade, or fewer, each beginning at the same multiple of the one before.

    Few counts are large and most are small: classes of equal width would put nearly all in the
    first. Rounded up to whole numbers, so that small counts have fewer classes.
    """
    top = max((count for count in counts if count > 0), default=0)
    if not top:
        return Classes((), shades)
    bounds = (ceil(round(top ** (part / len(shades)), 6)) for part in range(len(shades)))
    return Classes(tuple(dict.fromkeys(bounds)), shades)
