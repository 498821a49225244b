"""What the tables of the data quality report mean, in one sentence or two each.

They speak of the record alone: what is filled, late, doubled or contradicted in it. They
do not say how good it is, nor what the reason might be.
"""

from dataclasses import replace

from sitrep import sentences
from sitrep.blocks import Masthead, Paragraph, Run
from sitrep.quality.delay import measure_of
from sitrep.quality.opening import Quality
from sitrep.sentences import numbers_file, provenance
from sitrep.sentences.masthead import illustrative
from sitrep.words import capital, day, figure, joined, plural, spelled

__all__ = [
    "completeness", "contradictions", "delays", "digits", "gaps", "grades", "masthead",
    "numbers_file", "pairs", "provenance", "rows", "scope",
]  # fmt: skip


def masthead(quality: Quality) -> Masthead:
    """That of the situation report, under this one's title and without its number."""
    front = sentences.masthead(quality.report)
    frozen = day(quality.periods.frozen_on)
    return replace(
        front,
        facts=front.facts[1:3],
        banner=illustrative(quality),
        footer=f"{front.title} · {quality.area} · {quality.week} · data frozen {frozen}",
        description=rows(quality).plain_text(),
    )


def scope(quality: Quality) -> Paragraph:
    """Whom it is for, and what it counts."""
    held = joined(list(quality.settings.counting.headline_grades))
    year = quality.periods.year_label
    return _said(
        "For those who keep the record: what the file holds, what it leaves open, and what a "
        "person should look at before the week is published. Unless a table says otherwise, it "
        f"counts the records that the totals hold (graded {held}) of the year to date, {year}."
    )


def rows(quality: Quality) -> Paragraph:
    """What became of the rows."""
    read, used = (quality.numbers.value(f"rows_{name}", "") for name in ("read", "used"))
    if read == used:
        return _said(f"All {figure(read)} rows read are used.")
    verb = plural(used, "is", "are")
    return _said(
        f"Of {_many(read, 'row', 'rows')} read, {figure(used)} {verb} used; each of the others "
        "stands in rejected.csv with its reason."
    )


def grades(quality: Quality) -> Paragraph:
    """How many of the week's incidents are confirmed, and how many wait."""
    numbers, week = quality.numbers, quality.week
    total = numbers.value("incidents", week)
    pending = numbers.get("incidents", week, breakdown="status", group="pending")
    beside = ""
    if pending and "pending" not in quality.settings.counting.headline_grades:
        verb = plural(pending.value, "stands", "stand")
        beside = f" {capital(spelled(pending.value))} more, pending, {verb} beside the totals."
    if total == 0:
        return _said(f"No incidents were recorded in this week.{beside}")
    confirmed = numbers.get("incidents", week, breakdown="status", group="confirmed")
    count = spelled(confirmed.value) if confirmed else "none"
    verb = plural(confirmed.value if confirmed else 1, "is", "are")
    return _said(
        f"Of {_many(total, 'incident', 'incidents')} of this week, {count} {verb} confirmed."
        f"{beside}"
    )


def completeness(quality: Quality) -> Paragraph:
    """The field that fewest incidents have, and the one that most have."""
    numbers, year = quality.numbers, quality.periods.year_label
    total = numbers.value("incidents", year)
    if not total > 0:
        return _said("")
    counts = {
        field: numbers.value("filled", year, breakdown="field", group=field)
        for field in numbers.groups("filled", year, "field")
    }
    filled = {field: count for field, count in counts.items() if count == count}
    full = [field for field, count in filled.items() if count == total]
    least = min(filled, key=lambda field: filled[field])
    if len(full) == len(filled):
        return _said("Every field looked at is filled in every incident of the year.")
    first = f"Filled in every incident of the year: {joined(full)}. " if full else ""
    return _said(
        f"{first}The field that fewest have is {least}: {figure(filled[least])} of "
        f"{figure(total)}. What is blank was not reported; it is not zero."
    )


def delays(quality: Quality) -> Paragraph:
    """How many came in within a week, how many later, and how many changed afterwards."""
    numbers, year = quality.numbers, quality.periods.year_label
    total, unknown = numbers.value("records", year), numbers.value(measure_of("not known"), year)
    changed = numbers.value("records_changed", year)
    later = (
        f"{capital(spelled(changed))} changed after the first report."
        if changed
        else "No record says that it changed after its first report."
    )
    if not total > 0:
        return _said("No record is dated to this year.")
    if unknown == total:
        return _said(f"No record of this year says when it came in. {later}")
    within = numbers.value("records_within_7_days", year)
    late = numbers.value(measure_of("over 28 days"), year)
    count = "none" if late == 0 else spelled(late)
    return _said(
        f"Of {_many(total, 'record', 'records')} of the year, {figure(within)} came in within a "
        f"week of the event and {count} more than four weeks after it. {later}"
    )


def pairs(quality: Quality) -> Paragraph:
    """How many pairs there are, what makes one, and that none is merged."""
    numbers, window = quality.numbers, quality.window
    count = numbers.value("suspected_pairs", window)
    rule = "name the same place, lie at most a day apart, and give counts that overlap"
    if count == 0:
        return _said(f"No two records of {window} {rule}.")
    records = numbers.value("records_in_suspected_pairs", window)
    noun, verb = plural(count, "pair", "pairs"), plural(count, "is", "are")
    listed = numbers.value("suspected_pairs_listed", quality.recent)
    below = (
        f" Below {plural(listed, 'is', 'are')} the latest of {quality.recent}." if listed else ""
    )
    return _said(
        f"{capital(spelled(count))} {noun} of records, {spelled(records)} records in all, of "
        f"{window} {rule}. Whether they tell of one incident or of two is for a person to "
        f"decide: {plural(count, 'both', 'all')} {verb} in the totals, and none is merged.{below}"
    )


def gaps(quality: Quality) -> Paragraph:
    """What a name without a code or a point costs."""
    if not any(gap.names for gap in quality.unplaced):
        return _said(
            "Every area named has its p-code and one spelling, and every place its coordinates."
        )
    return _said(
        "A name without a p-code is told from others by its spelling alone, and a place without "
        "coordinates is on no map."
    )


def digits(quality: Quality) -> Paragraph:
    """How many figures end in 0 or 5, against a fifth."""
    numbers, window = quality.numbers, quality.window
    size, ends = (numbers.value(f"displaced_{name}", window) for name in ("figures", "round"))
    if not ends >= 0:
        return _said(
            "Fewer than thirty figures of people displaced are of ten or more: too few to look at "
            "their last digits."
        )
    fifth = numbers.value("displaced_round_by_chance", window)
    return _said(
        f"Of {figure(size)} figures of people displaced, {figure(ends)} end in 0 or 5; of figures "
        f"counted one by one a fifth, {figure(fifth)}, would. Rounded figures end so more often."
    )


def contradictions(quality: Quality) -> Paragraph:
    """How many records of the year contradict themselves, and what is done with them."""
    count = quality.numbers.value("records_flagged", quality.periods.year_label)
    if not count > 0:
        return _said("No record of the year has parts or a range that contradict its total.")
    verb = plural(count, "record of the year has", "records of the year have")
    return _said(
        f"{capital(spelled(count))} {verb} parts or a range that contradict the total: the total "
        "counts, the breakdown or the range does not."
    )


def _many(count: float, one: str, many: str) -> str:
    """``the one row``, ``the 6,000 rows``."""
    return f"the one {one}" if count == 1 else f"the {figure(count)} {many}"


def _said(text: str) -> Paragraph:
    return Paragraph((Run(text),) if text else ())
