"""What is counted: the measures, and the classes that some are parted into.

A measure is a column of the weekly series. What it is called (`sitrep.words.measure`)
depends on whose deaths the input counts: "civilians killed" and "people killed" are never one
word.
"""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["casualties", "displacement", "ink"]

WOMEN, MEN, GIRLS, BOYS = "women", "men", "girls", "boys"
CHILDREN_SEX_UNKNOWN = "children, sex not recorded"
REMAINDER = "men, or sex and age not recorded"
REMAINDER_MEN_KNOWN = "sex and age not recorded"
CHILDREN = "children"  # girls, boys and children of unknown sex together

# Parts of a whole, fine and broad: both add up to the total of every week.
SEX_AGE = "sex_age"
SEX_AGE_PARTS = (WOMEN, MEN, GIRLS, BOYS, CHILDREN_SEX_UNKNOWN, REMAINDER)
WHO = "who"
WHO_PARTS = (WOMEN, MEN, CHILDREN, REMAINDER)
SINGULAR = {WOMEN: "woman", MEN: "man", CHILDREN: "child"}
WHO_OF_SEX_AGE = {part: CHILDREN if part in SEX_AGE_PARTS[2:5] else part for part in SEX_AGE_PARTS}

NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Measure:
    """A thing counted."""

    name: str
    tone: Tone
    by_victims: bool = False  # of civilians and of all people it has two names


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("killed", "casualties", by_victims=True),
        Measure("injured", "casualties", by_victims=True),
        Measure("displaced", "displacement"),
        Measure("incidents", "ink"),
        Measure("places", "ink"),
        Measure("displacement_records", "ink"),
        Measure("households", "ink"),
        Measure("returned", "displacement"),
        Measure("stock", "displacement"),
        Measure("combatants_killed", "ink"),
        Measure("killed_civilians", "casualties"),
    )
}

SUMMED = (
    "killed",
    "injured",
    "displaced",
    "households",
    "returned",
    "stock",
    "combatants_killed",
    "killed_civilians",
)
