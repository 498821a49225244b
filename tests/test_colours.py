"""Colours that are to be told apart can be: in grey print, and by those who see colour otherwise.

The three common kinds of colour blindness are simulated by the matrices of Machado, Oliveira and
Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision Deficiency",
IEEE TVCG 15(6), at full severity, on linear RGB. Distance is that of CIE 1976 L*a*b* (2.3 is
just noticeable), in grey print the difference of lightness L* alone.
"""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from sitrep.charts.classes import SHADES
from sitrep.charts.layers import OUTLINED, Box, Boxes
from sitrep.drawing.sheet import Sheet
from sitrep.html.theme import dark
from sitrep.maps import areas
from sitrep.style import colours
from sitrep.style.accent import contrast_on_white

SIGHT = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
    "grey": np.array([[0.2126, 0.7152, 0.0722]] * 3),
}  # fmt: skip
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = XYZ.sum(axis=1)  # D65

# Names of colours that one chart sets beside each other with different meanings.
TOLD_APART = {
    "this week, weeks filling up, settled: casualties": ("accent", "accent_pale", "settled"),
    "this week, weeks before: displacement": ("displacement_area", "displacement_pale"),
    "this week, settled: displacement": ("displacement_area", "settled"),
    "this week, weeks filling up, settled: incidents": ("ink", "muted", "settled"),
    "women, children, men, not recorded": ("accent", "accent_mid", "accent_pale", "unknown"),
    "casualties, displacement": ("accent", "displacement_area"),
    "filled, not recorded": ("muted", "unknown"),
    "classes of counts": SHADES,
    "none, and classes of districts": (areas.NONE, *areas.SHADES),
}
LEAST_DISTANCE = 8.0  # three times what is just noticeable, and more


def lab(colour: str, sight: NDArray[np.float64]) -> NDArray[np.float64]:
    """L*, a*, b* of ``#rrggbb`` as somebody of that sight sees it."""
    value = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    ratio = XYZ @ np.clip(sight @ linear, 0, 1) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(lab(one, SIGHT[sight]) - lab(other, SIGHT[sight])))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("meanings", TOLD_APART)
def test_colours_of_one_chart_can_be_told_apart(meanings: str, sight: str) -> None:
    for one, other in combinations(TOLD_APART[meanings], 2):
        found = distance(colours()[one], colours()[other], sight)
        assert found >= LEAST_DISTANCE, f"{one}, {other}: {found:.1f}"


def test_the_measure_finds_what_is_known_to_look_alike() -> None:
    # Red and green; brown and olive, of one lightness.
    assert distance("#d62728", "#3f8f3f", "all colours") > 80
    assert distance("#a8662b", "#6f8a2e", "deuteranopia") < 20
    assert distance("#a8662b", "#6f8a2e", "all colours") > 35
    assert distance("#808080", "#808080", "grey") == 0
    assert lab("#ffffff", SIGHT["grey"])[0] == pytest.approx(100, abs=0.01)
    assert abs(lab("#1f5a6b", SIGHT["grey"])[1]) < 0.1  # grey has no hue


@pytest.mark.parametrize("name", ["ink", "muted", "accent", "displacement"])
def test_text_has_a_contrast_of_4_5(name: str) -> None:
    on_white = contrast_on_white(colours()[name])
    assert on_white >= 4.5
    assert on_white / contrast_on_white(colours()["wash"]) >= 4.5


# WCAG 2.2, 1.4.11 asks 3 : 1 of what has to be seen to understand a picture. These say nothing:
# what stands on the first two is judged against them, rules and grid only guide the eye.
GROUNDS, GUIDES = ("paper", "wash"), ("rule", "grid")
ACCENTS = ["", "#767676", "#7a1f2b", "#005a9c"]  # our own; the palest that is taken; two others


@pytest.mark.parametrize("theme", [str, dark])
@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("name", sorted(set(colours()) - {*GROUNDS, *GUIDES}))
def test_every_mark_or_the_line_around_it_has_a_contrast_of_3(name, accent, theme):
    palette = colours(accent)
    mark, *grounds = (contrast_on_white(theme(palette[each]))
                      for each in (OUTLINED.get(name, name), *GROUNDS))  # fmt: skip
    for ground in grounds:
        assert max(mark, ground) / min(mark, ground) >= 3


def test_a_pale_box_has_its_line_within_it_and_an_empty_one_has_none():
    sheet = Sheet(20, 10)
    Boxes([Box(0, 0, 10, 8), Box(10, 0, 20, 0)], ["settled", "settled"]).draw(sheet)
    # 0.25 from each edge of the first; nothing is drawn of the second, which has no height.
    assert '<path d="M0.25 9.75L0.25 2.25L9.75 2.25L9.75 9.75Z" fill=' in sheet.svg("boxes")
    assert f'stroke="{colours()["outline"]}" stroke-width="0.5"' in sheet.svg("boxes")


@pytest.mark.parametrize("shade", ["wash", areas.NONE, *areas.SHADES])
def test_names_on_the_map_can_be_read_on_every_shade(shade: str) -> None:
    on_white = contrast_on_white(colours()[areas.INK])
    assert on_white / contrast_on_white(colours()[shade]) >= 4.5
    # A circle on it, which has a white line around it besides.
    assert contrast_on_white(colours()["accent"]) / contrast_on_white(colours()[shade]) >= 3
