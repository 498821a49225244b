"""Commands as they are named in messages: as the person who reads them would type them."""

import os
import shlex


def command(name: str, data: str, *, profile: str = "", sheet: str = "") -> str:
    """A command as the person would type it: with make if that is what they used."""
    if os.environ.get("MAKELEVEL"):
        given = f" PROFILE={shlex.quote(profile)}" if profile else ""
        given += f" SHEET={shlex.quote(sheet)}" if sheet else ""
        return f"make {name} DATA={shlex.quote(data)}{given}"
    given = f" --profile {shlex.quote(profile)}" if profile else ""
    given += f" --sheet {shlex.quote(sheet)}" if sheet else ""
    file = f"--data {shlex.quote(data)}" if name == "report" else shlex.quote(data)
    return f"sitrep {name} {file}{given}"
