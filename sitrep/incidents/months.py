"""Names of months in the languages that records come in: English, French, Turkish, Arabic."""

import unicodedata
from functools import cache

_NAMES = (
    # The names of the Unicode CLDR, full and short; Arabic as it is written from the Gulf to
    # Egypt, in Syria and Iraq, and in Algeria and Tunisia. No name is of two months.
    "january february march april may june july august september october november december",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "oca şub mar nis may haz tem ağu eyl eki kas ara",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
    "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
)


@cache
def months() -> dict[str, int]:
    """Month by name in small letters, with and without accents (and without hamza)."""
    found: dict[str, int] = {}
    for names in _NAMES:
        for month, name in enumerate(names.split(), start=1):
            plain = name.replace("_", " ")
            found |= {plain: month, _without_accents(plain): month}
    return found


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
