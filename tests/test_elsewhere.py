"""Reports that the workers of a cluster make: what they are asked, and what becomes of it."""

from pathlib import Path

import pytest

from sitrep.errors import UsageError
from sitrep.run import elsewhere
from sitrep.run.plan import Request, make_plan

ROOT = Path(__file__).parents[1]


class Cluster:
    """A cluster whose workers see what they are told to see."""

    def __init__(self, **seen: bool) -> None:
        self.seen = seen

    def run(self, function: object, *args: object) -> dict[str, bool]:
        return self.seen


def test_a_worker_is_given_every_option_with_whole_paths(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    plan = make_plan(
        Request(
            area="Ariha", edition="internal", languages=("en", "ar"), out=str(tmp_path), strict=True
        )
    )
    assert elsewhere.options(plan) == [
        "--area=Ariha", "--edition=internal", "--langs=en ar", f"--out={tmp_path}",
        "--engine=sitrep", "--strict",
    ]  # fmt: skip


def test_a_worker_that_does_not_see_the_project_is_named() -> None:
    cluster = Cluster(**{"tcp://a": True, "tcp://b": False})
    with pytest.raises(UsageError, match=r"^tcp://b cannot see .*same path"):
        elsewhere._refuse_apart(cluster, ROOT, "tcp://s")
    with pytest.raises(UsageError, match="has no worker"):
        elsewhere._refuse_apart(Cluster(), ROOT, "tcp://s")
    elsewhere._refuse_apart(Cluster(**{"tcp://a": True}), ROOT, "tcp://s")


def test_what_a_worker_said_becomes_the_outcome() -> None:
    assert elsewhere._outcome(0, "rows\n1 made, 0 up to date, 0 failed\n", "") is True
    assert elsewhere._outcome(0, "rows\n0 made, 1 up to date, 0 failed\n", "") is False
    failed = elsewhere._outcome(1, "", "sitrep: 2021-W23: the cell failed\n")
    assert str(failed) == "2021-W23: the cell failed"
    assert str(elsewhere._outcome(137, "", "")) == "exit status 137"


def test_the_project_is_where_its_notebooks_are(tmp_path: Path) -> None:
    assert elsewhere.sees(str(ROOT))
    assert not elsewhere.sees(str(tmp_path))
