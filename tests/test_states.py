"""Two states of the data: what is loaded of them is what differs, and nothing else."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from conftest import Row
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sitrep import places
from sitrep.archive.revisions import COMPARED
from sitrep.archive.states import AFTER, BEFORE, States, compared
from sitrep.areas import Aliases
from sitrep.incidents import Store
from sitrep.incidents.freezing import freeze, frozen_rows
from sitrep.incidents.loading import load_rows

StoreOf = Callable[[Iterable[Row]], Store]

UNTIL = date(2021, 6, 30)
ALIASES: Aliases = {"ariha": ("Ariha", "SY1"), "SY1": ("Ariha", "SY1")}
CELLS = st.fixed_dictionaries(
    {
        "date": st.sampled_from(["2021-06-01", "2021-06-09", "2021-07-01"]),
        "killed": st.sampled_from([None, 0, 3]),
        "admin2": st.sampled_from(["Ariha", "Arihah", "Reeha"]),
        "admin2_pcode": st.sampled_from([None, "SY1", "SY2"]),
    }
)
STATES = st.dictionaries(st.sampled_from("ABCDEFGH"), CELLS, min_size=1)
ROW = {"date": "2021-06-01", "killed": 1, "admin2": "Ariha", "admin2_pcode": "SY2"}


def rows(state: dict[str, Row]) -> list[Row]:
    return [{"incident_id": key, **cells} for key, cells in state.items()]


def whole(query: str, aliases: Aliases) -> pd.DataFrame:
    """All rows by id, as text, with the name that the district is given."""
    table = load_rows(f"FROM ({query})", COMPARED)
    named = places.with_one_name(table, aliases)["admin2"]
    return table.astype(object).assign(named=named).set_index("incident_id").fillna("–")


def look(store_of: StoreOf, before: dict[str, Row], after: dict[str, Row], aliases: Aliases,
         see: Callable[[States, str, str], None]) -> None:  # fmt: skip
    """Freeze the one state, read the other, and look at what `compared` finds."""
    with TemporaryDirectory() as folder:
        frozen, now = Path(folder) / "incidents.parquet", store_of(rows(after))
        freeze(store_of(rows(before)), frozen, until=UNTIL)
        queries = (
            frozen_rows(frozen),
            f"SELECT * FROM ({now.rows}) WHERE set_aside IS NULL AND date <= DATE '{UNTIL}'",
        )
        with compared(*queries, columns=COMPARED, aliases=aliases) as states:
            see(states, *queries)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(STATES, STATES, st.sampled_from([{}, ALIASES]))
# Two Arihahs and one Ariha, then the other way round: the one that is as it was is named anew.
@example(
    {"A": ROW, "B": ROW | {"admin2": "Arihah"}, "C": ROW | {"admin2": "Arihah"}},
    {"A": ROW, "B": ROW, "C": ROW | {"admin2": "Arihah"}},
    {},
)
def test_loaded_are_the_rows_that_differ_or_are_named_otherwise(
    store_of: StoreOf, before: dict[str, Row], after: dict[str, Row], aliases: Aliases
) -> None:
    def see(states: States, *queries: str) -> None:
        old, new = (whole(query, aliases) for query in queries)
        both = old.index.intersection(new.index)
        same = both[(old.loc[both] == new.loc[both]).all(axis="columns")]
        assert states.share_incidents == bool(len(both))
        for state, table in ((BEFORE, old), (AFTER, new)):
            loaded = states.load(state, ["incident_id"])["incident_id"]
            renamed = set(same) & set(loaded)
            assert set(loaded) - renamed == set(table.index) - set(same)
            # Of a pair of name and p-code that is named otherwise every row is loaded.
            assert not renamed or old["named"].loc[list(both)].ne(new["named"].loc[both]).any()

    look(store_of, before, after, aliases, see)


def test_a_row_that_is_as_it_was_is_loaded_where_others_have_changed_its_name(
    store_of: StoreOf,
) -> None:
    other = ROW | {"admin2": "Arihah"}

    def see(states: States, *_queries: str) -> None:
        assert list(states.load(BEFORE, ["incident_id"])["incident_id"]) == ["A", "B", "C"]
        assert states.spellings[BEFORE]["admin2"] == {"SY2": "Arihah"}
        assert states.spellings[AFTER]["admin2"] == {"SY2": "Ariha"}

    look(store_of, {"A": ROW, "B": other, "C": other}, {"A": ROW, "B": ROW, "C": other}, {}, see)


def test_nothing_is_loaded_where_nothing_differs(store_of: StoreOf) -> None:
    state = {"A": ROW, "B": ROW | {"killed": None}}

    def see(states: States, *_queries: str) -> None:
        assert len(states.load(BEFORE, COMPARED)) == len(states.load(AFTER, COMPARED)) == 0
        assert states.share_incidents

    look(store_of, state, state, {}, see)


@pytest.mark.parametrize("order", [("A", "B"), ("B", "A")])
def test_the_order_of_rows_is_no_difference(store_of: StoreOf, order: tuple[str, str]) -> None:
    state = {"A": ROW, "B": ROW | {"killed": 5}}

    def see(states: States, *_queries: str) -> None:
        assert len(states.load(AFTER, ["incident_id"])) == 0

    look(store_of, state, {key: state[key] for key in order}, {}, see)
