"""Places of this week as circles by area, with labels that do not cover each other."""

import math
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from sitrep import measures as m
from sitrep.blocks import Chart
from sitrep.charts.canvas import HALF, axes_in, canvas, caption
from sitrep.figures import figure_svg
from sitrep.issue import Issue
from sitrep.maps.boundaries import read_lines
from sitrep.maps.labels import Circle, place_labels
from sitrep.style import colours
from sitrep.words import capital, figure, plural

KM_PER_DEGREE = 111.2  # of latitude
SCALE_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # km
LABELLED = 16  # more labels than this cover each other
LARGEST = 13.0  # points: radius of the largest circle
SMALLEST = 1.6  # points: a place hit without casualties is a dot of this radius
SMALLEST_SPAN = 0.12  # degrees: a map of one village shows its surroundings


class Spot(NamedTuple):
    place: str
    longitude: float
    latitude: float
    own: bool  # the place's own point, not the middle of an area
    killed: float
    injured: float

    @property
    def casualties(self) -> float:
        return self.killed + self.injured

    @property
    def label(self) -> str:
        name = self.place.rpartition(", ")[0] or self.place
        if self.injured:
            return f"{name} {figure(self.killed)}, {figure(self.injured)}"
        return f"{name} {figure(self.killed)}" if self.killed else name


