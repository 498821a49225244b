"""How far the data of a week can be trusted: the second report of the suite.

One module for each question computes its numbers from the records; `tables`, `charts` and
`sentences` look them up and give blocks, as the rooms of those names do for the situation
report. Nothing is repaired or merged here: what is found is listed for a person.
"""

from sitrep.quality.opening import Quality, open_quality

__all__ = ["Quality", "open_quality"]
