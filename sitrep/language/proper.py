"""The names that our own code and layouts give to what stands in the data, and their templates.

They stand in numbers.csv in English; what is printed of them goes through the catalogue. One
with something filled in (``is not one of day, week``) is told by its template.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from sitrep.language.catalogue import NAME, translated

FILE = Path(__file__).parent / "wordings" / "names.toml"
_BRACES = re.compile(r"\{(\w+)\}")


@cache
def groups() -> dict[str, list[str]]:
    """The names by what they are names of."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def names() -> tuple[str, ...]:
    """All of them, templates with their braces, in the order of the file."""
    return tuple(name for group in groups().values() for name in group)


def known(text: str) -> bool:
    """Whether it is one of them, or one of their templates filled in."""
    return text in names() or _template_of(text) is not None


def in_own_words(text: str) -> str:
    """`text` in the language in use; as it is where it is none of them."""
    template = _template_of(text)
    if template is None:
        return translated(text, context=NAME)
    values = _pattern(template).fullmatch(text)
    assert values
    return _BRACES.sub(lambda name: values[name[1]], translated(template, context=NAME))


@cache
def _template_of(text: str) -> str | None:
    templates = (name for name in names() if _BRACES.search(name))
    return next((each for each in templates if _pattern(each).fullmatch(text)), None)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """Matches the template filled in; a name that stands twice has one value."""
    seen: set[str] = set()

    def group(name: str) -> str:
        if name in seen:
            return f"(?P={name})"
        seen.add(name)
        return f"(?P<{name}>.+)"

    parts = _BRACES.split(template)
    return re.compile(
        "".join(group(part) if n % 2 else re.escape(part) for n, part in enumerate(parts)),
        re.DOTALL,
    )
