"""What is counted: the measures, and what each is called.

A measure is a column of the weekly series. Labels depend on whose deaths the input
counts (`victims`): "civilians killed" and "people killed" are never one word.
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
    """A thing counted. `people` is true where the unit is a person, not a record."""

    name: str
    label: str  # "{victims}" becomes civilians or people
    unit: str
    tone: Tone
    ranged: bool = False  # has lows and highs of its own
    headline: bool = False

    def label_for(self, victims: str) -> str:
        """The label in a title or table, such as ``civilians killed``."""
        return self.label.format(victims="civilians" if victims == "civilians" else "people")


MEASURES = {
    measure.name: measure
    for measure in (
        Measure("killed", "{victims} killed", "people", "casualties", ranged=True, headline=True),
        Measure("injured", "{victims} injured", "people", "casualties", ranged=True, headline=True),
        Measure("displaced", "people newly displaced", "people", "displacement", headline=True),
        Measure("incidents", "incidents", "incidents", "ink", headline=True),
        Measure("places", "places hit", "places", "ink", headline=True),
        Measure("displacement_records", "records of displacement alone", "records", "ink"),
        Measure(
            "households", "households newly displaced, people not counted", "households", "ink"
        ),
        Measure("returned", "people returned", "people", "displacement"),
        Measure("stock", "people living in displacement", "people", "displacement"),
        Measure("combatants_killed", "combatants killed", "people", "ink"),
        Measure("killed_civilians", "of them known to be civilians", "people", "casualties"),
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
