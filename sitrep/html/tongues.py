"""Names in another script than the report's, marked with a language for those who hear it.

Which language a name is of, nobody recorded. As in the PDF, Latin letters in Arabic are taken
for English, in which the data are kept, and Arabic letters elsewhere for Arabic.

A week stays on one line: broken at its hyphen, it would be read in the wrong order in Arabic.
"""

import re

from markupsafe import Markup, escape

from sitrep.language import in_use

_LATIN, _ARABIC = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f", "\u0620-\u065f\u066e-\u06d3"
_LATIN_WORDS = re.compile(rf"[{_LATIN}](?:[{_LATIN}\d_ '\u2019.,:;()/\u2013-]*[{_LATIN}\d])?")
_ARABIC_WORDS = re.compile(rf"[{_ARABIC}](?:[{_ARABIC} ]*[{_ARABIC}])?")
# Weeks and numbers of records are read as well by any voice.
_A_WORD = re.compile(rf"[{_LATIN}]{{3}}|[{_ARABIC}]{{2}}")
_WEEK = re.compile(r"\b\d{4}-W\d{2}\b")


def with_language(text: str) -> Markup:
    """`text` as HTML, words of another script in a ``<span>`` with their language."""
    found, lang = (_LATIN_WORDS, "en") if in_use().right_to_left else (_ARABIC_WORDS, "ar")
    out, at = Markup(), 0
    for words in found.finditer(text) if lang == "en" or not text.isascii() else ():
        if _A_WORD.search(words[0]):
            marked = Markup('<span lang="{}">{}</span>').format(lang, words[0])
            out += _escaped(text[at : words.start()]) + marked
            at = words.end()
    return out + _escaped(text[at:])


def _escaped(text: str) -> Markup:
    weeks = _WEEK.sub(r'<span class="week">\g<0></span>', str(escape(text)))
    return Markup(weeks)  # noqa: S704 (escaped before)
