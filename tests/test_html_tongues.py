"""Names in another script have a language and weeks stay whole; every sign is as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from sitrep.html.tongues import with_language
from sitrep.language import LANGUAGES, speaking


@pytest.mark.parametrize(
    ("code", "text", "html"),
    [
        ("en", "Bara, أريحا and معرة النعمان.",
         'Bara, <span lang="ar">أريحا</span> and <span lang="ar">معرة النعمان</span>.'),
        ("ar", "\u2068The Fox\u2069 و\u2068Bara\u2069",
         '\u2068<span lang="en">The Fox</span>\u2069 و\u2068<span lang="en">Bara</span>\u2069'),
        ("ar", "الأسبوع 2021-W23، السجل NW20210607-002",
         'الأسبوع <span class="week">2021-W23</span>، السجل NW20210607-002'),
        ("fr", "Bénin <b>", "Bénin &lt;b&gt;"),
        ("ar", '<img alt="x">', '&lt;<span lang="en">img alt</span>=&#34;x&#34;&gt;'),
    ],
)  # fmt: skip
def test_names_have_a_language(code, text, html):
    with speaking(LANGUAGES[code]):
        assert str(with_language(text)) == html


@given(
    st.text("ab 2021-W3 <&\"'1-–.,أريحا\u2068\u2069", max_size=40), st.sampled_from(["en", "ar"])
)
def test_nothing_is_added_but_spans(text, code):
    with speaking(LANGUAGES[code]):
        html = str(with_language(text))
    assert re.sub('<span (?:lang="(?:en|ar)"|class="week")>|</span>', "", html) == str(escape(text))
