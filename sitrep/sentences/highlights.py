"""The highlights: three to six sentences of what was recorded this week."""

from sitrep import measures as m
from sitrep.blocks import BulletList, Run, Runs, text_of
from sitrep.issue import Issue
from sitrep.numbers import MISSING, Number
from sitrep.words import capital, figure, joined, plural, spelled

_SINGULAR = {"civilians": "civilian", "people": "person"}
NAMED_PLACES = 15  # a highlight names up to so many places; the table has the rest


def highlights(issue: Issue) -> BulletList:
    """Three to six sentences: casualties, displacement, places, cause, since the baseline."""
    rules = (_casualties, _displacement, _places, _attacks, _one_incident, _since_baseline)
    return BulletList(tuple(runs for rule in rules for runs in rule(issue)))


def lead(issue: Issue) -> str:
    """The first highlight as plain text, without its sources."""
    return text_of(tuple(run for run in _casualties(issue)[0] if run.style != "muted"))


def _casualties(issue: Issue) -> list[Runs]:
    numbers, week = issue.numbers, issue.week
    incidents = numbers.value("incidents", week)
    if incidents == 0:
        return [_nothing_recorded(issue)]
    killed = numbers.get("killed", week) or MISSING
    injured = numbers.get("injured", week) or MISSING
    where = f" in {spelled(incidents)} {plural(incidents, 'incident', 'incidents')}."
    runs = [Run(capital(_casualties_phrase(issue, killed, injured)), "strong"), Run(where)]
    of_the_dead = killed.value > 0
    measure, noun = ("killed", "dead") if of_the_dead else ("injured", "injured")
    if victims := _victims(issue, measure, noun):
        runs.append(Run(f" {victims}"))
    return [(*runs, *credit(issue, "killed", "injured"))]


def _casualties_phrase(issue: Issue, killed: Number, injured: Number) -> str:
    """Killed, and injured where a figure says anything."""
    lead = _killed_phrase(issue, killed)
    if not injured.known or not issue.has("injured"):
        return lead
    if not killed.known:
        were = plural(injured.value, "was", "were")
        more = f", and {spelled(injured.value)} {were} recorded injured" if injured.value else ""
        return f"{lead}{more}"
    if injured.value == 0:
        return f"{lead} or injured" if killed.value == 0 else lead
    return f"{lead} and {spelled(injured.value)} injured"


def _killed_phrase(issue: Issue, killed: Number) -> str:
    if not killed.known:
        return f"no figure of {issue.victims} killed was recorded"
    if killed.value == 0:
        return f"no {issue.victims} were recorded killed"
    noun = plural(killed.value, _SINGULAR[issue.victims], issue.victims)
    verb = plural(killed.value, "was", "were")
    return f"{spelled(killed.value)} {noun} {verb} recorded killed"


def _nothing_recorded(issue: Issue) -> Runs:
    """A week without incidents: say so, and who would have recorded them."""
    recorders = issue.numbers.groups("incidents", issue.periods.year_label, "source")
    who = joined(recorders[:4]) or issue.store.profile.credit or issue.store.profile.title
    return (
        Run("No incidents were recorded in this week", "strong"),
        Run(f" by the sources of these data ({who}). That none were recorded does not mean "),
        Run("that none occurred."),
    )


def _victims(issue: Issue, measure: str, noun: str) -> str:
    """ "Five of the dead were children and six were women; ..." with the rest as unknown."""
    parts = {
        part: issue.numbers.value(measure, issue.week, breakdown=m.WHO, group=part)
        for part in (m.CHILDREN, m.WOMEN, m.MEN, m.REMAINDER)
    }
    rest = parts.pop(m.REMAINDER)
    phrases = [
        f"{spelled(value)} {plural(value, f'was a {m.SINGULAR[part]}', f'were {part}')}"
        for part, value in parts.items()
        if value > 0
    ]
    if not phrases:
        return f"Sex and age of the {noun} are not recorded." if rest > 0 else ""
    text = joined([capital(phrases[0].replace(" ", f" of the {noun} ", 1)), *phrases[1:]])
    if rest > 0:
        text += f"; sex and age are not recorded for the other {spelled(rest)}"
    return text + "."


