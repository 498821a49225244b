"""The highlights: three to six sentences of what was recorded this week."""

from collections.abc import Sequence

from sitrep import measures as m
from sitrep.blocks import BulletList, Run, Runs, text_of
from sitrep.issue import Issue
from sitrep.language import named, runs, say, spaced, spoken
from sitrep.numbers import MISSING, Number

NAMED_PLACES = 15  # a highlight names up to so many places; the table has the rest
NAMED_RECORDERS = 4  # of those who recorded nothing


@spoken
def highlights(issue: Issue) -> BulletList:
    """Three to six sentences: casualties, displacement, places, cause, since the baseline."""
    rules = (
        _casualties,
        _restated,
        _displacement,
        _places,
        _attacks,
        _one_incident,
        _since_baseline,
    )
    return BulletList(tuple(found for rule in rules for found in rule(issue)))


def lead(issue: Issue) -> str:
    """The first highlight as plain text, without its sources."""
    return text_of(tuple(run for run in _casualties(issue)[0] if run.style != "muted"))


def _casualties(issue: Issue) -> list[Runs]:
    numbers, week = issue.numbers, issue.week
    incidents = numbers.value("incidents", week)
    if issue.of_displacement_alone:
        return [runs("displacement_alone")]
    if incidents == 0:
        return [_nothing_recorded(issue)]
    killed = numbers.get("killed", week) or MISSING
    injured = numbers.get("injured", week) or MISSING
    sentence = runs(
        "casualties",
        casualties=_killed_and_injured(issue, killed, injured),
        in_incidents=(
            say("in_reports", reports=incidents)
            if issue.by_day
            else say("in_incidents", incidents=incidents)
        ),
    )
    victims = _victims(issue, "killed" if killed.value > 0 else "injured")
    return [spaced(sentence, victims, credit(issue, "killed", "injured"))]


def _killed_and_injured(issue: Issue, killed: Number, injured: Number) -> str:
    """Killed, and injured where a figure says anything."""
    given = injured.known and issue.has("injured")
    if issue.by_day and (killed.value < 0 or injured.value < 0):
        return _lowered(issue, killed, injured)
    if given and killed.value == 0 and injured.value == 0:
        return say(f"none_killed_or_injured_{issue.victims}")
    dead = _killed(issue, killed)
    if not given or injured.value == 0:
        return dead
    if not killed.known:
        alone = say("injured_alone", injured=injured.value)
        return say("killed_unknown_and_injured", killed=dead, injured=alone)
    return say("killed_and_injured", killed=dead, injured=say("injured", injured=injured.value))


def _lowered(issue: Issue, killed: Number, injured: Number) -> str:
    """Where earlier totals were lowered by more than was added to them."""
    dead = say(f"killed_lowered_{issue.victims}", killed=-killed.value)
    dead = dead if killed.value < 0 else _killed(issue, killed)
    if not injured.known or injured.value == 0:
        return dead
    fewer = injured.value < 0
    hurt = say("injured_lowered" if fewer else "injured_alone", injured=abs(injured.value))
    return say("killed_unknown_and_injured", killed=dead, injured=hurt)


def _restated(issue: Issue) -> list[Runs]:
    """How much of the week's figures is a correction, or of earlier days."""
    if not issue.by_day:
        return []
    lowered = [
        say(f"lowered_{name}", number=number)
        for name in ("killed", "injured", "displaced")
        if (number := issue.numbers.value(f"{name}_lowered", issue.week)) > 0
    ]
    late = [
        runs(f"late_{name}", late=number)
        for name in ("killed", "injured")
        if (number := issue.numbers.value(f"{name}_late", issue.week)) > 0
    ]
    return [*([runs("lowered", lowered=lowered)] if lowered else []), *late]


def _killed(issue: Issue, killed: Number) -> str:
    if not killed.known:
        return say(f"killed_unknown_{issue.victims}")
    if killed.value == 0:
        return say(f"none_killed_{issue.victims}")
    return say(f"killed_{issue.victims}", killed=killed.value)


def _nothing_recorded(issue: Issue) -> Runs:
    """A week without incidents: say so, and who would have recorded them."""
    recorders = issue.numbers.groups("incidents", issue.periods.year_label, "source")
    profile = issue.store.profile
    return runs(
        "nothing_reported" if issue.by_day else "nothing_recorded",
        sources=_named_all(recorders[:NAMED_RECORDERS]) or named(profile.credit or profile.title),
    )


def _victims(issue: Issue, measure: str) -> Runs:
    """ "Five of the dead were children and six were women; ..." with the rest as unknown."""
    parts = {
        part: issue.numbers.get(measure, issue.week, breakdown=m.WHO, group=part) or MISSING
        for part in (m.CHILDREN, m.WOMEN, m.MEN, m.REMAINDER)
    }
    withheld = any(number.withheld for number in parts.values())
    rest = parts.pop(m.REMAINDER).value
    phrases = _parts(measure, {part: n.value for part, n in parts.items() if n.value > 0})
    if withheld:
        return (
            runs("victims_withheld", parts=phrases)
            if phrases
            else runs(f"victims_withheld_{measure}")
        )
    if not phrases:
        return runs(f"victims_unknown_{measure}") if rest > 0 else ()
    if rest > 0:
        unknown = say("others_unknown", others=rest)
        return runs("victims_and_others", parts=phrases, others=unknown)
    return runs("victims", parts=phrases)


