"""Places of this week as circles by area, with labels that do not cover each other."""

import math
from typing import NamedTuple

from sitrep import measures as m
from sitrep.blocks import Chart, Paragraph, Row, Table, note
from sitrep.charts.canvas import HALF, Canvas, caption, or_none
from sitrep.charts.drawn import table_of
from sitrep.charts.layers import Box, Point
from sitrep.issue import Issue
from sitrep.language import capital, figure, named, say, spoken
from sitrep.maps import areas
from sitrep.maps.areas import District
from sitrep.maps.boundaries import read_lines
from sitrep.maps.frame import Frame
from sitrep.maps.labels import Box as Room
from sitrep.maps.labels import Circle, box_of, place_labels
from sitrep.words import cell, column, placed

KM_PER_DEGREE = 111.2  # of latitude
SCALE_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # km
LABELLED = 16  # more labels than this cover each other
LARGEST = 13.0  # points: radius of the largest circle
SCALE_ROOM = Room(0, 0, 80, 26)  # points: where the scale bar stands
SMALLEST = 1.6  # points: a place hit without casualties is a dot of this radius


class Spot(NamedTuple):
    place: str
    longitude: float
    latitude: float
    own: bool  # the place's own point, not the middle of an area
    killed: float  # NaN where no figure was reported
    injured: float

    @property
    def casualties(self) -> float:
        """As far as there are figures."""
        return sum(each for each in (self.killed, self.injured) if not math.isnan(each))

    @property
    def label(self) -> str:
        name = named(self.place.rpartition(", ")[0] or self.place)
        if self.injured:
            return say("map_label", name=name, killed=self.killed, injured=self.injured)
        if self.killed:
            return say("map_label_killed", name=name, killed=self.killed)
        return name


@spoken
def places(issue: Issue, *, width: float = HALF, height: float = 232) -> Chart | Paragraph:
    """Casualties of this week by place; circles by area, labels killed and injured.

    Of a week without a point to show, the districts alone if any is recorded, else a note.
    """
    spots = _spots(issue)
    if issue.by_day and not spots and not issue.names("place"):
        return note("")  # the table of places says so
    corners = [(spot.longitude, spot.latitude) for spot in spots] or areas.recorded(issue)
    if not corners:
        return note(say("map_empty"))
    xs, ys = zip(*corners, strict=True)
    frame = Frame.around(xs, ys, width, height)
    canvas = Canvas(width, height, mirrored=False)
    canvas.boxes([Box(0, 0, width, height)], ["wash"])
    shown = _boundaries(canvas, issue, frame)
    _draw(canvas, frame, spots, shown)
    _scale_bar(canvas, frame)
    return Chart(
        title=_title(issue) if spots else say("map_title_areas"),
        subtitle="",
        svg=canvas.svg("map"),
        alt=_alt(issue, spots, shown),
        caption=caption(issue, "incidents", notes=_notes(issue, spots, shown)),
        table=_table(issue, spots, shown),
    )


def _spots(issue: Issue) -> list[Spot]:
    """The points of this week, most casualties first."""

    def value(measure: str, place: str) -> float:
        """A place of which no record carries the measure has none recorded."""
        found = issue.numbers.get(measure, issue.week, breakdown="place", group=place)
        return found.value if found else 0.0

    columns, both = ("place", "longitude", "latitude", "own"), issue.has("injured")
    spots = [
        Spot(place, x, y, own, value("killed", place), value("injured", place) if both else 0.0)
        for place, x, y, own in zip(*(issue.points[name] for name in columns), strict=True)
    ]
    return sorted(spots, key=lambda spot: (-spot.casualties, spot.place))


def _boundaries(canvas: Canvas, issue: Issue, frame: Frame) -> list[District]:
    """Districts shaded, if they can be told by p-code, and the lines of all boundaries."""
    if not issue.settings.data.boundaries:
        return []
    shown = [] if issue.by_day else areas.districts(issue, frame)
    areas.draw(canvas, shown)
    rings = read_lines(issue.settings.resolve(issue.settings.data.boundaries))
    # Whole rings: of one cut at the picture's edge, the edge would look like a boundary.
    lines = [[frame.at(*place) for place in ring] for ring in rings if frame.cut(ring)]
    canvas.lines(lines, "muted" if shown else "outline", width=0.4)
    return shown


