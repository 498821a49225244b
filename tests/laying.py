"""Folders of reports made by hand, as far as the page of all reports looks into them."""

import json
from pathlib import Path
from typing import Any

# What is typed or recorded, and how it is searched for.
FOLDED = {
    "Ma'arrat  al-Numan": "maarrat al numan",
    "ÉCOLE": "ecole",
    "İstanbul Iğdır": "istanbul igdir",
    "أريحا": "اريحا",
    "إدلب آفس ٱ": "ادلب افس ا",
    "معرّة النُّعمان": "معره النعمان",
    "مصطفى": "مصطفي",
    "سـراقـب": "سراقب",
    "ﻻ": "لا",
    "١٬٨٦٧ و ۴۵": "1867 و 45",
    "1,867 (1,800–2,000)": "1867 1800 2000",
    "2021-W23, Bara, 12": "2021 w23 bara 12",
    " - ": "",
}


def lay(out: Path, name: str = "", *, week: str = "2021-W23", **said: Any) -> Path:
    """Put a report into `out`: empty documents, and a manifest that says what `said` does."""
    stem = said.pop("stem", "situation-report")
    documents = said.pop("documents", {"en": {"title": f"Title {week}", "lead": "A lead."}})
    kind, published_on = said.pop("kind", "situation report"), said.pop("published_on", "")
    parameters = {
        "week": week, "area": said.pop("part", ""), "edition": said.pop("shown_to", "public"),
    } | ({"published_on": published_on} if published_on else {})  # fmt: skip
    files = [f"{stem}.{lang}.{kind}" for lang in documents for kind in ("html", "pdf")]
    files += ["numbers.csv", "thumbnail.jpg"]
    folder = out / (name or week)
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).touch()
    issue = {
        "number": 1, "edition": 1, "frozen_on": "2021-06-30", "area": "Idlib region",
        "victims": "civilians", "illustrative": False, "published_totals": False,
        "documents": documents, "numbers": {"killed": ["20", "17", "24"]},
        "places": ["Bara, Ariha"],
    } | said  # fmt: skip
    inputs = {"report": kind, "parameters": parameters, "data": {"layout": "native"}}
    content = {"inputs": inputs, "issue": issue, "files": dict.fromkeys(files, "")}
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    return folder
