"""A table saved by LibreOffice in each dialect of CSV that its dialogue offers, and as .xlsx.

Without LibreOffice the tests that need it are skipped, but never in CI, where they would
then seem to pass. It starts once and is told by a macro to save many times.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

CSV, XLSX = "Text - txt - csv (StarCalc)", "Calc MS Excel 2007 XML"
# The numbers of its filter options, in their order: the separator, the quotation mark, the
# encoding, the first line; then, to read, which columns hold dates (5 is year-month-day).
SEPARATORS = {"comma": 44, "semicolon": 59, "tab": 9}
ENCODINGS = {"utf-8": 76, "utf-16": 65535, "cp1256": 38}
_READ = "44,34,76,1,{dates}"
# To write: language, all texts in quotation marks, cells as they are shown.
_WRITE = "{separator},34,{encoding},1,,0,{quoted},true"

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Saving"
 script:language="StarBasic">{code}</script:module>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">{elements}</library:library>"""
_SAVE = """
Sub Save(document, address, filter, options)
  Dim asked(1) As New com.sun.star.beans.PropertyValue
  asked(0).Name = "FilterName" : asked(0).Value = filter
  asked(1).Name = "FilterOptions" : asked(1).Value = options
  document.storeToURL(address, asked())
End Sub
Sub Main
  Dim asked(2) As New com.sun.star.beans.PropertyValue
  asked(0).Name = "FilterName" : asked(0).Value = "{csv}"
  asked(1).Name = "FilterOptions" : asked(1).Value = "{read}"
  asked(2).Name = "Hidden" : asked(2).Value = True
  document = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, asked())
{saves}
  document.close(True)
  StarDesktop.terminate()
End Sub
"""


def options(separator: str, encoding: str, *, quoted: bool) -> str:
    """The options under which LibreOffice writes one dialect."""
    return _WRITE.format(
        separator=SEPARATORS[separator],
        encoding=ENCODINGS[encoding],
        quoted=str(quoted).lower(),
    )


def save_all(source: Path, targets: Mapping[Path, tuple[str, str]], *, dates: str) -> None:
    """Open a CSV (commas, UTF-8) and save it as each of `targets`: filter and options.

    `dates` names the columns that hold days, as ``2/5``: the second, a year-month-day.
    """
    found = shutil.which("soffice")
    if not found:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no LibreOffice here")
    saves = "\n".join(
        f'  Save(document, "{path.as_uri()}", "{kind}", "{asked}")'
        for path, (kind, asked) in targets.items()
    )
    code = _SAVE.format(
        csv=CSV, read=_READ.format(dates=dates), source=source.as_uri(), saves=saves
    )
    user = source.parent / "office"
    start = [found, "--headless", "--norestore", f"-env:UserInstallation={user.as_uri()}"]
    _run(*start, "--terminate_after_init")  # the first start puts modules of its own there
    basic = user / "user" / "basic" / "Standard"
    (basic / "Saving.xba").write_text(_MODULE.format(code=escape(code)), encoding="utf-8")
    element = '<library:element library:name="Saving"/>'
    (basic / "script.xlb").write_text(_LIBRARY.format(elements=element), encoding="utf-8")
    (basic / "dialog.xlb").write_text(_LIBRARY.format(elements=""), encoding="utf-8")
    told = _run(*start, "macro:///Standard.Saving.Main")
    missing = [path.name for path in targets if not path.is_file()]
    assert not missing, f"LibreOffice did not save {missing}: {told}"


def _run(*words: str) -> str:
    told = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    return told.stdout + told.stderr