class Frame(NamedTuple):
    """The part of the world shown, in degrees, and the picture's size in points."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    def points(self, spot: Spot) -> tuple[float, float]:
        x = (spot.longitude - self.west) / (self.east - self.west) * self.width
        return x, (spot.latitude - self.south) / (self.north - self.south) * self.height


def places(issue: Issue, *, width: float = HALF, height: float = 232) -> Chart:
    """Casualties of this week by place; circles by area, labels killed and injured."""
    spots = _spots(issue)
    fig = canvas(width, height)
    axes = axes_in(fig, left=1, right=1, top=1, bottom=1)
    axes.set_axis_off()
    if spots:
        _draw(axes, issue, spots, _frame(spots, width - 2, height - 2))
    else:
        axes.text(
            0.5, 0.5, "No place of this week has a point\nthat this edition may show.",
            transform=axes.transAxes, ha="center", va="center",
        )  # fmt: skip
    label = m.MEASURES["killed"].label_for(issue.victims)
    both = f"{label} and injured" if issue.has("injured") else label
    return Chart(
        title=f"Places hit, with {both}",
        subtitle="",
        svg=figure_svg(fig, name="map"),
        alt=_alt(issue, spots),
        caption=caption(issue, "incidents", notes=_notes(issue, spots, both)),
    )


def _spots(issue: Issue) -> list[Spot]:
    """The points of this week, most casualties first."""

    def value(measure: str, place: str) -> float:
        found = issue.numbers.value(measure, issue.week, breakdown="place", group=place)
        return 0.0 if math.isnan(found) else found

    columns = ("place", "longitude", "latitude", "own")
    spots = [
        Spot(place, x, y, own, value("killed", place), value("injured", place))
        for place, x, y, own in zip(*(issue.points[name] for name in columns), strict=True)
    ]
    return sorted(spots, key=lambda spot: (-spot.casualties, spot.place))


def _draw(axes: Axes, issue: Issue, spots: list[Spot], frame: Frame) -> None:
    palette = colours()
    axes.set_xlim(frame.west, frame.east)
    axes.set_ylim(frame.south, frame.north)
    axes.add_patch(
        Rectangle((0, 0), 1, 1, transform=axes.transAxes, facecolor=palette["wash"], zorder=0)
    )
    if issue.settings.data.boundaries:
        lines = read_lines(issue.settings.resolve(issue.settings.data.boundaries))
        axes.add_collection(LineCollection(lines, colors=palette["settled"], linewidths=0.6))
    radii = _radii(spots)
    for own in (True, False):
        chosen = [(spot, r) for spot, r in zip(spots, radii, strict=True) if spot.own == own]
        axes.scatter(
            [spot.longitude for spot, _ in chosen], [spot.latitude for spot, _ in chosen],
            s=[(2 * radius) ** 2 for _, radius in chosen],
            facecolor=palette["accent"] if own else "none",
            edgecolor=palette["paper"] if own else palette["accent"],
            linewidth=0.5 if own else 1, alpha=0.85, zorder=3,
        )  # fmt: skip
    _label(axes, spots, radii, frame)
    _scale_bar(axes, frame)


def _frame(spots: list[Spot], width: float, height: float) -> Frame:
    """Room around the points; longitudes shrunk so that a kilometre is one in both directions."""
    xs, ys = [spot.longitude for spot in spots], [spot.latitude for spot in spots]
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    shrink = max(math.cos(math.radians(y)), 0.05)
    wide = max(max(xs) - min(xs), SMALLEST_SPAN) * 1.5 * shrink
    tall = max(max(max(ys) - min(ys), SMALLEST_SPAN) * 1.3, wide * height / width)
    wide = tall * width / height / shrink
    return Frame(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2, width, height)


def _radii(spots: list[Spot]) -> list[float]:
    """Area in proportion to casualties, in points."""
    most = max(spot.casualties for spot in spots)
    return [max(SMALLEST, LARGEST * math.sqrt(s.casualties / most) if most else 0) for s in spots]


def _label(axes: Axes, spots: list[Spot], radii: list[float], frame: Frame) -> None:
    circles = [
        Circle(*frame.points(spot), radius) for spot, radius in zip(spots, radii, strict=True)
    ]
    texts = [spot.label for spot in spots[:LABELLED]]
    labels = place_labels(texts, circles, width=frame.width, height=frame.height)
    for spot, text, label in zip(spots, texts, labels, strict=False):
        if label:
            axes.annotate(
                text, (spot.longitude, spot.latitude), xytext=(label.dx, label.dy),
                textcoords="offset points", ha=label.align, va="center", fontsize=7, zorder=5,
            )  # fmt: skip


def _scale_bar(axes: Axes, frame: Frame) -> None:
    shrink = max(math.cos(math.radians((frame.south + frame.north) / 2)), 0.05)
    km = (frame.east - frame.west) * KM_PER_DEGREE * shrink
    length = max(step for step in SCALE_STEPS if step <= km / 4 or step == SCALE_STEPS[0])
    start, end = 0.04, 0.04 + length / km
    axes.plot(
        [start, end],
        [0.04, 0.04],
        transform=axes.transAxes,
        color=colours()["ink"],
        lw=1.2,
        zorder=4,
    )
    axes.text(start, 0.05, f"{length:,} km", transform=axes.transAxes, fontsize=7, va="bottom")


def _notes(issue: Issue, spots: list[Spot], both: str) -> list[str]:
    if not spots:
        return []
    numbers = "killed, injured" if issue.has("injured") else "killed"
    notes = [f"Circles: {both}, area in proportion; figures: {numbers}."]
    if any(not spot.own for spot in spots):
        notes.append("Hollow circles stand in the middle of an area, not at a place.")
    named = issue.numbers.groups("incidents", issue.week, "place")
    if set(named) - {spot.place for spot in spots} - {m.NOT_RECORDED}:
        notes.append("Places without a point that may be shown stand in the table alone.")
    data = issue.settings.data
    return [*notes, data.boundaries_credit] if data.boundaries and data.boundaries_credit else notes


def _alt(issue: Issue, spots: list[Spot]) -> str:
    if not spots:
        return "No place of this week has a point that may be shown."
    phrases = []
    for spot in spots[:LABELLED]:
        text = f"{spot.place}: {figure(spot.killed)} killed"
        both = issue.has("injured")
        phrases.append(f"{text}, {figure(spot.injured)} injured" if both else text)
    rest = len(spots) - len(phrases)
    more = [f"and {figure(rest)} {plural(rest, 'place', 'places')} more"] if rest else []
    return capital(f"map of places hit. {'; '.join([*phrases, *more])}.")
