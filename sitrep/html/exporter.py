"""nbconvert's exporter: ``jupyter nbconvert --to sitrep_html notebook.ipynb``."""

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import Unicode

from sitrep.document import executed, from_notebook
from sitrep.html.render import render_html


class SitrepHTMLExporter(Exporter):
    """One HTML file: no script, nothing fetched.

    A notebook that has never been run is run first. ``--SitrepHTMLExporter.template_folder``
    names a folder of templates and a style sheet that come before our own.
    """

    export_from_notebook = "Situation report (HTML)"
    output_mimetype = "text/html"
    file_extension = ".html"
    template_folder = Unicode(
        "", help="Folder with a report.html.j2, blocks.html.j2 or report.css of your own"
    ).tag(config=True)

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page and nbconvert's resources.

        Raises
        ------
        ReportError
            A cell failed, or a block cannot be published.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        name = (resources.get("metadata") or {}).get("name") or ""
        document = from_notebook(executed(nb, resources), name=name)
        folder = Path(self.template_folder) if self.template_folder else None
        return render_html(document, templates=folder), resources
