"""Where figures of pyplot go in a report: into the cell's outputs, never to a screen.

matplotlib loads this module by its name when a cell imports pyplot. It does what Jupyter's
inline backend does.
"""

from typing import Any

from matplotlib.backends.backend_svg import FigureCanvasSVG

FigureCanvas = FigureCanvasSVG


def show(*_: Any, **__: Any) -> None:
    """Display every open figure in the order of making and close them: ``plt.show()``."""
    from IPython.display import display
    from matplotlib import pyplot

    try:
        for number in pyplot.get_fignums():
            display(pyplot.figure(number))  # type: ignore[no-untyped-call]
    finally:
        pyplot.close("all")