def _displacement(issue: Issue) -> list[Runs]:
    displaced = issue.numbers.get("displaced", issue.week) or MISSING
    if not displaced.value > 0:
        return []
    people = plural(displaced.value, "person was", "people were")
    return [
        (
            Run(f"{capital(spelled(displaced.value))} {people} newly displaced", "strong"),
            Run(" by the attacks, as recorded."),
            *credit(issue, "displaced"),
        )
    ]


def _places(issue: Issue) -> list[Runs]:
    numbers, week = issue.numbers, issue.week
    places = numbers.get("places", week) or MISSING
    if not places.value > 0:
        return []
    groups = numbers.groups("incidents", week, "place")
    named = sorted((name for name in groups if name != m.NOT_RECORDED), key=str.casefold)
    districts = {name.rpartition(", ")[2] for name in named if ", " in name}
    hit = f"{capital(spelled(places.value))} {plural(places.value, 'place was', 'places were')} hit"
    if len(districts) == 1 and all(", " in name for name in named):
        hit += f", {plural(places.value, '', 'all ')}in {districts.pop()} district"
    if 1 < len(named) <= NAMED_PLACES:
        hit += f": {joined([name.rpartition(', ')[0] or name for name in named])}"
    return [(Run(f"{hit}."),)]


def _attacks(issue: Issue) -> list[Runs]:
    """What the sources gave as the cause, where one kind was given for most incidents."""
    numbers, week = issue.numbers, issue.week
    total = numbers.value("incidents", week)
    kinds = [(numbers.value("incidents", week, breakdown="attack", group=kind), kind)
             for kind in numbers.groups("incidents", week, "attack")
             if kind not in (m.NOT_RECORDED, "other")]  # fmt: skip
    if not kinds or total < 2:
        return []
    count, kind = max(kinds)
    if count * 2 <= total:
        return []
    of = f"all {spelled(total)}" if count == total else f"{spelled(count)} of the {spelled(total)}"
    return [(Run(f"{capital(kind)} was reported as the cause of {of} incidents."),)]


def _one_incident(issue: Issue) -> list[Runs]:
    """Deaths cluster: say it where one incident holds a quarter of them or more."""
    numbers, week = issue.numbers, issue.week
    largest = numbers.value("killed_largest_incident", week)
    killed, incidents = numbers.value("killed", week), numbers.value("incidents", week)
    if not (incidents > 1 and largest >= 4 and largest * 4 >= killed):
        return []
    return [(Run(f"One incident accounts for {spelled(largest)} of the {spelled(killed)} dead."),)]


def _since_baseline(issue: Issue) -> list[Runs]:
    out: list[Runs] = []
    for baseline in issue.periods.baselines[:1]:
        since = issue.periods.since(baseline)
        killed, injured, displaced = (
            issue.numbers.value(name, since) for name in ("killed", "injured", "displaced")
        )
        victims = plural(killed, _SINGULAR[issue.victims], issue.victims)
        text = f"Since {baseline.name}: {figure(killed)} {victims} recorded killed"
        if issue.has("injured"):
            text += f", {figure(injured)} injured"
        if issue.has("displaced"):
            text += f", {figure(displaced)} {plural(displaced, 'person', 'people')} newly displaced"
        out.append((Run(f"{text}."),))
    return out


def credit(issue: Issue, *measures: str) -> Runs:
    """The sources of these figures, muted, after the sentence."""
    named = list(dict.fromkeys(name for measure in measures for name in issue.sources(measure)))
    return (Run(f" {joined(named)}.", "muted"),) if named else ()
