"""nbconvert's exporter: ``jupyter nbconvert --to sitrep_pdf notebook.ipynb``."""

from typing import Any

from nbconvert.exporters.exporter import Exporter

from sitrep.document import executed, from_notebook
from sitrep.pdf.render import render_pdf


class SitrepPDFExporter(Exporter):
    """One PDF, tagged and archivable. A notebook that has never been run is run first."""

    export_from_notebook = "Situation report (PDF)"
    output_mimetype = "application/pdf"
    file_extension = ".pdf"

    def from_notebook_node(  # type: ignore[override]
        self, nb: Any, resources: Any = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF and nbconvert's resources.

        Raises
        ------
        ReportError
            A cell failed, or the document cannot be set.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        name = (resources.get("metadata") or {}).get("name") or ""
        document = from_notebook(executed(nb, resources), name=name)
        return render_pdf(document), {**resources, "output_extension": self.file_extension}
