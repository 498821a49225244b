"""A publisher's own colour and logo: what is taken, and what is refused in one line."""

import base64
import struct
import zlib

import pytest

from sitrep.errors import UsageError
from sitrep.settings import read_settings
from sitrep.style import colours, recoloured
from sitrep.style.accent import contrast_on_white, nearest_passing, tints
from sitrep.style.logo import MOST_BYTES, read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">{}</svg>'


def png(width=2, height=1):
    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x10\x20\x30" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_contrast_is_that_of_wcag():
    assert contrast_on_white("#000000") == pytest.approx(21)
    assert contrast_on_white("#ffffff") == 1
    # The grey that every guide names as the lightest that passes.
    assert contrast_on_white("#767676") == pytest.approx(4.54, abs=0.005)
    assert contrast_on_white("#777777") < 4.5


def test_the_nearest_shade_passes_and_the_one_before_it_does_not():
    assert nearest_passing("#1f5a6b") == "#1f5a6b"
    shade = nearest_passing("#ff8800")
    assert contrast_on_white(shade) >= 4.5
    assert contrast_on_white(nearest_passing("#777777")) == pytest.approx(4.5, abs=0.1)


def test_the_tints_of_our_own_accent_are_near_our_own_tints():
    ours = colours()
    for name, tint in tints(ours["accent"]).items():
        for at in (1, 3, 5):
            assert abs(int(tint[at : at + 2], 16) - int(ours[name][at : at + 2], 16)) <= 14


def test_a_chart_takes_the_accent_and_keeps_all_other_colours():
    svg = '<svg><path fill="#1F5A6B"/><path style="fill: #9db9c1; stroke: #c5cdd1"/></svg>'
    own = recoloured(svg, "#7a1f2b")
    pale = tints("#7a1f2b")["accent_pale"]
    assert own == f'<svg><path fill="#7a1f2b"/><path style="fill: {pale}; stroke: #c5cdd1"/></svg>'
    assert recoloured(svg, "") == svg


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('accent = "red"', "report.accent is a colour such as"),
        ('accent = "#ff8800"', r"accent #ff8800 has a contrast of 2.39 : 1 .* shade .* is #\w{6}$"),
        ('paper = "A4"', "report.paper cannot be 'A4'; did you mean 'a4'"),
        ('logo = "none.svg"', r"none\.svg: the logo cannot be read"),
    ],
)
def test_a_look_that_cannot_be_is_refused_before_anything_is_made(tmp_path, setting, said):
    path = tmp_path / "sitrep.toml"
    path.write_text(f"[report]\n{setting}\n")
    with pytest.raises(UsageError, match=said) as raised:
        read_settings(path)
    assert "\n" not in str(raised.value)


def test_an_svg_is_taken_from_its_first_tag_and_a_png_is_wrapped(tmp_path):
    (tmp_path / "a.svg").write_text('<?xml version="1.0"?>\n' + SVG.format("<path d='M0 0h1'/>"))
    assert read_logo(tmp_path / "a.svg").startswith("<svg")
    (tmp_path / "a.png").write_bytes(png())
    svg = read_logo(tmp_path / "a.png")
    assert 'width="2px" height="1px"' in svg
    assert base64.b64encode(png()).decode() in svg


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG.format("<script>1</script>"), "holds a <script>"),
        (SVG.format("<path onload='x()'/>"), r"runs a script \(onload\)"),
        (SVG.format("<image href='https://example.org/a.png'/>"), "fetches 'https://example"),
        (SVG.format("<use xmlns:x='http://www.w3.org/1999/xlink' x:href='b.svg#i'/>"), "fetches"),
        (SVG.format("<image href='data:image/svg+xml;base64,AAAA'/>"), "fetches"),
        (SVG.format("<path fill='url(http://example.org/#a)'/>"), "fetches"),
        (SVG.format("<style>@import 'x.css';</style>"), "in its <style>"),
        (SVG.format("<foreignObject/>"), "holds a <foreignObject>"),
        (SVG.format("<text>Name</text>"), "convert it to paths"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format(""), "has a DOCTYPE"),
        ("<html/>", "neither PNG nor SVG"),
        ("not a picture", "neither PNG nor SVG"),
        (" " * (MOST_BYTES + 1), "500,000 are the most"),
    ],
)
def test_a_logo_that_runs_fetches_or_is_none_is_refused_in_one_line(tmp_path, content, said):
    path = tmp_path / "logo.svg"
    path.write_text(content)
    with pytest.raises(UsageError, match=said) as raised:
        read_logo(path)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_a_png_that_is_cut_off_is_refused(tmp_path):
    (tmp_path / "cut.png").write_bytes(png()[:45])
    with pytest.raises(UsageError, match="a PNG that cannot be read"):
        read_logo(tmp_path / "cut.png")
