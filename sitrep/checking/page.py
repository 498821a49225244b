"""The page: rows first, then the layout, its columns, what was rejected, and the places.

Every number on it is one of the store's, or counted from its rows.
"""

from collections.abc import Iterator, Sequence

from sitrep.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Masthead,
    Paragraph,
    Row,
    Run,
    Table,
    note,
)
from sitrep.checking.opening import Checked, File, Use
from sitrep.checking.unmatched import NearPair, Unmatched
from sitrep.incidents import Finding
from sitrep.language import figure, isolated, named, say, spoken
from sitrep.words import NOT_REPORTED, listed, reason, unbroken

MOST_PLACES = 60
_LONGEST = 80  # letters of a cell that is shown
_FOUND = {"rejected": "check_rejected", "flagged": "check_flagged"}  # outcomes to titles


@spoken
def document(checked: Checked) -> Document:
    """The whole page as a document for the template of reports."""
    masthead = _masthead(checked)
    blocks = [masthead, *_blocks(checked)]
    return Document(
        lang=masthead.lang,
        title=masthead.title,
        description=masthead.description,
        author=masthead.organisation,
        date="",
        footer=masthead.footer,
        blocks=[block.to_json() for block in blocks],
        digits=masthead.digits,
        accent=masthead.accent,
    )


def _masthead(checked: Checked) -> Masthead:
    store, report = checked.store, checked.settings.report
    title = say("check_title", file=store.file_name)
    return Masthead(
        organisation=named(report.organisation),
        title=title,
        subtitle=named(store.profile.title),
        facts=tuple(_days(checked)),
        banner=(Run(say("check_private")),),
        footer=say("check_private"),
        lang=checked.language.code,
        date="",
        description=_balance(checked),
        digits=checked.language.digits,
        accent=report.accent,
    )


def _days(checked: Checked) -> Iterator[str]:
    store = checked.store
    if store.first_date and store.last_date:
        yield say("check_days", first=store.first_date, last=store.last_date)
    if store.frozen_on:
        yield say("masthead_frozen", day=store.frozen_on)


def _balance(checked: Checked) -> str:
    store = checked.store
    return say(
        "check_balance",
        read=store.rows_read,
        used=store.rows_used,
        aside=store.rows_set_aside,
        rejected=store.rows_rejected,
    )


def _blocks(checked: Checked) -> Iterator[Block]:
    yield Heading(2, say("check_rows"))
    yield Paragraph((Run(_balance(checked)),))
    yield _rows(checked)
    yield Heading(2, say("check_layout"))
    for file in checked.files:
        if len(checked.files) > 1:
            yield Heading(3, isolated(file.name))
        yield Paragraph((Run(_why(file)),))
        if file.other_sheets:
            others = [isolated(name) for name in file.other_sheets]
            yield Paragraph((Run(say("check_sheet", sheet=isolated(file.sheet), others=others)),))
        yield _columns(file)
        yield from _headings(file)
    yield Heading(2, say("check_findings"))
    yield from _findings(checked)
    yield Heading(2, say("check_places"))
    yield from _places(checked)


def _rows(checked: Checked) -> Table:
    """Rows read, and what became of them, by reason."""
    store = checked.store
    counts: dict[str, tuple[int, dict[str, int]]] = {
        "table_rows_used": (store.rows_used, {}),
        "table_rows_set_aside": (store.rows_set_aside, store.set_aside),
        "table_rows_rejected": (store.rows_rejected, store.rejected),
    }
    rows = [Row((say("table_rows_read"), figure(store.rows_read)), strong=True)]
    for label, (count, reasons) in counts.items():
        rows.append(Row((say(label), figure(count)), rule=True))
        rows += [Row((reason(why), figure(rows_of)), indent=1) for why, rows_of in reasons.items()]
    rows += [
        Row((say("table_rows_noted", reason=reason(why)), figure(count)), rule=number == 0)
        for number, (why, count) in enumerate(store.flagged.items())
    ]
    columns = (Column(say("table_rows_of_file"), "left"), Column(say("table_rows")))
    return Table(columns, tuple(rows), notes=(say("table_rows_note"),))


def _why(file: File) -> str:
    """Which layout it is, and what says so."""
    layout = named(file.profile.title)
    if file.named:
        return say("check_named", layout=layout, profile=file.named)
    columns = [isolated(name) for name in file.profile.recognise]
    return say("check_recognised", layout=layout, columns=columns)


