"""Bring the catalogues of translations up to date: ``make translations``.

Reads every wording of the package, every name that its numbers can hold, and the prose of the
notebooks, and merges them into ``sitrep/language/locale/<language>/LC_MESSAGES/sitrep.po``:
what is new is added blank, what has changed is marked fuzzy, what is gone is dropped. Then
compiles each to the ``.mo`` that the program reads. Prints what is still to translate.
"""

import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from sitrep.language import LANGUAGES, proper, rules
from sitrep.language.catalogue import DOMAIN, FOLDER, NAME, PROSE

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ("situation_report", "data_quality")  # those that become reports
WRITTEN_ON = datetime(2026, 11, 24, tzinfo=UTC)  # a clock's time would make every run a change


class Entry(NamedTuple):
    """One thing to translate; `plural` is empty where no number chooses the form."""

    context: str
    text: str
    plural: str
    comment: str


def entries() -> Iterator[Entry]:
    """Everything that a reader may see, in the order of its files."""
    for key in rules.names():
        rule = rules.rule(key)
        other = rule.forms["other"]
        if rule.count:
            yield Entry(key, rule.forms.get("one", other), other, rule.when)
        else:
            yield Entry(key, other, "", rule.when)
    for name in proper.names():
        yield Entry(NAME, name, "", "")
    for notebook in NOTEBOOKS:
        for source in prose(ROOT / "notebooks" / f"{notebook}.ipynb"):
            yield Entry(PROSE, source, "", f"Markdown of notebooks/{notebook}.ipynb")


def prose(path: Path) -> Iterator[str]:
    """The sources of a notebook's Markdown cells."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])


def template() -> Catalog:
    """All entries as a catalogue without translations."""
    catalogue = Catalog(domain=DOMAIN, creation_date=WRITTEN_ON, fuzzy=False)
    for entry in entries():
        text = (entry.text, entry.plural) if entry.plural else entry.text
        comments = [entry.comment] if entry.comment else []
        catalogue.add(text, context=entry.context, auto_comments=comments)
    return catalogue


def po_file(code: str) -> Path:
    """Where the catalogue of a language lies."""
    return FOLDER / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(code: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    path = po_file(code)
    if not path.is_file():
        return Catalog(locale=code, domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=code, domain=DOMAIN)


def updated(code: str) -> Catalog:
    """The catalogue of a language with the entries of today."""
    catalogue = read(code)
    before = {message.context: message.string for message in catalogue if message.id}
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        if message.id and not _is_whole(message.string):
            _draft(message, before)
    catalogue.fuzzy = False
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.creation_date = catalogue.revision_date = WRITTEN_ON
    catalogue.project, catalogue.version = DOMAIN, ""
    catalogue.header_comment = f"# {LANGUAGES[code].name}: translations of sitrep."
    return catalogue


def _draft(message: Message, before: dict[Any, Any]) -> None:
    """Where the wording of a rule has changed, its old translation is a draft of the new one."""
    keyed = message.context not in (NAME, PROSE)
    if keyed and _is_whole(before.get(message.context)):
        message.string = before[message.context]
        message.flags.add("fuzzy")


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as it is written for people."""
    written = io.BytesIO()
    write_po(written, catalogue, width=100, no_location=True)
    return written.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    written = io.BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """The contexts and texts of entries that lack a translation, or a form of it."""
    return [
        f"{message.context}: {message.id!r}"
        for message in catalogue
        if message.id and (message.fuzzy or not _is_whole(message.string))
    ]


def _is_whole(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def main() -> int:
    """Write all catalogues; returns 1 where something is still to translate."""
    left = 0
    for code in (code for code in LANGUAGES if code != "en"):
        catalogue = updated(code)
        path = po_file(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_po(catalogue))
        path.with_suffix(".mo").write_bytes(as_mo(catalogue))
        todo = missing(catalogue)
        left += len(todo)
        print(f"{path.relative_to(ROOT)}: {len(catalogue)} entries, {len(todo)} to translate")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
