"""The analyst's own: a DataFrame as a table block, a matplotlib figure as a chart block.

A frame's title and notes come from ``frame.attrs["title"]`` and ``frame.attrs["notes"]``
(a text or a list of texts). A figure's alternative text is what ``figure.set_label("...")``
says, else its titles and axis labels.
"""

from typing import TYPE_CHECKING, Any

from sitrep.blocks import Chart, Column, Row, Table

if TYPE_CHECKING:
    import pandas as pd

MOST_ROWS = 400  # what a reader may still leaf through; the rest belongs into a file
MISSING = "–"


def table_of(data: "pd.DataFrame | pd.Series[Any]", *, most_rows: int = MOST_ROWS) -> Table:
    """A frame or a series as a table, its index first unless it only counts the rows.

    Whole numbers get thousands separators, others one decimal; a column of floats that are
    all whole is written as whole numbers. Missing values are ``–``. Rows beyond `most_rows`
    are left out, which a note says.
    """
    import pandas as pd

    frame = data.to_frame() if isinstance(data, pd.Series) else data
    shown = frame.head(most_rows)
    names, texts, numeric = _columns(shown)
    return Table(
        columns=tuple(
            Column(name, "right" if number else "left")
            for name, number in zip(names, numeric, strict=True)
        ),
        rows=tuple(Row(cells) for cells in zip(*texts, strict=True)),
        title=str(data.attrs.get("title", "")),
        notes=_notes(data, rows=len(frame), most_rows=most_rows),
    )


def _columns(frame: "pd.DataFrame") -> tuple[list[str], list[list[str]], list[bool]]:
    """Labels, cell texts and whether it is numbers, of each column and index level shown."""
    import pandas as pd

    index = frame.index
    levels = [] if _only_counts(index) else range(index.nlevels)
    names = [_label(index.names[level]) for level in levels] + [_label(c) for c in frame.columns]
    columns = [pd.Series(index.get_level_values(level)) for level in levels]
    columns += [frame.iloc[:, position] for position in range(frame.shape[1])]
    numeric = [_is_number(column) for column in columns]
    return names, [_texts(column) for column in columns], numeric


def _only_counts(index: "pd.Index[Any]") -> bool:
    import pandas as pd

    counts = isinstance(index, pd.RangeIndex) and (index.start, index.step) == (0, 1)
    return counts and index.name is None


def _label(name: Any) -> str:
    """A column's name; the levels of a compound one joined."""
    if isinstance(name, tuple):
        return " · ".join(text for part in name if (text := _label(part)))
    return "" if name is None else str(name)


def _is_number(column: "pd.Series[Any]") -> bool:
    from pandas.api.types import is_bool_dtype, is_numeric_dtype

    return is_numeric_dtype(column.dtype) and not is_bool_dtype(column.dtype)


def _texts(column: "pd.Series[Any]") -> list[str]:
    from pandas.api.types import is_datetime64_any_dtype, is_integer_dtype

    known = column.dropna()
    if _is_number(column):
        whole = is_integer_dtype(column.dtype) or bool((known % 1 == 0).all())
        texts = [f"{int(value):,}" if whole else f"{value:,.1f}" for value in known]
    elif is_datetime64_any_dtype(column.dtype):
        days_only = bool((known.dt.normalize() == known).all())
        texts = list(known.dt.strftime("%Y-%m-%d" if days_only else "%Y-%m-%d %H:%M"))
    else:
        texts = [str(value) for value in known]
    rest = iter(texts)
    return [MISSING if gap else next(rest) for gap in column.isna()]


def _notes(data: Any, *, rows: int, most_rows: int) -> tuple[str, ...]:
    own = data.attrs.get("notes", ())
    notes = (own,) if isinstance(own, str) else tuple(str(note) for note in own)
    if rows <= most_rows:
        return notes
    return (*notes, f"The first {most_rows:,} of {rows:,} rows.")


def chart_of(figure: Any) -> Chart:
    """A matplotlib figure as a chart; the figure is left as it was.

    Its title (that of the figure, or of its axes where only one has a title) becomes the
    block's and is not drawn a second time in the picture.
    """
    from sitrep.figures import figure_svg

    title = _title(figure)
    text = title.get_text() if title else ""
    alt = alternative_text(figure)
    if title:
        title.set_visible(False)
    try:
        svg = figure_svg(figure, name=text or alt, tight=True)
    finally:
        if title:
            title.set_visible(True)
    return Chart(title=_line(text), subtitle="", svg=svg, alt=alt, caption="", numbers="")


def alternative_text(figure: Any) -> str:
    """What ``figure.set_label`` says, or titles, axis labels and the number of marks drawn."""
    if label := _line(str(figure.get_label() or "")):
        return label
    said = [_line(figure.get_suptitle())]
    for axes in figure.axes:
        said.append(_line(axes.get_title() or axes.get_title(loc="left")))
        said += [
            f"{axis} axis: {_line(text)}"
            for axis, text in (("horizontal", axes.get_xlabel()), ("vertical", axes.get_ylabel()))
            if text
        ]
    marks = sum(len(axes.lines) + len(axes.patches) + len(axes.collections) for axes in figure.axes)
    return ". ".join(["Chart", *(text for text in said if text), f"{marks} marks drawn"]) + "."


def _title(figure: Any) -> Any:
    """The text artist that is the figure's title, or None."""
    suptitle = figure._suptitle  # matplotlib has no public way to the artist itself
    if suptitle is not None and suptitle.get_text():
        return suptitle
    titles = [
        title
        for axes in figure.axes
        for title in (axes.title, axes._left_title)
        if title.get_text()
    ]
    return titles[0] if len(titles) == 1 else None


def _line(text: str) -> str:
    return " ".join(text.split())
