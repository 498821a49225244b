"""Counts in a few classes, each with a shade of its own, for pictures that shade cells or areas.

None recorded is a class of its own, and so is what has no figure: neither is ever shaded as if it
were a small count.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sitrep.language import figure, say
from sitrep.words import span

SHADES = ("accent_pale", "accent_mid", "accent")  # of counts above zero, the lowest class first


@dataclass(frozen=True)
class Classes:
    """The least count of each class above zero, in rising order."""

    least: tuple[int, ...]

    def shade(self, count: float) -> str:
        """The shade of a count above zero."""
        place = sum(count >= least for least in self.least) - 1
        return SHADES[len(SHADES) - len(self.least) :][place]

    def named(self) -> list[tuple[str, str]]:
        """Shade and words of each class: ``1–2``, ``3–7``, ``8 or more``."""
        uppers = [least - 1 for least in self.least[1:]]
        texts = [
            figure(low) if low == high else span(low, high)
            for low, high in zip(self.least, uppers, strict=False)
        ]
        last = say("chart_class_or_more", least=self.least[-1]) if self.least else ""
        return [
            (self.shade(low), text) for low, text in zip(self.least, [*texts, last], strict=True)
        ]


def thirds(counts: Iterable[float]) -> Classes:
    """Classes that hold a third of the counts above zero each, as far as equal counts allow."""
    known = sorted(count for count in counts if count > 0)
    if not known:
        return Classes(())
    bounds = (known[len(known) * part // len(SHADES)] for part in range(1, len(SHADES)))
    return Classes(tuple(dict.fromkeys([1, *map(int, bounds)])))
