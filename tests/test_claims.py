"""What a report may say: a thousand random weeks against the rules of `sitrep/sentences`.

Every text of every sentence is held against the wordings that are not allowed, the plurals
and the numbers table; and no sentence may be written anywhere but in `wordings/`.
"""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from random_quality import with_quality
from random_weeks import Drawn, draw
from wordings import BANS, not_allowed, numbers_in, plural_faults, without_names

from sitrep import charts, maps, sentences, tables, words
from sitrep.blocks import Block
from sitrep.language import rules
from sitrep.quality import charts as quality_charts
from sitrep.quality import sentences as quality_sentences
from sitrep.quality import tables as quality_tables
from sitrep.words import figure, mean_figure

PACKAGE = Path(rules.__file__).parents[1]
SENTENCES = [key for key in rules.names() if rules.rule(key).when]
WEEKS = 1000
PICTURED = 100  # of them, whose charts and tables are read too
JUDGED = 100  # of them, whose data quality reports are read too

NUMBER = r"[\w,.]+"
# Numbers in sentences that are not in the issue's numbers.
EXEMPT = {
    rf"{NUMBER} sources? reported this week": "sources are counted from the table's groups",
    rf"{NUMBER} others?, who did in the four weeks before": "sources are counted likewise",
    rf"edition {NUMBER} of this week": "editions are counted in the archive",
    r"the four weeks before": "what the weeks before are",
    rf"less than {NUMBER} weeks? old": "a setting",
    r"more than seven days": "what no longer fits into a week",
    r"at least eight are needed, besides the two before": "what a baseline is",
    r"^One incident accounts": "one of them, not a count",
    r"^One series was tested": "no district was",
    r"[Tt]his one\b": "this week",
    r"the one (?:person|incident|record|report|row)": "the only one there is, which the total says",
    r"more than four weeks after": "a class of delay",
    r"No two records": "a pair",
    r"\bEnding in \d\b": "a last digit",
    r"of one incident or of two": "what a pair may be",
    r"4-week": "a column's heading",
    r"EARS C\d": "the name of a method",
    r"counted as 5 people each": "a setting",
    r"fewer than 5 people of one sex or age": "a setting",
    r"[Ff]our-week mean": "what the mean is of",
    r"expected of one\.": "of a week",
    r"[Oo]f one day whose place": "people who are counted together",
    r"counted as one incident": "people who are counted together",
    r"each is one person": "what a row is",
    r"one row of the data": "what a row is",
    r"p-code and one spelling": "what an area should have",
    r"told by one source": "what is not counted as one",
    r"each row of the data is one of them": "what a row is",
    r"are not two incidents": "what is not counted as one",
    rf"in each of the {NUMBER} weeks to": "weeks are counted, not recorded",
    rf"Weeks with any recorded, of {NUMBER}: [^.]*": "weeks are counted likewise",
}


# The thousand weeks


@dataclass(repr=False)
class Said:
    """What a thousand weeks say, read once: faults by kind, and the wordings used."""

    texts: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: {k: [] for k in CHECKS})
    forms: set[str] = field(default_factory=set)

    def read_room(self, drawn: Drawn, room: Any) -> None:
        for name, block in blocks_of(drawn, room):
            for text in texts_of(block):
                self.read(drawn, name if room is sentences else f"{room.__name__}.{name}", text)

    def read(self, drawn: Drawn, room: str, text: str) -> None:
        self.texts[room] += 1
        ours = without_names(text, drawn.names)
        for kind, faults in CHECKS.items():
            found = faults(ours, drawn, room)
            self.faults[kind] += [f"week {drawn.seed}, {room}: {each}: {text}" for each in found]


def strange_numbers(text: str, drawn: Drawn, room: str) -> list[str]:
    found = numbers_to_explain(text)
    return sorted(found - known(drawn, room in sentences.__all__)) if found else []


@cache
def numbers_to_explain(text: str) -> frozenset[str]:
    """The numbers of a text, less those that an exemption explains."""
    for pattern in (*printed_exemptions(), *EXEMPT):
        text = re.sub(pattern, " ", text)
    return frozenset(numbers_in(text))


