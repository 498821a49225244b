"""An organisation's own accent colour: whether it can be read on white, and its tints."""

import re

# WCAG 2: text of normal size, black on white is 21.
LEAST_CONTRAST = 4.5
# How far the tints lie from the accent towards white, as in our own colours.
_TINTS = {"accent_mid": 0.34, "accent_pale": 0.57}
_COLOUR = re.compile("#[0-9a-f]{6}", re.IGNORECASE)
_WHITE, _BLACK = 255, 0


def is_colour(text: str) -> bool:
    """Whether the text is ``#rrggbb``."""
    return bool(_COLOUR.fullmatch(text))


def contrast_on_white(colour: str) -> float:
    """The contrast ratio of WCAG 2 between ``#rrggbb`` and white, from 1 to 21."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in _parts(colour))
    ]
    luminance = sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (luminance + 0.05)


def nearest_passing(colour: str) -> str:
    """The colour itself, or the lightest shade of it that is dark enough to be read."""
    shades = (_mixed(colour, _BLACK, step / 200) for step in range(201))
    return next(shade for shade in shades if contrast_on_white(shade) >= LEAST_CONTRAST)


def tints(accent: str) -> dict[str, str]:
    """The accent and the two lighter colours that go with it, by their names."""
    return {
        "accent": accent.lower(),
        **{name: _mixed(accent, _WHITE, share) for name, share in _TINTS.items()},
    }


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _mixed(colour: str, other: int, share: float) -> str:
    mixed = (round(part + (other - part) * share) for part in _parts(colour))
    return "#" + "".join(f"{part:02x}" for part in mixed)
