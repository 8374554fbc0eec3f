"""Reads every number, price, date, time, percent, phone and model code out of Russian text.

Two spellings of one number share a key: `480 000`, `480000 руб.`, `480 тыс.`, `480к` and
`0,48 млн` are all `n:480000`. Numbers written in words are not read.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from besedka.core.words import normalise


class NumberKind(StrEnum):
    PLAIN = "plain"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    PHONE = "phone"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Number:
    text: str
    kind: NumberKind
    keys: frozenset[str]  # any one of them in a source is enough; "a&b" needs both
    also_grants: frozenset[str] = frozenset()  # what it allows others to say, standing in a source

    def stands_in(self, allowed: frozenset[str]) -> bool:
        return any(all(part in allowed for part in key.split("&")) for key in self.keys)


_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_MONTH = (
    r"январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]|июл[яь]|августа?|"
    r"сентябр[яь]|октябр[яь]|ноябр[яь]|декабр[яь]"
)
_THOUSAND = r"тыс(?:\.|яч\w*)?|т\.\s?р\.?|тр\b|[кk]\b"
_MILLION = r"млн\.?|миллион\w*|лям\w*"
_MONEY = r"₽|руб\w*\.?|р\b\.?|rub\b|\$|€|долл\w*|евро\b"
_PERCENT = r"%|процент\w*"
# Units that make `100км` a number and not a model code, and a big number not a price.
_UNIT = (
    r"км/ч|км|кг|гр?|мм|см|дм|м[²2]?|кв\.?\s?м|мл|л\.?\s?с|л|шт\w*|ч|час\w*|мин\w*|сек\w*|дн\w*|день|"
    r"суток|сутки|недел\w*|мес\w*|лет|год\w*|г\.|вт|квт|мач|гб|мб|тб|gb|mb|tb|hz|гц|дюйм\w*|"
    r"штук\w*|раз\w*|этаж\w*|комнат\w*|человек|чел|х|x"
)
_PRICE_WORD = re.compile(
    r"(?:цен\w*|сто[ия]\w*|за|по|отда\w*|уступ\w*|скид\w*|скин\w*|сумм\w*|оплат\w*|обойд\w*|итого|"
    r"предоплат\w*|залог\w*|выход\w*)\W+(?:\w+\W+){0,2}$"
)

_PHONE = re.compile(
    r"(?<![\d.,])(?:\+?7|8)[\s(\-–]*\d{3}[\s)\-–]*\d{3}[\s\-–]*\d{2}[\s\-–]*\d{2}(?!\d)"
)
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_DOT_DATE = re.compile(r"(?<![\d.,])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?!\d)")
_SHORT_DATE = re.compile(r"(?<![\d.,])(\d{1,2})\.(0[1-9]|1[0-2])(?![\d.]|\s*(?:м|л|кг|₽|р|%)\b)")
_WORD_DATE = re.compile(rf"(?<![\d.,])(\d{{1,2}})(?:-?го)?\s+({_MONTH})\b(?:\s+(\d{{4}}))?")
_TIME = re.compile(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])")
_CODE = re.compile(r"(?<![\w])(?=[a-zа-я]*\d)(?=\d*[a-zа-я])[a-zа-я\d]+(?:-[a-zа-я\d]+)*(?![\w])")
_UNIT_ONLY = re.compile(rf"\d+(?:[.,]\d+)?(?:{_THOUSAND}|{_MILLION}|{_MONEY}|{_UNIT})(?:-[а-я]+)?$")
_ORDINAL = re.compile(r"\d+-?(?:й|я|е|го|му|м|х|ти|ых|ми)$")
_AMOUNT = re.compile(
    r"(?<![\d])(?P<whole>\d{1,3}(?: \d{3})+|\d{1,3}(?:\.\d{3})+|\d+)(?P<part>[.,]\d{1,3})?(?!\d)"
    rf"(?:\s*(?:(?P<thousand>{_THOUSAND})|(?P<million>{_MILLION}))(?![а-яa-z]))?"
    rf"(?:\s*(?:(?P<money>{_MONEY})|(?P<percent>{_PERCENT})|(?P<unit>(?:{_UNIT})(?![а-яa-z])))(?!\w))?"
)
_LATIN_TWINS = str.maketrans("авекмнорстухі", "abekmhopctyxi")


def numbers_in(text: str) -> list[Number]:
    """Every number of the text: phones first, then dates, times, codes and amounts."""
    rest = normalise(text)
    found: list[Number] = []
    for pattern, read in (
        (_PHONE, _phone),
        (_ISO_DATE, _iso_date),
        (_DOT_DATE, _dot_date),
        (_WORD_DATE, _word_date),
        (_TIME, _time),
        (_CODE, _code),
    ):
        kept: list[str] = []
        position = 0
        for match in pattern.finditer(rest):
            number = read(match)
            if number is None:
                continue
            found.append(number)
            # A mark keeps what stood on both sides from growing together into a new number.
            kept += [rest[position : match.start()], " | "]
            position = match.end()
        rest = "".join([*kept, rest[position:]])
    return found + _amounts(rest)


def keys_in(text: str) -> frozenset[str]:
    """What a source allows to be said."""
    return frozenset(
        part
        for number in numbers_in(text)
        for key in number.keys | number.also_grants
        for part in (key, *key.split("&"))
    )


def _phone(match: re.Match[str]) -> Number:
    digits = re.sub(r"\D", "", match[0])[-10:]
    return Number(match[0], NumberKind.PHONE, frozenset({f"tel:{digits}"}))


def _date(text: str, day: int, month: int, year: int | None) -> Number | None:
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if year is None:
        return Number(text, NumberKind.DATE, frozenset({f"d:{day}.{month}"}))
    full = year + 2000 if year < 100 else year
    # A source with the year allows "12 мая", but a source without it allows no year.
    return Number(
        text,
        NumberKind.DATE,
        frozenset({f"d:{day}.{month}.{full}"}),
        also_grants=frozenset({f"d:{day}.{month}"}),
    )


def _iso_date(match: re.Match[str]) -> Number | None:
    return _date(match[0], int(match[3]), int(match[2]), int(match[1]))


def _dot_date(match: re.Match[str]) -> Number | None:
    return _date(match[0], int(match[1]), int(match[2]), int(match[3]))


def _word_date(match: re.Match[str]) -> Number | None:
    month = next(
        number for number, start in enumerate(_MONTHS, start=1) if match[2].startswith(start)
    )
    return _date(match[0], int(match[1]), month, int(match[3]) if match[3] else None)


def _time(match: re.Match[str]) -> Number:
    hours, minutes = int(match[1]), int(match[2])
    keys = {f"t:{hours}:{minutes:02}"}
    if minutes == 0:
        keys.add(f"n:{hours}")  # "с 10 до 20" and "с 10:00 до 20:00" say the same
    return Number(match[0], NumberKind.TIME, frozenset(keys))


def _code(match: re.Match[str]) -> Number | None:
    if _UNIT_ONLY.match(match[0]) or _ORDINAL.match(match[0]):
        return None
    key = match[0].translate(_LATIN_TWINS).replace("-", "")
    return Number(match[0], NumberKind.CODE, frozenset({f"c:{key}"}))


def _amounts(text: str) -> list[Number]:
    found = []
    previous: re.Match[str] | None = None
    for match in _AMOUNT.finditer(text):
        found.append(_amount(match, text))
        if previous is not None and re.fullmatch(
            r"\s*(?:-|–|—|до|\.\.+|…)\s*", text[previous.end() : match.start()]
        ):
            found[-2] = _with_range_unit(found[-2], previous, match)
        previous = match
    return found


def _amount(match: re.Match[str], text: str) -> Number:
    scale = 1_000_000 if match["million"] else 1000 if match["thousand"] else 1
    keys = {f"n:{_plain(value * scale)}" for value in _readings(match)}
    if short := _SHORT_DATE.match(match[0].strip()):
        keys.add(f"d:{int(short[1])}.{int(short[2])}")
    if match["percent"]:
        return Number(
            match[0].strip(), NumberKind.PERCENT, frozenset(f"p{key[1:]}" for key in keys)
        )
    kind = NumberKind.PLAIN
    if match["unit"] and scale == 1 and " " in match["whole"]:
        # "iPhone 13 128 ГБ" is two numbers, "120 000 км" is one: keep both readings.
        keys.add("&".join(f"n:{int(group)}" for group in match["whole"].split()))
    if match["money"] or (not match["unit"] and (scale > 1 or _looks_like_price(match, text))):
        kind = NumberKind.MONEY
    return Number(match[0].strip(), kind, frozenset(keys))


def _readings(match: re.Match[str]) -> list[Decimal]:
    whole, part = match["whole"], match["part"] or ""
    if "." in whole:  # "480.000" is 480 thousand in a chat; "1.250" in a price list may be 1.25
        readings = [Decimal(whole.replace(".", ""))]
        if whole.count(".") == 1 and not part:
            readings.append(Decimal(whole))
        return readings
    return [Decimal(whole.replace(" ", "") + part.replace(",", "."))]


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _looks_like_price(match: re.Match[str], text: str) -> bool:
    value = _readings(match)[0]
    if _PRICE_WORD.search(text[: match.start()]):
        return True
    is_year = 1900 <= value <= 2100 and " " not in match["whole"]
    return value >= 1000 and not is_year


def _with_range_unit(number: Number, first: re.Match[str], second: re.Match[str]) -> Number:
    """In "400–450 тыс." the unit belongs to both ends."""
    scale = 1_000_000 if second["million"] else 1000 if second["thousand"] else 1
    has_own_unit = first["thousand"] or first["million"] or first["money"] or first["percent"]
    if has_own_unit:
        return number
    if second["percent"]:
        keys = frozenset(f"p:{_plain(value)}" for value in _readings(first))
        return Number(number.text, NumberKind.PERCENT, keys)
    if scale == 1:
        kind = NumberKind.MONEY if second["money"] else number.kind
        return Number(number.text, kind, number.keys)
    keys = number.keys | {f"n:{_plain(value * scale)}" for value in _readings(first)}
    return Number(number.text, NumberKind.MONEY, keys)