def _parts(measure: str, parts: dict[str, float]) -> list[str]:
    """ "Five of the dead were children", "six were women"."""
    return [
        say(f"and_{part}", number=number) if place else say(f"{part}_of_{measure}", number=number)
        for place, (part, number) in enumerate(parts.items())
    ]


def _displacement(issue: Issue) -> list[Runs]:
    numbers, week = issue.numbers, issue.week
    displaced, stock = numbers.value("displaced", week), numbers.value("stock", week)
    found = []
    if displaced > 0:
        # Of reports of totals, and of figures of another file, nobody says what it was that
        # people fled from.
        told_together = not (issue.by_day or issue.store.is_of_several_files)
        by_attacks = told_together and numbers.value("incidents", week) > 0
        said = runs("displaced" if by_attacks else "displaced_alone", displaced=displaced)
        found.append(spaced(said, credit(issue, "displaced")))
    if stock > 0 and issue.of_displacement_alone:
        found.append(spaced(runs("stock_alone", stock=stock), credit(issue, "stock")))
    return found


def _places(issue: Issue) -> list[Runs]:
    """How many places; in which district, if in one; their names, if they are few."""
    numbers, week = issue.numbers, issue.week
    count = numbers.value("places", week)
    if not count > 0:
        return []
    groups = numbers.groups("incidents", week, "place")
    places = sorted((name for name in groups if name != m.NOT_RECORDED), key=str.casefold)
    names = _place_names(places)
    districts = {name.rpartition(", ")[2] for name in places if ", " in name}
    together = len(districts) == 1 and all(", " in name for name in places)
    few = 1 < len(places) <= NAMED_PLACES
    if together and few:
        district = named(districts.pop())
        return [runs("places_in_district_named", places=count, district=district, names=names)]
    if together:
        return [runs("places_in_district", places=count, district=named(districts.pop()))]
    return [
        runs("places_named", places=count, names=names) if few else runs("places", places=count)
    ]


def _place_names(places: list[str]) -> list[str]:
    """Places without their districts, but for those whose names are alike."""
    parts = [name.rpartition(", ") for name in places]
    short = [place or district for place, _, district in parts]
    return [
        say("place_of_district", place=named(place), district=named(district))
        if place and short.count(place) > 1
        else named(name)
        for name, (place, _, district) in zip(short, parts, strict=True)
    ]


def _attacks(issue: Issue) -> list[Runs]:
    """What the sources gave as the cause, where one kind was given for most incidents."""
    numbers, week = issue.numbers, issue.week
    total = numbers.value("incidents", week)
    kinds = [(numbers.value("incidents", week, breakdown="attack", group=kind), kind)
             for kind in numbers.groups("incidents", week, "attack")
             if kind not in (m.NOT_RECORDED, "other")]  # fmt: skip
    count, kind = max(kinds, default=(0, ""))
    if issue.by_day or total < 2 or count * 2 <= total:
        return []
    kind = named(kind)
    if count < total:
        return [runs("attack", kind=kind, incidents=count, all=total)]
    if total == 2:
        return [runs("attack_of_both", kind=kind)]
    return [runs("attack_of_all", kind=kind, all=total)]


def _one_incident(issue: Issue) -> list[Runs]:
    """Deaths cluster: say it where one incident holds a quarter of them or more."""
    numbers, week = issue.numbers, issue.week
    largest = numbers.value("killed_largest_incident", week)
    killed, incidents = numbers.value("killed", week), numbers.value("incidents", week)
    if not (issue.has("incidents") and incidents > 1 and largest >= 4 and largest * 4 >= killed):
        return []
    if largest == killed:
        return [runs("one_incident_all", dead=largest)]
    return [runs("one_incident", dead=largest, killed=killed)]


def _since_baseline(issue: Issue) -> list[Runs]:
    """Totals since the first baseline; a total that nobody gave is left out, the killed said so."""
    return [
        runs("since_baseline", baseline=named(baseline.name), totals=totals)
        for baseline in issue.periods.baselines[:1]
        if (totals := _totals(issue, issue.periods.since(baseline)))
    ]


def _totals(issue: Issue, since: str) -> list[str]:
    killed, injured, displaced = (
        issue.numbers.get(name, since) or MISSING for name in ("killed", "injured", "displaced")
    )
    out = []
    if killed.known and not issue.of_displacement_alone:
        out.append(say(f"since_killed_{issue.victims}", killed=killed.value))
    elif not issue.of_displacement_alone:
        out.append(say(f"since_killed_unknown_{issue.victims}"))
    if injured.known and issue.has("injured"):
        out.append(say("since_injured", injured=injured.value))
    if displaced.known and issue.has("displaced"):
        out.append(say("since_displaced", displaced=displaced.value))
    return out


def credit(issue: Issue, *measures: str) -> Runs:
    """The sources of these figures, muted, after the sentence."""
    names = list(dict.fromkeys(name for measure in measures for name in issue.sources(measure)))
    return (Run(say("credit", sources=_named_all(names)), "muted"),) if names else ()


def _named_all(names: Sequence[str]) -> list[str]:
    return [named(name) for name in names]