@cache
def unfilled(text: str) -> list[str]:
    """Braces, stars, doubled spaces; blanks of the program; a clause that begins in the middle."""
    return re.findall(r"[{}]|\*\*|  |\bnan\b|\bNone\b|\s[.,;:]|\.\.|^\s|\s$|\( *\)", text)


CHECKS = {
    "not allowed": lambda text, drawn, room: not_allowed(text),
    "plural": lambda text, drawn, room: plural_faults(text),
    "number": strange_numbers,
    "unfilled": lambda text, drawn, room: unfilled(text),
}


@cache
def printed_exemptions() -> tuple[str, ...]:
    with (Path(__file__).parent / "number_exemptions.csv").open(encoding="utf-8") as file:
        return tuple(row["pattern"] for row in csv.DictReader(file))


@lru_cache(maxsize=2)
def known(drawn: Drawn, in_sentences: bool) -> set[str]:
    """The numbers a text may hold: a sentence those of its own week, a picture all of them."""
    table, periods = drawn.issue.numbers.table, drawn.issue.periods
    if in_sentences:
        mine = ("", str(periods.week), *(periods.since(each) for each in periods.baselines))
        table = table[table["week"].isin(mine)]
    columns = ["value", "low", "high", "incidents", "not_reported", "sources"]
    values = {abs(value) for value in table[columns].to_numpy(float).ravel() if value == value}
    return {write(value) for value in values for write in (figure, mean_figure)}


def texts_of(block: Block) -> Iterator[str]:
    """Every text of a block that is set in type or read out, a sentence or a cell each."""
    return _texts(block.to_json())


_MACHINE = {"kind", "svg", "style", "href", "lang", "date", "media_type", "name", "tone", "align"}


def _texts(part: Any, name: str = "") -> Iterator[str]:
    if isinstance(part, str):
        if part and name not in _MACHINE:
            yield part
    elif isinstance(part, dict):
        if part.get("kind") == "attachment":
            part = {"description": part["description"]}
        for key, value in part.items():
            yield from _texts(value, key)
    elif isinstance(part, list | tuple):
        if part and isinstance(part[0], dict) and "href" in part[0]:  # runs are one text
            yield "".join(run["text"] for run in part)
        else:
            for each in part:
                yield from _texts(each, name)


def blocks_of(drawn: Drawn, room: Any) -> Iterator[tuple[str, Block]]:
    for name in room.__all__:
        function = getattr(room, name)
        if callable(function):
            made = function(drawn.issue, "killed") if name == "weekly" else function(drawn.issue)
            yield from ((name, block) for block in (made if isinstance(made, tuple) else (made,)))


