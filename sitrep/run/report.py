"""Making one report: data, notebook, both documents, and what travels with them."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from sitrep.errors import DataError, ReportError, SitrepError, UsageError
from sitrep.run.apart import in_a_process
from sitrep.run.imports import OUTPUT_MODULES, collect_seldom, warm_up
from sitrep.run.plan import Kind, Plan, Request, make_plan
from sitrep.run.process import NotebookProcess, first_line, prewarm
from sitrep.run.progress import Progress
from sitrep.run.release import release
from sitrep.weeks import Week

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from sitrep.blocks import Document
    from sitrep.incidents import Store
    from sitrep.run.inspection import Secrets

# What a cell may raise that is for the reader of the message, not for a programmer.
_MESSAGES: dict[str, type[SitrepError]] = {
    kind.__name__: kind for kind in (UsageError, DataError, ReportError)
}


class Which(TypedDict):
    """Which issue of a plan: the week, the area as the data name it, the day it is published."""

    week: Week
    area: str
    published_on: date | None


@dataclass(frozen=True)
class Report:
    """A report that has been released."""

    folder: Path
    files: tuple[str, ...]
    kind: Kind

    @property
    def documents(self) -> tuple[Path, ...]:
        """The PDFs and the HTML files, those that are read first first."""
        stem = f"{self.kind.stem}."
        found = [self.folder / name for name in self.files if name.startswith(stem)]
        return tuple(sorted(found, key=lambda path: (path.suffix != ".pdf", path.name)))


def make_report(
    request: Request,
    *,
    progress: Progress,
    on_read: Callable[["Store", Plan], None] = lambda *_: None,
) -> Report:
    """Read the data and make the report of one week.

    `on_read` is called when the data have been read. Raises SitrepError with one sentence;
    then the earlier report is as it was.
    """
    from sitrep.run.index import write_index
    from sitrep.run.reading import read_all

    plan = make_plan(request)
    collect_seldom()
    # Three at once: one imports pandas, one reads the data, and this one imports papermill.
    early = prewarm(plan.settings.root) if request.engine == "sitrep" else nullcontext()
    with early as process, in_a_process(read_all, plan, progress.quiet) as read:
        progress.stage(f"Reading {plan.settings.data.files}")
        warm_up(("papermill",))
        store: Store = read()
        on_read(store, plan)
        report = build(plan, store, secrets=read, process=process, progress=progress)
    write_index(plan.out, plan.settings, progress=progress)
    return report


def build(
    plan: Plan,
    store: "Store",
    *,
    secrets: Callable[[], "Secrets | None"],
    process: NotebookProcess | None,
    progress: Progress,
    published_on: date | None = None,
    before_release: Callable[[Path], None] = lambda _: None,
) -> Report:
    """Make the report of `plan` from data that have been read, and release it.

    `secrets` is called for what must not be in it when the first of its files is made.
    `published_on` makes it an issue instead of a draft; `before_release` is given the folder
    of the finished report before anyone sees it.
    """
    from sitrep.document import from_notebook
    from sitrep.issue import find_archive
    from sitrep.run.facts import issue_facts
    from sitrep.run.inspection import Inspection
    from sitrep.run.manifest import NAME, inputs, manifest

    week, area = chosen(plan, store)
    archive = find_archive(store, plan.settings, area=area)
    target, made, inspection = plan.folder(week, area), {}, Inspection(secrets)
    with release(target) as folder:
        for number, lang in enumerate(plan.languages):
            parameters = plan.parameters(week=week, area=area, lang=lang, published_on=published_on)
            progress.stage(f"Making {target.name} ({lang})")
            nb = run_notebook(plan, parameters, process=process, progress=progress)
            progress.stage("Writing HTML and PDF")
            made[lang] = document = from_notebook(nb, name=plan.kind.stem)
            files = outputs(document, nb, plan, parameters, whole=number == 0, look=inspection.look)
            for name, content in files.items():
                (folder / name).write_bytes(content)
        which: Which = {"week": week, "area": area, "published_on": published_on}
        made_from = inputs(plan, store, archive, **which)
        facts = issue_facts(plan, store, archive, made, **which)
        (folder / NAME).write_bytes(manifest(made_from, facts, store, folder))
        inspection.finish(folder)
        before_release(folder)
        names = tuple(sorted(path.name for path in folder.iterdir()))
    return Report(folder=target, files=names, kind=plan.kind)


def chosen(plan: Plan, store: "Store") -> tuple[Week, str]:
    """The week and the area that are asked for, by the names that the data have for them."""
    from sitrep.issue import check_area, choose_week

    asked = plan.request
    week = choose_week(asked.week, store, plan.settings)
    return week, check_area(asked.area, store, plan.settings) if asked.area else ""


def run_notebook(
    plan: Plan,
    parameters: dict[str, str],
    *,
    process: NotebookProcess | None,
    progress: Progress,
) -> "NotebookNode":
    """The notebook, executed by papermill in the project's folder.

    Raises
    ------
    ReportError
        A cell failed; names its first line and the error. What a cell raises as UsageError
        or DataError is raised as such.
    """
    warm_up(("papermill",))
    import papermill
    from papermill.exceptions import PapermillException

    from sitrep.run import engine

    engine.register()
    _refuse_unknown(parameters, papermill.inspect_notebook(str(plan.notebook)), plan.kind)
    reference = plan.request.engine == "nbclient"
    own: dict[str, Any] = {
        "process": process,
        "on_cell": lambda done, total: progress.step(done, total, unit="cell"),
        "meanwhile": rehearse,
    }
    try:
        executed: NotebookNode = papermill.execute_notebook(
            str(plan.notebook),
            None,
            parameters=parameters,
            engine_name=plan.request.engine,
            request_save_on_cell_execute=False,
            kernel_name="python3",
            language="python",
            progress_bar=reference and not progress.quiet,
            cwd=str(plan.settings.root),
            **({} if reference else own),
        )
        return executed
    except PapermillException as error:
        raise _cell_error(error, parameters["week"], plan.kind) from error
    finally:
        progress.close()


def outputs(
    document: "Document",
    nb: "NotebookNode",
    plan: Plan,
    parameters: dict[str, str],
    *,
    whole: bool,
    look: Callable[[str, bytes], None],
) -> dict[str, bytes]:
    """File name to content: both documents; of the `whole` also what stands for all languages.

    That is the notebook, what is attached, and the first page. `look` is called for what is
    ready before the PDF, while that is being set.
    """
    from sitrep.pdf.thumbnail import NAME as THUMBNAIL
    from sitrep.run.executed import published

    stem, found = f"{plan.kind.stem}.{parameters['lang']}", {}
    with documents(document) as made:
        found[f"{stem}.html"] = made["html"].result()
        if whole:
            found["notebook.ipynb"] = published(
                nb, root=plan.settings.root, data=parameters["data"]
            )
            attached = document.attachments
            found |= {Path(item["name"]).name: item["text"].encode() for item in attached}
        for name, content in found.items():
            look(name, content)
    found[f"{stem}.pdf"] = made["pdf"].result()
    return found | ({THUMBNAIL: made[THUMBNAIL].result()} if whole else {})


@contextmanager
def documents(document: "Document") -> Iterator[dict[str, "Future[bytes]"]]:
    """The HTML and the PDF, as nbconvert's exporters of this project make them; its thumbnail.

    Without nbconvert itself, whose import takes longer than both; and the PDF beside the
    rest, since Typst lets other threads run.
    """
    from sitrep.html.render import render_html
    from sitrep.pdf.render import render_pdf
    from sitrep.pdf.thumbnail import NAME, thumbnail

    with ThreadPoolExecutor(1) as beside:
        pdf = beside.submit(render_pdf, document)
        made = {"pdf": pdf, "html": Future[bytes]()}
        made[NAME] = beside.submit(lambda: thumbnail(pdf.result()))
        made["html"].set_result(render_html(document).encode())
        yield made


@cache
def rehearse() -> None:
    """Once: load what the documents need (templates, fonts) while the notebook still runs."""
    warm_up(OUTPUT_MODULES)
    from sitrep.run import manifest
    from sitrep.run.index import rendered
    from sitrep.run.rehearsal import every_kind_of_block
    from sitrep.settings import Settings

    rendered([], Settings())
    with documents(every_kind_of_block()):
        manifest.warm_up()


def _refuse_unknown(parameters: dict[str, str], known: dict[str, Any], kind: Kind) -> None:
    """papermill would only log a line, and the report would be that of another week."""
    missing = [name for name in parameters if name not in known]
    if missing:
        raise ReportError(
            f"{kind.notebook.as_posix()}: its cell tagged `parameters` lacks {', '.join(missing)}"
        )


def _cell_error(error: Exception, week: str, kind: Kind) -> SitrepError:
    name, text = getattr(error, "ename", ""), getattr(error, "evalue", str(error))
    if name in _MESSAGES:
        return _MESSAGES[name](text)
    return ReportError(
        f"{kind.notebook.as_posix()}: the cell that begins "
        f"{first_line(getattr(error, 'source', ''))!r} failed with {name}: {text}. To look, open "
        "the notebook in JupyterLab (make explore), "
        f'set week = "{week}" in its first cell and run it'
    )
