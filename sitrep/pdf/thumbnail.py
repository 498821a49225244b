"""A small picture of a PDF's first page, for the page that lists all reports."""

import io
from contextlib import closing

NAME = "thumbnail.jpg"
MEDIA_TYPE = "image/jpeg"
WIDTH = 300  # pixels: twice as many as it is shown with, for screens with fine dots
MOST_BYTES = 20_000
# JPEG, since it is written in a thousandth of a second; a page with much on it is set coarser.
_QUALITIES = (50, 35, 20)


def thumbnail(pdf: bytes) -> bytes:
    """The first page as a JPEG, `WIDTH` pixels wide: the same bytes for the same PDF."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width(), rev_byteorder=True).to_pil()
    for quality in _QUALITIES:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=quality)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()
