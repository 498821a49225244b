"""What is imported, and when: each in a process of its own, where nothing has been imported."""

import subprocess
import sys


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_papermill_comes_without_what_no_report_uses() -> None:
    found = run(
        "import sys; from sitrep.run.imports import warm_up; warm_up(('papermill',))\n"
        "import papermill\n"
        "print(*(name in sys.modules for name in ('papermill.execute', 'urllib3')))\n"
        "print(sys.modules['rfc3987_syntax'])"
    )
    assert found.split() == ["True", "False", "None"]


def test_what_was_put_off_is_imported_when_it_is_used() -> None:
    found = run(
        "import sys; from sitrep.run.imports import put_off; put_off('requests')\n"
        "import requests\n"
        "before = 'urllib3' in sys.modules\n"
        "print(before, requests.Session.__module__, requests.get.__name__)\n"
        "import requests as again, requests.adapters\n"
        "print(again.get is requests.get, requests.adapters.HTTPAdapter.__name__)"
    )
    assert found.split() == ["False", "requests.sessions", "get", "True", "HTTPAdapter"]


def test_what_is_imported_already_is_not_put_off() -> None:
    found = run(
        "import sys, requests; from sitrep.run.imports import put_off; put_off('requests')\n"
        "print(sys.modules['requests'] is requests, type(requests).__name__)"
    )
    assert found == "True module"


def test_a_module_that_cannot_be_imported_is_left_to_who_needs_it() -> None:
    assert run("from sitrep.run.imports import warm_up; warm_up(('no_such_module',))") == ""


def test_garbage_is_looked_for_after_imports_but_not_in_them() -> None:
    found = run(
        "import gc; from sitrep.run.imports import warm_up; warm_up(('decimal',))\n"
        "print(gc.isenabled(), gc.get_freeze_count() > 1_000)"
    )
    assert found == "True True"
