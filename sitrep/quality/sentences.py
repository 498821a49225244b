"""What the tables of the data quality report mean, in one sentence or two each.

They speak of the record alone: what is filled, late, doubled or contradicted in it. They
do not say how good it is, nor what the reason might be.
"""

from dataclasses import replace

from sitrep import sentences
from sitrep.blocks import Masthead, Paragraph, Runs
from sitrep.language import named, runs, say, spaced, spoken
from sitrep.quality.delay import NOT_KNOWN, OVER, measure_of
from sitrep.quality.opening import Quality
from sitrep.sentences import numbers_file, provenance
from sitrep.sentences.masthead import illustrative

__all__ = [
    "completeness", "contradictions", "delays", "digits", "gaps", "grades", "masthead",
    "numbers_file", "pairs", "provenance", "rows", "scope", "spellings",
]  # fmt: skip


@spoken
def masthead(quality: Quality) -> Masthead:
    """That of the situation report, under this one's title and without its number."""
    front = sentences.masthead(quality.report)
    return replace(
        front,
        facts=front.facts[1:3],
        banner=illustrative(quality),
        footer=say("quality_footer", title=front.title, area=named(quality.area),
                   week=str(quality.week), day=quality.periods.frozen_on),
        description=rows(quality).plain_text(),
    )  # fmt: skip


@spoken
def scope(quality: Quality) -> Paragraph:
    """Whom it is for, and what it counts."""
    grades = [named(grade) for grade in quality.settings.counting.headline_grades]
    return Paragraph(runs("quality_scope", grades=grades, year=quality.periods.year_label))


@spoken
def rows(quality: Quality) -> Paragraph:
    """What became of the rows."""
    read, used = (quality.numbers.value(f"rows_{name}", "") for name in ("read", "used"))
    if read == used:
        return Paragraph(runs("quality_rows_all_used", rows=read))
    return Paragraph(runs("quality_rows_used", read=read, used=used))


@spoken
def grades(quality: Quality) -> Paragraph:
    """How many of the week's incidents are confirmed, and how many wait."""
    return Paragraph(spaced(_confirmed(quality), _pending(quality)))


def _confirmed(quality: Quality) -> Runs:
    total = quality.numbers.value("incidents", quality.week)
    if not total > 0:
        return runs("quality_no_reports" if quality.by_day else "quality_no_incidents")
    confirmed = _graded(quality, "confirmed")
    of_incidents = (
        say("quality_of_reports", reports=total)
        if quality.by_day
        else say("quality_of_incidents", incidents=total)
    )
    if not confirmed > 0:
        return runs("quality_none_confirmed", of_incidents=of_incidents)
    return runs("quality_confirmed", of_incidents=of_incidents, confirmed=confirmed)


def _pending(quality: Quality) -> Runs:
    pending = _graded(quality, "pending")
    if "pending" in quality.settings.counting.headline_grades or not pending > 0:
        return ()
    return runs("quality_pending", pending=pending)


def _graded(quality: Quality, grade: str) -> float:
    return quality.numbers.value("incidents", quality.week, breakdown="status", group=grade)


@spoken
def completeness(quality: Quality) -> Paragraph:
    """The field that fewest incidents have, and the one that most have."""
    numbers, year = quality.numbers, quality.periods.year_label
    total = numbers.value("incidents", year)
    if not total > 0:
        return Paragraph(())
    counts = {
        field: numbers.value("filled", year, breakdown="field", group=field)
        for field in numbers.groups("filled", year, "field")
    }
    filled = {field: count for field, count in counts.items() if count == count}  # not withheld
    full = [named(field) for field, count in filled.items() if count == total]
    if len(full) == len(filled):
        return Paragraph(
            runs("quality_all_filled_reports" if quality.by_day else "quality_all_filled")
        )
    always = "quality_always_filled_reports" if quality.by_day else "quality_always_filled"
    least = min(filled, key=lambda field: filled[field])
    return Paragraph(
        spaced(
            runs(always, fields=full) if full else (),
            runs("quality_least_filled", field=named(least), filled=filled[least],
                 incidents=total),
            runs("quality_blank"),
        )
    )  # fmt: skip


@spoken
def delays(quality: Quality) -> Paragraph:
    """How many came in within a week, how many later, and how many changed afterwards."""
    numbers, year = quality.numbers, quality.periods.year_label
    total, unknown = numbers.value("records", year), numbers.value(measure_of(NOT_KNOWN), year)
    if not total > 0:
        return Paragraph(runs("quality_no_records"))
    changed = numbers.value("records_changed", year)
    return Paragraph(
        spaced(
            runs("quality_no_delays") if unknown == total else _came_in(quality, total),
            runs("quality_changed", records=changed) if changed else runs("quality_none_changed"),
        )
    )


def _came_in(quality: Quality, total: float) -> Runs:
    numbers, year = quality.numbers, quality.periods.year_label
    late = numbers.value(measure_of(OVER), year)
    return runs(
        "quality_delays",
        of_records=say("quality_of_records", records=total),
        within=say("quality_within_a_week", records=numbers.value("records_within_7_days", year)),
        late=say("quality_late", records=late) if late else say("quality_none_late"),
    )


@spoken
def pairs(quality: Quality) -> Paragraph:
    """How many pairs there are, what makes one, and that none is merged."""
    if quality.by_day:
        return Paragraph(runs("quality_pairs_of_reports"))
    numbers, window = quality.numbers, quality.window
    count = numbers.value("suspected_pairs", window)
    if count == 0:
        return Paragraph(runs("quality_no_pairs", weeks=window))
    records = numbers.value("records_in_suspected_pairs", window)
    return Paragraph(
        spaced(
            runs("quality_pairs", pairs=count, weeks=window,
                 records_in_all=say("quality_records_in_all", records=records)),
            runs("quality_pair_undecided") if count == 1 else runs("quality_pairs_undecided"),
            _listed(quality),
        )
    )  # fmt: skip


def _listed(quality: Quality) -> Runs:
    listed = quality.numbers.value("suspected_pairs_listed", quality.recent)
    if not listed:
        return ()
    key = "quality_pair_listed" if listed == 1 else "quality_pairs_listed"
    return runs(key, weeks=quality.recent)


@spoken
def gaps(quality: Quality) -> Paragraph:
    """What a name without a code or a point costs."""
    found = any(gap.names for gap in quality.unplaced)
    return Paragraph(runs("quality_gaps") if found else runs("quality_no_gaps"))


@spoken
def spellings(quality: Quality) -> Paragraph:
    """How many names of one area may be one place, and who decides."""
    pairs = quality.numbers.value("names_spelt_alike", quality.window)
    if not pairs:
        return Paragraph(runs("quality_none_spelt_alike", weeks=quality.window))
    return Paragraph(runs("quality_spelt_alike", pairs=pairs, weeks=quality.window))


@spoken
def digits(quality: Quality) -> Paragraph:
    """How many figures end in 0 or 5, against a fifth."""
    numbers, window = quality.numbers, quality.window
    size, ends = (numbers.value(f"displaced_{name}", window) for name in ("figures", "round"))
    if not ends >= 0:
        return Paragraph(runs("quality_few_digits"))
    fifth = numbers.value("displaced_round_by_chance", window)
    return Paragraph(runs("quality_digits", figures=size, round=ends, fifth=fifth))


@spoken
def contradictions(quality: Quality) -> Paragraph:
    """How many records of the year contradict themselves, and what is done with them."""
    count = quality.numbers.value("records_flagged", quality.periods.year_label)
    if not count > 0:
        return Paragraph(runs("quality_no_contradictions"))
    return Paragraph(runs("quality_contradictions", records=count))