def _columns(file: File) -> Table:
    """Where each column of the incident table comes from, how full it is, and sample cells."""
    columns = (
        Column(say("check_column"), "left"),
        Column(say("check_from"), "left"),
        Column(say("check_filled")),
        Column(say("check_samples"), "left"),
    )
    return Table(columns, tuple(map(_use, file.uses)), notes=(say("check_columns_note"),))


def _use(use: Use) -> Row:
    origin = isolated(use.heading) if use.heading else say("check_constant", value=use.constant)
    filled = NOT_REPORTED if use.filled is None else figure(use.filled)
    samples = [
        _cell(cell) if cell == value else say("check_read_as", cell=_cell(cell), value=_cell(value))
        for cell, value in use.samples
    ]
    return Row((use.column.name, origin, filled, listed(samples)))


def _headings(file: File) -> Iterator[Block]:
    """The headings of the file that nothing comes from."""
    if file.unread:
        yield note(say("check_unread", headings=[isolated(one) for one in file.unread]))
    if file.dropped:
        yield note(say("check_dropped", headings=[isolated(one) for one in file.dropped]))


def _findings(checked: Checked) -> Iterator[Block]:
    """The first rows that are rejected, and the first cells of rows that are used all the same."""
    for outcome, label in _FOUND.items():
        found = [finding for finding in checked.findings if finding.outcome == outcome]
        if not found:
            continue
        total = sum(getattr(checked.store, outcome).values())
        title = say(label)
        more = say("check_more", file=checked.settings.files.rejected) if total > len(found) else ""
        yield _finding_table(found, title, more, several=len(checked.files) > 1)
    if not checked.findings:
        yield note(say("check_no_findings"))


def _finding_table(found: Sequence[Finding], title: str, more: str, *, several: bool) -> Table:
    """Findings with their line, column and cell; with their file where there are `several`."""
    rows = tuple(
        Row(
            (
                *([isolated(finding.file)] if several else []),
                unbroken(say("quality_line", line=finding.line)),
                finding.column or say("quality_whole_row"),
                _cell(finding.value),
                named(finding.reason),
            )
        )
        for finding in found
    )
    labels = [
        *([say("check_file")] if several else []),
        say("quality_row"),
        say("quality_column"),
        say("quality_cell"),
        say("quality_reason"),
    ]
    columns = tuple(Column(label, "left") for label in labels)
    return Table(columns, rows, title=title, notes=(more,) if more else ())


def _places(checked: Checked) -> Iterator[Block]:
    """Names that no list has, and names that may be one, for a person to decide."""
    if checked.unmatched:
        yield _unmatched(checked.unmatched)
    if checked.pairs:
        yield _pairs(checked.pairs)
    if not (checked.unmatched or checked.pairs):
        yield note(say("check_places_none"))
    yield note(
        say("check_places_note") if checked.settings.data.boundaries else say("check_no_list")
    )


def _unmatched(found: Sequence[Unmatched]) -> Table:
    rows = tuple(
        Row(
            (
                isolated(one.name or one.code),
                one.level,
                isolated(one.code) or NOT_REPORTED,
                figure(one.rows),
                listed([isolated(name) for name in one.nearest]) or NOT_REPORTED,
            )
        )
        for one in found[:MOST_PLACES]
    )
    columns = (
        Column(say("check_name"), "left"),
        Column(say("check_column"), "left"),
        Column(say("check_code"), "left"),
        Column(say("table_rows")),
        Column(say("check_nearest"), "left"),
    )
    notes = (say("check_places_cut"),) if len(found) > MOST_PLACES else ()
    return Table(columns, rows, title=say("check_unmatched"), notes=notes)


def _pairs(found: Sequence[NearPair]) -> Table:
    rows = tuple(
        Row(
            (
                isolated(one.names[0]),
                figure(one.rows[0]),
                isolated(one.names[1]),
                figure(one.rows[1]),
                one.level,
                isolated(one.area) or NOT_REPORTED,
            )
        )
        for one in found[:MOST_PLACES]
    )
    columns = (
        Column(say("check_name"), "left"),
        Column(say("table_rows")),
        Column(say("check_spelt_like"), "left"),
        Column(say("table_rows")),
        Column(say("check_column"), "left"),
        Column(say("check_within"), "left"),
    )
    notes = (say("check_places_cut"),) if len(found) > MOST_PLACES else ()
    return Table(columns, rows, title=say("check_pairs"), notes=notes)


def _cell(text: str) -> str:
    """A cell of the file, cut where it is long."""
    return isolated(text) if len(text) <= _LONGEST else say("check_cut", cell=text[:_LONGEST])