def _draw(canvas: Canvas, frame: Frame, spots: list[Spot], shown: list[District]) -> None:
    circles = [
        Circle(*frame.at(spot.longitude, spot.latitude), radius)
        for spot, radius in zip(spots, _radii(spots), strict=True)
    ]
    for own, fill, edge, edge_width in (
        (True, "accent", "paper", 0.5),
        (False, "", "accent", 1),
    ):
        chosen = [circle for spot, circle in zip(spots, circles, strict=True) if spot.own == own]
        canvas.circles(
            [Point(circle.x, circle.y) for circle in chosen], [c.radius for c in chosen],
            fill=fill, edge=edge, edge_width=edge_width, alpha=0.85,
        )  # fmt: skip
    texts = [spot.label for spot in spots[:LABELLED]]
    labels = place_labels(texts, circles, width=canvas.width, height=canvas.height)
    taken = [circle.box for circle in circles]
    for circle, text, label in zip(circles, texts, labels, strict=False):
        if label:
            canvas.text(circle.x + label.dx, circle.y + label.dy, text, align=label.align, size=7)
            taken.append(box_of(text, circle, label))
    areas.name(canvas, shown, [*taken, SCALE_ROOM])


def _table(issue: Issue, spots: list[Spot], shown: list[District]) -> Table:
    """The circles, then the districts that are shaded or marked."""
    if not spots:
        heads = [say("table_district"), say("table_this_year_incidents")]
        return table_of(issue, heads, [Row((each.name, cell(each.number))) for each in shown])
    both = issue.has("injured")
    heads = [say("table_place_and_district"), column("killed")]
    heads += [column("injured")] if both else []
    rows = [
        Row((capital(placed(spot.place)), *map(figure, spot[4:] if both else spot[4:5])))
        for spot in spots
    ]
    if shown:
        blank = [""] * len(heads[1:])
        rows = [Row((*row.cells, "")) for row in rows]
        rows += [
            Row((each.name, *blank, cell(each.number)), rule=not n) for n, each in enumerate(shown)
        ]
        heads.append(say("table_this_year_incidents"))
    return table_of(issue, heads, rows)


def _radii(spots: list[Spot]) -> list[float]:
    """Area in proportion to casualties, in points; of totals that were lowered, the least."""
    sizes = [max(spot.casualties, 0) for spot in spots]
    most = max(sizes, default=0)
    return [max(SMALLEST, LARGEST * math.sqrt(size / most) if most else 0) for size in sizes]


def _scale_bar(canvas: Canvas, frame: Frame) -> None:
    shrink = max(math.cos(math.radians((frame.south + frame.north) / 2)), 0.05)
    km = (frame.east - frame.west) * KM_PER_DEGREE * shrink
    length = max(step for step in SCALE_STEPS if step <= km / 4 or step == SCALE_STEPS[0])
    start, up = 10.0, 9.0
    end = start + length / km * canvas.width
    canvas.lines([[(start, up), (end, up)]], "ink", width=1.2)
    canvas.text(start, up + 6, say("map_km", length=length), size=7)


def _title(issue: Issue) -> str:
    both, victims = issue.has("injured"), issue.victims
    return say(f"map_title_both_{victims}" if both else f"map_title_killed_{victims}")


def _circles(issue: Issue) -> str:
    both, victims = issue.has("injured"), issue.victims
    return say(f"map_circles_both_{victims}" if both else f"map_circles_killed_{victims}")


def _notes(issue: Issue, spots: list[Spot], shown: list[District]) -> list[str]:
    notes = [_circles(issue) if spots else say("map_empty")]
    if any(not spot.own for spot in spots):
        notes.append(say("map_hollow"))
    recorded = issue.numbers.groups("incidents", issue.week, "place")
    if spots and set(recorded) - {spot.place for spot in spots} - {m.NOT_RECORDED}:
        notes.append(say("map_not_shown"))
    notes += areas.notes(shown)
    data = issue.settings.data
    if data.boundaries and data.boundaries_credit:
        notes.append(named(data.boundaries_credit))
    return notes


def _alt(issue: Issue, spots: list[Spot], shown: list[District]) -> str:
    phrases = [_said(issue, spot) for spot in spots[:LABELLED]]
    if rest := len(spots) - len(phrases):
        phrases.append(say("map_alt_more", places=rest))
    told = say("map_alt", places=say("map_semicolon").join(phrases))
    said = told if spots else say("map_empty")
    recorded = [each.label for each in shown if each.number]
    return " ".join([said, say("map_alt_areas", areas=recorded)]) if recorded else said


def _said(issue: Issue, spot: Spot) -> str:
    place = placed(spot.place)
    if not issue.has("injured"):
        return say("map_alt_place_killed", place=place, killed=or_none(spot.killed))
    killed, injured = or_none(spot.killed), or_none(spot.injured)
    return say("map_alt_place", place=place, killed=killed, injured=injured)
