"""What the page says of one report, in the language of the page, and the words it is found by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from sitrep.folding import folded
from sitrep.language import LANGUAGES, Language, in_use, named, say, speaking
from sitrep.pdf.thumbnail import NAME as THUMBNAIL
from sitrep.run.facts import HEADLINES, NUMBERS
from sitrep.run.index.listed import Listed
from sitrep.run.plan import DATA_QUALITY, SITUATION_REPORT
from sitrep.words import cell, days_of, low_high

_LABELS = {  # where the data count civilians, and where they count people
    "killed": ("index_civilians_killed", "index_people_killed"),
    "injured": ("index_civilians_injured", "index_people_injured"),
    "displaced": ("index_displaced", "index_displaced"),
}
Spellings = Callable[[str], tuple[str, ...]]  # a name of the data, as each language writes it


@dataclass(frozen=True)
class Figure:
    """One headline number; `range` is empty where low and high say no more."""

    label: str
    value: str
    range: str
    tone: str


@dataclass(frozen=True)
class Documents:
    """The documents of one language: addresses, empty where there is none."""

    lang: str
    name: str  # of the language, in itself
    direction: str
    html: str
    pdf: str


@dataclass(frozen=True)
class Card:
    """One report as the template sets it."""

    week: str
    days: str
    about: tuple[str, ...]  # area, kind, edition
    issue: str  # which one it is or would be; empty for a report of another kind
    dated: tuple[str, ...]
    warning: str  # that the data are made up
    figures: tuple[Figure, ...]
    lead: str
    lead_lang: str
    lead_direction: str
    thumbnail: str
    documents: tuple[Documents, ...]
    csv: str
    words: str

    @property
    def main(self) -> str:
        """What the title leads to: the first document there is."""
        return next((each.html or each.pdf for each in self.documents), self.csv)


def spellings(languages: Iterable[Language]) -> Spellings:
    """A name in every one of `languages`, so that it is found in each; kept, as names recur."""
    known = tuple(languages)

    @cache
    def spelt(name: str) -> tuple[str, ...]:
        found = [name]
        for language in known:
            with speaking(language):
                found.append(named(name))
        return tuple(dict.fromkeys(folded(each) for each in found))

    return spelt


def card(issue: Listed, spelt: Spellings) -> Card:
    """The card of `issue`."""
    week, days = str(issue.week), days_of(issue.week)
    about = (named(issue.area), _kind(issue), *_edition(issue))
    status, dated, figures = _status(issue), tuple(_dated(issue)), tuple(_figures(issue))
    lead_lang = first_of(issue.leads)
    documents = tuple(_documents(issue))
    languages = (each.name for each in documents)
    shown = (week, days, *about, status, *dated, *issue.leads.values(), *languages)
    numbers = (f"{each.value} {each.range}" for each in figures)
    places = (word for place in (issue.area, *issue.places) for word in _parts(place, spelt))
    return Card(
        week=week,
        days=days,
        about=tuple(filter(None, about)),
        issue=status,
        dated=dated,
        warning=_warning(issue),
        figures=figures,
        lead=issue.leads.get(lead_lang, ""),
        lead_lang=lead_lang,
        lead_direction=direction(lead_lang),
        thumbnail=_file(issue, THUMBNAIL),
        documents=documents,
        csv=_file(issue, NUMBERS),
        words=" ".join(dict.fromkeys((folded(" ".join((*shown, *numbers))), *places))),
    )


def direction(lang: str) -> str:
    """How a language is written, as HTML's `dir`; one that is not known decides by its letters."""
    if lang not in LANGUAGES:
        return "auto"
    return "rtl" if LANGUAGES[lang].right_to_left else "ltr"


def _parts(place: str, spelt: Spellings) -> Iterable[str]:
    """A place in its district, ``Bara, Ariha``, by both names."""
    return (word for name in place.split(", ") for word in spelt(name))


def _kind(issue: Listed) -> str:
    if issue.kind == SITUATION_REPORT.name:
        return say("index_situation_report")
    return say("index_data_quality") if issue.kind == DATA_QUALITY.name else issue.kind


def _edition(issue: Listed) -> tuple[str, ...]:
    if issue.edition == "public":
        return ()
    return (say("edition_internal") if issue.edition == "internal" else issue.edition,)


def _status(issue: Listed) -> str:
    """Which issue it is, or would be; only situation reports are counted."""
    if issue.kind != SITUATION_REPORT.name:
        return ""
    if not issue.published_on:
        number = issue.number
        return say("issue_draft", number=number) if number else say("index_draft")
    if issue.count > 1:
        return say("issue_published_again", number=issue.number, edition=issue.count)
    return say("issue_published", number=issue.number) if issue.number else ""


def _dated(issue: Listed) -> Iterable[str]:
    if issue.published_on:
        yield say("index_published", day=issue.published_on)
    if issue.frozen_on:
        yield say("masthead_frozen", day=issue.frozen_on)


def _warning(issue: Listed) -> str:
    if not issue.illustrative:
        return ""
    if issue.published_totals:
        return say("banner_illustrative_published_totals")
    return say("banner_illustrative")


def _figures(issue: Listed) -> Iterable[Figure]:
    """The headline numbers; of a report on the records themselves none, it is not about them."""
    for measure in HEADLINES if issue.kind == SITUATION_REPORT.name else ():
        if (number := issue.numbers.get(measure)) is not None:
            tone = "displacement" if measure == "displaced" else "casualties"
            yield Figure(_label(measure, issue), cell(number), low_high(number), tone)


def _label(measure: str, issue: Listed) -> str:
    """What was counted: deaths of civilians and deaths of people are never one word."""
    of_civilians, of_people = _LABELS[measure]
    return say(of_civilians if issue.victims == "civilians" else of_people)


def _documents(issue: Listed) -> Iterable[Documents]:
    """Those of the page's language first, then in the order that languages are listed in."""
    order = [in_use().code, *LANGUAGES]
    found = issue.documents
    for lang in sorted(found, key=lambda each: (each not in order, *_place(each, order), each)):
        name = LANGUAGES[lang].name if lang in LANGUAGES else lang
        files = found[lang]
        html, pdf = files.get("html", ""), files.get("pdf", "")
        yield Documents(lang, name, direction(lang), html=html, pdf=pdf)


def _place(lang: str, order: list[str]) -> tuple[int, ...]:
    return (order.index(lang),) if lang in order else ()


def first_of(texts: dict[str, str]) -> str:
    """The language in use if it is among those of `texts`, else the first of them."""
    return in_use().code if in_use().code in texts else next(iter(texts), in_use().code)


def _file(issue: Listed, name: str) -> str:
    return issue.address(name) if name in issue.files else ""