@pytest.fixture(scope="module")
def said() -> Said:
    found = Said()
    form = rules._form

    def recorded(rule: rules.Rule, values: Any) -> str:
        text = form(rule, values)
        found.forms.add(text)
        return text

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rules, "_form", recorded)
        for seed in range(WEEKS):
            drawn = draw(seed)
            found.read_room(drawn, sentences)
            if seed % (WEEKS // PICTURED) == 0:
                for room in (tables, charts, maps):
                    found.read_room(drawn.without_ledger(), room)
            if seed % (WEEKS // JUDGED) == 0 and len(drawn.issue.records):
                judged = with_quality(drawn)
                for room in (quality_sentences, quality_tables, quality_charts):
                    found.read_room(judged, room)
    return found


@pytest.mark.parametrize("kind", CHECKS)
def test_a_thousand_weeks_say_nothing_that_may_not_be_said(said: Said, kind: str) -> None:
    assert not said.faults[kind], "\n".join(said.faults[kind][:20])


def test_the_thousand_weeks_are_of_every_kind(said: Said) -> None:
    # A function that said nothing in all of them would pass every check.
    assert all(said.texts[name] > WEEKS / 10 for name in sentences.__all__), said.texts
    assert sum(said.texts.values()) > 20 * WEEKS
    for room in (quality_sentences, quality_tables, quality_charts):
        assert all(said.texts[f"{room.__name__}.{name}"] > JUDGED / 10 for name in room.__all__)


# The rules


def test_every_form_of_every_rule_is_said_in_some_week(said: Said) -> None:
    forms = {(key, text) for key in SENTENCES for text in rules.rule(key).forms.values()}
    dead = sorted(key for key, text in forms if text not in said.forms)
    assert not dead, f"no week says these, so they cannot be tested: {dead}"


@pytest.mark.parametrize("key", SENTENCES)
def test_a_rule_says_when_it_holds_and_which_number_chooses_its_form(key: str) -> None:
    rule, table = rules.rule(key), rules.wordings()[key]
    assert set(table) <= {"when", "count", "say"}
    assert re.fullmatch(r"[A-Z][^\n]{5,}\.", rule.when)
    assert set(rule.forms) <= {"zero", "one", "two", "few", "many", "other"}
    assert rule.forms["other"].strip() == rule.forms["other"]
    if len(rule.forms) > 1:
        assert rule.count
    if rule.count:
        assert f"{{{rule.count}" in "".join(rule.forms.values()).lower()
    for text in rule.forms.values():
        assert text.count(rules.STRONG) % 2 == 0
        assert not re.sub(r"\{[A-Za-z]\w*(:figures)?\}", "", text).count("{")
        assert not not_allowed(re.sub(r"\{(\w+)[^}]*\}", "‹›", text))


@cache
def sources() -> str:
    """All of the program and its templates."""
    files = [path for kind in ("*.py", "*.j2") for path in PACKAGE.rglob(kind)]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@cache
def put_together() -> list[str]:
    """Patterns of the names that the program makes, such as ``f"measure_{name}_{victims}"``."""
    found = re.findall(r'\bf"(\w+_(?:\{[^}"]*\}\w*)+)"', sources())
    return [re.sub(r"\{[^}]*\}", r"\\w+", pattern) for pattern in found]


@pytest.mark.parametrize("key", [key for key in rules.names() if key not in SENTENCES])
def test_a_label_is_said_somewhere_and_says_nothing_that_may_not_be_said(key: str) -> None:
    stem = re.sub(r"_?[^_]+$", "", key)
    assert (
        f'"{key}"' in sources()
        or (stem and re.search(rf'"{stem}_?\{{?', sources()))
        or any(re.fullmatch(pattern, key) for pattern in put_together())
    )
    assert not not_allowed(" ".join(rules.rule(key).forms.values()))


def test_say_refuses_what_a_rule_does_not_have() -> None:
    assert rules.say("displaced", displaced=1) == (
        "One person was newly displaced by the attacks, as recorded."
    )
    assert rules.say("since_displaced", displaced=1867.0) == "1,867 people newly displaced"
    with pytest.raises(KeyError, match="no rule 'displacd'"):
        rules.say("displacd", displaced=1)
    with pytest.raises(TypeError, match="displaced"):
        rules.say("displaced")
    with pytest.raises(TypeError, match="killed"):
        rules.say("displaced", displaced=1, killed=2)


def test_stars_in_a_name_are_not_bold() -> None:
    [run] = rules.runs("credit", sources=["**A desk** {x}"])
    assert (run.text, run.style) == ("**A desk** {x}.", "")


# Sentences outside the rules

ROOM = sorted((PACKAGE / "sentences").glob("*.py"))
TABLES = sorted((PACKAGE / "tables").glob("*.py"))
QUALITY = [PACKAGE / "quality" / f"{name}.py"
           for name in ("sentences", "tables", "listings", "charts")]  # fmt: skip
QUALITY.append(PACKAGE / "checking" / "page.py")
WORDS_ALLOWED = {"days_of"}  # the rest of sitrep.words is for rules.py alone
# In tables, how a number or a place stands in a cell.
CELLS_ALLOWED = WORDS_ALLOWED | {
    "NOT_COVERED", "NOT_REPORTED", "cell", "column", "listed", "low_high", "mean_figure",
    "measure", "month", "placed", "reason", "signed", "span", "unbroken",
}  # fmt: skip
SPEAKING = (
    "Run", "note", "Aside", "Heading", "Paragraph", "Masthead", "Attachment", "BulletList",
    "Column", "Chart", "KeyFigure",
)  # fmt: skip
NOT_SPOKEN = {"media_type", "name", "style", "kind", "svg", "tone", "family"}
# Pictures write numbers themselves, by the one way of words.py.
PICTURED_ROOMS = sorted(
    path for room in ("charts", "maps") for path in (PACKAGE / room).glob("*.py")
)
PICTURED_WORDS = frozenset(words.__all__)


def unread(tree: ast.Module) -> set[int]:
    """The nodes of a module that no reader sees: docstrings, what errors say, names of pictures."""
    unseen: set[int] = set()
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_name = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "svg"
        is_name |= isinstance(node, ast.keyword) and node.arg == "family"
        if is_text or is_name or isinstance(node, ast.Raise | ast.Assert | ast.Compare):
            unseen |= {id(child) for child in ast.walk(node)}
    return unseen


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """The texts of a module that a reader might see."""
    unseen = unread(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in unseen
        ):
            yield node


def is_prose(text: str) -> bool:
    """Words of a reader: several, or one with a capital. Not keys, not patterns."""
    word = r"[^\W\d_]{2,}"
    return bool(re.search(rf"{word}\s|\s{word}|(?<![\w.])[A-Z][a-z]+\b", text))


def _glue(text: ast.JoinedStr) -> str:
    """What stands between the values of an f-string, where it is not the key of something."""
    between = "".join(str(each.value) for each in text.values if isinstance(each, ast.Constant))
    return between if re.search(r"[^\w'#]", between) else ""


def outside_the_rules(source: str, *, allowed: Set[str] = WORDS_ALLOWED) -> list[str]:
    """What a module says past `say`; of `sitrep.words` it may take what is `allowed`."""
    tree = ast.parse(source)
    unseen = unread(tree)
    found = [
        f"line {each.lineno}: {each.value!r}" for each in literals(tree) if is_prose(each.value)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in unseen and (glue := _glue(node)):
            found.append(f"line {node.lineno}: put together with {glue!r}, not by a wording")
        if isinstance(node, ast.ImportFrom) and node.module == "sitrep.words":
            names = {alias.name for alias in node.names} - allowed
            found += [f"line {node.lineno}: words.{name} is for rules.py" for name in sorted(names)]
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPEAKING:
            spoken = [*node.args[:1], *(k.value for k in node.keywords if k.arg not in NOT_SPOKEN)]
            found += [
                f"line {each.lineno}: text that no rule says"
                for each in spoken
                if isinstance(each, ast.JoinedStr)
                or (isinstance(each, ast.Constant) and re.search(r"[^\W\d_]", str(each.value)))
            ]
    return found


@pytest.mark.parametrize("path", ROOM, ids=lambda path: path.name)
def test_no_sentence_is_written_outside_the_rules(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    if path.name == "rules.py":  # which puts the words of the rules together
        prose = [each for each in literals(ast.parse(source)) if is_prose(each.value)]
        assert not prose
        return
    found = outside_the_rules(source)
    assert not found, "\n".join([f"{path.name}: write it as a rule in sentences.toml:", *found])


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_no_word_of_a_table_is_written_outside_the_rules(path: Path) -> None:
    found = outside_the_rules(path.read_text(encoding="utf-8"), allowed=CELLS_ALLOWED)
    assert not found, "\n".join([f"tables/{path.name}: write it in wordings/:", *found])


@pytest.mark.parametrize("path", QUALITY, ids=lambda path: path.name)
def test_no_word_of_the_quality_report_is_written_outside_the_rules(path: Path) -> None:
    found = outside_the_rules(path.read_text(encoding="utf-8"), allowed=CELLS_ALLOWED)
    assert not found, "\n".join([f"quality/{path.name}: write it in wordings/:", *found])


@pytest.mark.parametrize("path", PICTURED_ROOMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_word_of_a_picture_is_written_outside_the_labels(path: Path) -> None:
    found = outside_the_rules(path.read_text(encoding="utf-8"), allowed=PICTURED_WORDS)
    assert not found, "\n".join([f"{path.name}: write it as a label in labels.toml:", *found])


@pytest.mark.parametrize(
    "code",
    [
        'canvas.text(x, y, "this week")',
        'Chart(title=f"{label}{week}", svg=canvas.svg("weekly killed"))',
        "from sitrep.words import plural",
    ],
)
def test_a_word_in_a_picture_outside_the_labels_would_be_found(code: str) -> None:
    assert len(outside_the_rules(code, allowed=PICTURED_WORDS)) == 1


@pytest.mark.parametrize(
    "code",
    [
        'note("Twelve people died.")',
        'x = f"{count} were killed"',
        'x = " rose"',
        'Run("rose")',
        'Column("records")',
        'Run(f"{a}{b}")',
        'x = f"{low}–{high}"',
        'x = f"{reason}: {changes}"',
        "from sitrep.words import plural",
        'STATUS = {"a": "Provisional"}',
        'Attachment(name="a.csv", description="numbers")',
    ],
)
def test_a_sentence_outside_the_rules_would_be_found(code: str) -> None:
    assert outside_the_rules(code)


@pytest.mark.parametrize(
    "code",
    [
        '"""What this is for."""',
        'say(f"killed_{issue.victims}", killed=1)',
        'raise KeyError("there is no such rule")',
        'Run(say("credit", sources=named), "muted")',
        'Attachment(name="numbers.csv", media_type="text/csv", description=say("x"))',
        'numbers.value("killed_with_range", week)',
    ],
)
def test_a_key_is_not_taken_for_a_sentence(code: str) -> None:
    assert not outside_the_rules(code)


@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for room in ("tables", "charts", "maps", "quality")
        for path in (PACKAGE / room).glob("*.py")
    ),
    ids=lambda path: f"{path.parent.name}/{path.name}",
)
def test_what_tables_charts_and_maps_may_write_is_allowed(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [
        f"line {each.lineno}: {fault}"
        for each in literals(tree)
        if is_prose(each.value)
        for fault in not_allowed(each.value)
    ]
    assert not found


# The checks themselves


@pytest.mark.parametrize(
    "text",
    [
        "Violence rose in Idlib.", "Killings have risen", "deaths fell to three", "an increase",
        "The situation ESCALATED.", "deadlier", "homes were targeted deliberately",
        "three died because of it", "due to shelling", "which led to flight", "was the cause of",
        "the confidence interval", "a massacre", "war crimes", "genocide", "an atrocity",
        "a dramatic week", "sharply", "alarming", "heavy shelling", "20 killed!",
        "20% more than", "20 % fewer", "up 30 per cent", "only three days", "responsible for most",
        "20 documented deaths", "estimated 20", "verified",
    ],
)  # fmt: skip
def test_what_is_not_allowed_would_be_found(text: str) -> None:
    assert not_allowed(text)


def test_what_looks_alike_is_allowed() -> None:
    for text in ("Shelling was reported as the cause of both incidents.", "ranges, not confidence "
                 "intervals", "95 % of weeks like it", "it is recorded", "Roseville is a place",
                 "one issue is compared", "lowest to highest"):  # fmt: skip
        assert not not_allowed(text)


@pytest.mark.parametrize(
    "text",
    [
        "1 incidents", "one people", "1 people", "One civilians were killed", "two was",
        "three incident", "21 person", "one were a woman", "Five of the dead was", "was women",
        "One record are", "all one incidents", "both one", "Zero person", "none of the people was",
    ],
)  # fmt: skip
def test_a_wrong_plural_would_be_found(text: str) -> None:
    assert plural_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "One civilian was recorded killed and one injured in one incident.",
        "Five of the dead were children and one was a woman", "1 of 3 incidents", "0 incidents",
        "21 people were", "1,001 people were newly displaced", "the one person killed",
        "One of the dead was a child", "in 2021-W01 people", "1.0 people",
    ],
)  # fmt: skip
def test_a_right_plural_is_left_alone(text: str) -> None:
    assert not plural_faults(text)


def test_a_number_that_is_not_in_the_table_would_be_found() -> None:
    drawn = draw(7)
    assert strange_numbers("On 7 June 2021, 7,654", drawn, "who") == ["7,654"]
    assert set(numbers_in("Nine of 1,867, or 12.5")) == {"9", "1,867", "12.5"}


def test_every_wording_that_is_not_allowed_has_a_reason() -> None:
    assert all(ban.reason.endswith(".") for ban in BANS)
    assert len(BANS) > 100
    assert EXEMPT
    assert all(EXEMPT.values())
