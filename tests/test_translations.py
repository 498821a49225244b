"""Every language says all that English says, with the same numbers in it, and nothing forbidden."""

import re
import sys
from datetime import date
from pathlib import Path

import pytest
from wordings import SPELLED, bans_of, not_allowed

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import translations  # noqa: E402

from sitrep import language, words  # noqa: E402
from sitrep.language import LANGUAGES, rules, say, speaking  # noqa: E402
from sitrep.language.conventions import _ENGLISH, of_locale  # noqa: E402

FOREIGN = [code for code in LANGUAGES if code != "en"]
BRACES = re.compile(r"\{(\w+)(?::figures)?\}")
# A rule for one, and forms of Arabic for none, one and two, say their number in words.
BY_NUMBER = {"ar": 3, "fr": 1, "tr": 0}


def strings(message):
    return message.string if isinstance(message.string, (list, tuple)) else [message.string]


def texts(message):
    return message.id if isinstance(message.id, (list, tuple)) else [message.id]


def names_in(text):
    return {found[0].lower() + found[1:] for found in BRACES.findall(text)}


@pytest.mark.parametrize("code", FOREIGN)
def test_no_wording_lacks_a_translation_and_none_is_of_an_earlier_wording(code):
    catalogue = translations.updated(code)
    missing = translations.missing(catalogue)
    assert not missing, f"make translations, then translate: {missing[:10]}"
    assert len(catalogue) == sum(1 for _ in {(e.context, e.text) for e in translations.entries()})


@pytest.mark.parametrize("code", FOREIGN)
def test_what_the_program_reads_is_what_the_translators_wrote(code):
    path = translations.po_file(code)
    compiled = translations.as_mo(translations.read(code))
    assert path.with_suffix(".mo").read_bytes() == compiled, "make translations compiles them"


@pytest.mark.parametrize("code", FOREIGN)
def test_a_translation_takes_in_the_numbers_of_its_wording_and_no_others(code):
    for message in translations.read(code):
        if not message.id:
            continue
        given = set().union(*(names_in(text) for text in texts(message)))
        for form, string in enumerate(strings(message)):
            found = names_in(string)
            assert found <= given, f"{message.context}, form {form}: {found - given}"
            left_out = given - found
            if form < BY_NUMBER[code] and len(texts(message)) > 1:
                # What the English of one thing does without may be left out too.
                left_out &= names_in(texts(message)[0]) - {rules.rule(message.context).count}
            assert not left_out, f"{message.context}, form {form} lacks {left_out}"


@pytest.mark.parametrize("code", FOREIGN)
def test_a_translation_has_the_bold_words_and_the_edges_of_its_wording(code):
    for message in translations.read(code):
        for string in strings(message) if message.id else ():
            source = texts(message)[-1]
            assert string.count("**") == source.count("**"), message.context
            edges = re.fullmatch(r"(\s*).*?(\s*)", source, re.DOTALL).groups()
            assert re.fullmatch(r"(\s*).*?(\s*)", string, re.DOTALL).groups() == edges
            assert message.context == translations.PROSE or "  " not in string, message.context


@pytest.mark.parametrize("code", FOREIGN)
def test_no_translation_says_what_may_not_be_said(code):
    for message in translations.read(code):
        for string in strings(message) if message.id else ():
            assert not not_allowed(string, code), f"{message.context}: {string}"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ar", "نحو تسعة أشخاص"),
        ("ar", "نحو ثماني حوادث"),
        ("ar", "نحو ١٬٨٦٧ شخصًا"),
        ("ar", "نحو {killed} شخصًا"),
        ("fr", "près de neuf civils"),
        ("fr", "près de 1\u202f867 personnes"),
        ("fr", "12,5 % de plus"),
        ("fr", "{share:figures} % de moins"),
        ("tr", "yalnız üç olay"),
        ("tr", "yüzde dokuz daha fazla"),
        ("tr", "%12,5 daha"),
        ("tr", "tam 1.867 kişi"),
    ],
)
def test_numbers_are_known_in_figures_and_in_the_words_of_each_language(code, said):
    assert not_allowed(said, code)


@pytest.mark.parametrize(
    ("code", "said"), [("ar", "نحو الشمال"), ("fr", "près de nous"), ("tr", "yalnız kaydedilen")]
)
def test_what_is_not_a_number_in_their_place_is_allowed(code, said):
    assert not not_allowed(said, code)


@pytest.mark.parametrize("code", FOREIGN)
def test_the_words_of_small_numbers_are_those_of_the_catalogue_and_more(code):
    with speaking(LANGUAGES[code]):
        assert {say(f"number_{n}") for n in range(rules.SMALL)} <= set(SPELLED[code].split())


@pytest.mark.parametrize("code", FOREIGN)
def test_the_wordings_that_may_not_be_said_are_listed_with_reasons(code):
    assert len(bans_of(code)) > 30
    assert all(ban.reason.endswith(".") for ban in bans_of(code))


def test_english_conventions_are_those_of_unicode():
    assert of_locale("en_GB", "latn") == _ENGLISH


@pytest.mark.parametrize(
    ("code", "number", "day", "many"),
    [
        ("en", "1,867.5", "7 June 2021", "a, b and c"),
        ("fr", "1\u202f867,5", "7 juin 2021", "a, b et c"),
        ("tr", "1.867,5", "7 Haziran 2021", "a, b ve c"),
        ("ar", "1,867.5", "7 حزيران 2021", "a وb وc"),
    ],
)
def test_numbers_days_and_lists_are_written_as_the_language_does(code, number, day, many):
    with speaking(LANGUAGES[code]):
        assert language.number(1867.5, places=1) == number
        assert words.day(date(2021, 6, 7)) == day
        assert language.joined(["a", "b", "c"]) == many


def test_arabic_may_be_written_in_its_own_digits():
    from dataclasses import replace

    with speaking(replace(LANGUAGES["ar"], digits="arab")):
        assert words.figure(1867) == "١٬٨٦٧"
        assert words.day(date(2021, 6, 7)) == "٧ حزيران ٢٠٢١"


@pytest.mark.parametrize(
    ("count", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 5), (99, 5), (100, 4),
                        (102, 4), (103, 3), (111, 5)],
)  # fmt: skip
def test_arabic_has_six_forms(count, form):
    message = translations.read("ar").get(
        ("{incidents} incident", "{incidents} incidents"), context="in_incidents"
    ) or translations.read("ar").get("in {incidents} incident", context="in_incidents")
    with speaking(LANGUAGES["ar"]):
        expected = BRACES.sub(words.figure(count), message.string[form])
        assert say("in_incidents", incidents=count) == expected


def test_what_runs_against_the_text_around_it_is_isolated():
    with speaking(LANGUAGES["ar"]):
        assert language.isolated("2021-W23") == "\u20682021-W23\u2069"
        assert language.isolated("أريحا") == "أريحا"
        assert words.span(17, 24) == "\u206617–24\u2069"
        assert words.signed(6) == "\u2066+6\u2069"
    assert language.isolated("2021-W23") == "2021-W23"
    assert language.isolated("أريحا") == "\u2068أريحا\u2069"
    with speaking(LANGUAGES["fr"]):
        assert words.span(17, 24) == "17–24"


def test_a_turkish_capital_of_i_keeps_its_dot():
    with speaking(LANGUAGES["tr"]):
        assert language.capital("iki") == "İki"
    assert language.capital("idlib") == "Idlib"
