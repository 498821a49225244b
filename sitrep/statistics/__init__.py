"""Whether a week is unusual, how late records arrive, and what is still to be recorded.

Every function here takes plain sequences of counts, oldest week first, and gives plain
values back: nothing of reports, words or layout. What the numbers may be taken for: the
counts are of incidents that were *recorded*, by whoever recorded then. None of these
methods turns a record into the violence itself, none says why a week was unusual, and none
looks ahead.

`baseline` chooses the weeks to compare with, `prediction` gives the range expected from
them, `record` needs no model at all. `ears` and `farrington` are published detectors,
kept as references. `delay` and `nowcast` describe late records.
"""
