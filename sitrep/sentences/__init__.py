"""The sentences of the report: each is a rule over the numbers of the issue.

They speak of what was *recorded*, never of what happened; they do not rank
perpetrators, explain, or compare by percentage. A rule that has nothing to say gives
nothing. Every figure is looked up in the issue's numbers; every word stands in
`sitrep/language/wordings`, and `say` is the only way to it.
"""

from sitrep.sentences.highlights import highlights
from sitrep.sentences.masthead import masthead
from sitrep.sentences.method import context, definitions, numbers_file, provenance
from sitrep.sentences.reading import how_to_read, who, without_week
from sitrep.sentences.revisions import revisions, revisions_file
from sitrep.sentences.unusual import nowcast, unusual

__all__ = [
    "context",
    "definitions",
    "highlights",
    "how_to_read",
    "masthead",
    "nowcast",
    "numbers_file",
    "provenance",
    "revisions",
    "revisions_file",
    "unusual",
    "who",
    "without_week",
]
