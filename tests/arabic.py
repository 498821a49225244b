"""A report in Arabic, written by hand: what a translated issue looks like to the templates."""

from sitrep.blocks import (
    Aside,
    Attachment,
    BulletList,
    Chart,
    Column,
    Columns,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Masthead,
    Row,
    Run,
    Table,
    note,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
    'viewBox="0 0 {width} {height}">'
    '<rect width="{width}" height="{height}" fill="#1f5a6b"/></svg>'
)
WEEK = "\u20682021-W23\u2069"
RANGE = "\u206617–24\u2069"
TITLE = "تقرير الوضع الأسبوعي"
FOOTER = f"{TITLE} · شمال غرب سوريا · {WEEK}"

MASTHEAD = Masthead(
    organisation="شبكة رصد شمال غرب سوريا",
    title=TITLE,
    subtitle=f"شمال غرب سوريا · الأسبوع {WEEK}، من الاثنين 7 إلى الأحد 13 حزيران 2021",
    facts=("مسودة العدد 3 · العربية", "أولي · الإصدار العام", "جُمّدت البيانات في 30 حزيران 2021"),
    banner=(Run("بيانات توضيحية.", "strong"), Run(f" المجاميع وحدها لأسبوع {WEEK} منشورة.")),
    footer=FOOTER,
    lang="ar",
    date="2021-06-14",
    description="سُجّل مقتل 20 مدنياً وإصابة 36.",
)
HIGHLIGHTS = BulletList(
    (
        (Run("سُجّل مقتل 20 مدنياً وإصابة 36", "strong"), Run(" في 27 حادثة.")),
        (Run(f"نزح 1,867 شخصاً حديثاً، في مدى {RANGE}، وفق "),
         Run("\u2068White Helmets\u2069", "muted"), Run(".")),
        (Run("الأماكن: إبلين، إحسم، \u2068Kafr Latah\u2069، البارة."),),
    )
)  # fmt: skip
READING = Aside(
    "كيف تقرأ هذا التقرير",
    ((Run("هذه حوادث "), Run("مسجّلة", "strong"), Run(" لدى المصادر المذكورة، لا كل ما وقع.")),),
)
KILLED = Table(
    columns=(
        Column("ما سُجّل", "left"),
        Column("هذا الأسبوع"),
        Column("الأدنى إلى الأعلى"),
        Column("الأسبوع الماضي"),
        Column("متوسط 4 أسابيع"),
    ),
    rows=(
        Row(("المدنيون الذين قُتلوا", "20", RANGE, "14", "12.5"), strong=True),
        Row(("نساء", "6", "", "3", "1.2"), indent=1),
        Row(("رجال، أو لم يُسجَّل الجنس أو العمر", "9", "\u20666–13\u2069", "11", "8.0"), indent=1),
        Row(("المدنيون الذين أُصيبوا", "1,036", "\u20661,034–1,041\u2069", "25", "30.8"), rule=True),
        Row(("\u2068White Helmets\u2069", "27", "–", "18", "15.0")),
    ),
    notes=("0: لم يُسجَّل أحد · –: سُجّل دون رقم.",),
)
KEY_FIGURES = KeyFigures(
    tuple(
        KeyFigure(
            label=label,
            value=value,
            range=span,
            change=f"\u2066{change}\u2069 عن الأسبوع السابق",
            sources="مصدران",
            tone=tone,
            svg=SVG.format(width=92, height=20),
            alt=f"{label}: أعمدة صغيرة لستة عشر أسبوعاً، آخرها {value}.",
        )
        for label, value, span, change, tone in (
            ("المدنيون الذين قُتلوا", "20", RANGE, "+6", "casualties"),
            ("المدنيون الذين أُصيبوا", "36", "\u206634–41\u2069", "+11", "casualties"),
            ("النازحون حديثاً", "1,867", "", "+657", "displacement"),
            ("الحوادث", "27", "", "−2", "ink"),
        )
    )
)
CHART = Chart(
    "القتلى المدنيون في كل أسبوع",
    f"الخط: متوسط أربعة أسابيع، {RANGE}",
    SVG.format(width=499, height=90),
    "قُتل 20 مدنياً في هذا الأسبوع، ومتوسط الأسابيع الأربعة السابقة 12.5.",
    "المصدر: \u2068White Helmets\u2069. بيانات توضيحية.",
)
NUMBERS = Attachment("numbers.csv", "text/csv", "كل رقم مطبوع هنا", "week,killed\n2021-W23,20\n")


def report() -> Document:
    """Every kind of block, in reading order."""
    places = Table(
        (Column("المكان", "left"), Column("الحوادث")),
        (Row(("إبلين، أريحا", "3")), Row(("\u2068Kafr Latah\u2069، أريحا", "2"))),
    )
    sides = Columns((2, 1), ((HIGHLIGHTS.to_json(),), (READING.to_json(),)))
    halves = Columns(
        (1, 1),
        (
            (Heading(2, "من").to_json(), places.to_json()),
            (Heading(2, "أين").to_json(), note("العمود الأيسر يُقرأ ثانياً.").to_json()),
        ),
    )
    blocks = [
        MASTHEAD.to_json(), sides.to_json(), KEY_FIGURES.to_json(),
        Heading(2, "الإصابات").to_json(), CHART.to_json(), KILLED.to_json(), halves.to_json(),
        Heading(2, "المصادر والمنهج").to_json(), NUMBERS.to_json(),
    ]  # fmt: skip
    return Document(
        lang="ar",
        title=f"{TITLE} · {MASTHEAD.subtitle}",
        description=MASTHEAD.description,
        author=MASTHEAD.organisation,
        date=MASTHEAD.date,
        footer=FOOTER,
        blocks=blocks,
        attachments=[NUMBERS.to_json()],
    )
