"""Which days do the values of a date expression mean? One function for each kind of expression, no words here.

All functions take the values found, the day of publication and the date the text named before, and return first
and last day, or null where there is nothing to count from.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from dragoman.records.date import DatePrecision


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day; precision where the values, not the row of the table, decide it."""

    first: date
    last: date
    precision: DatePrecision | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What an expression holds. values: (class character, word); text_days: the last date named before it."""

    values: tuple[tuple[str, str], ...]
    future: bool
    base: date | None
    text_days: Days | None
    words: dict[str, Any]
    offset: int = 0
    sign: int = 1

    def of(self, marks: str) -> list[str]:
        """The words of these classes, lower case, in order."""
        return [word.lower() for mark, word in self.values if mark in marks]

    def has(self, *words: str) -> bool:
        """Whether one of these words is in the expression."""
        return any(word.lower() in words for _, word in self.values)

    def days(self) -> list[int]:
        """Numbers of days in the month, digits or words."""
        return [
            self.words["ordinals"][word] if word in self.words["ordinals"] else int(re.sub(r"\D", "", word))
            for word in self.of("nof")
        ]

    def months(self) -> list[int]:
        """Numbers of the months named."""
        return [self.words["months"].get(word) or self.words["short_months"][word] for word in self.of("MBS")]

    def years(self) -> list[int]:
        """The years named."""
        return [int(word) for word in self.of("Y")]

    def number(self) -> int | None:
        """How many units: the number named, 1 for "a", null for "a few"."""
        for word in self.of("nNk"):
            if word.isdigit():
                return int(word)
            tens, _, ones = word.partition("-")
            table: dict[str, int] = self.words["numbers"]
            return table[tens] + (table[ones] if ones else 0)
        if self.has("few", "several", "couple"):
            return None
        return 1

    def unit(self) -> str:
        """The unit named, singular."""
        unit: str = self.words["units"][self.of("U")[-1]]
        return unit


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(year: int, month: int) -> Days:
    first = date(year, month, 1)
    return Days(first, first + relativedelta(months=1, days=-1), "month")


def _year_days(year: int) -> Days:
    return Days(date(year, 1, 1), date(year, 12, 31), "year")


def _one(day: date | None) -> Days | None:
    return Days(day, day, "day") if day else None


def _near(found: Found, month: int, day: int) -> date | None:
    """The nearest such day before publication (or on it), in a clause about the future the nearest after it."""
    if found.base is None:
        return None
    for year in (found.base.year, found.base.year - 1, found.base.year + 1):
        candidate = _date(year, month, day)
        if candidate and (candidate >= found.base if found.future else candidate <= found.base):
            return candidate
    return _date(found.base.year, month, day)


def _near_month(found: Found, month: int) -> Days | None:
    if found.base is None:
        return None
    year = found.base.year
    if found.future and month < found.base.month:
        year += 1
    elif not found.future and month > found.base.month:
        year -= 1
    return _month(year, month)


def iso(found: Found) -> Days | None:
    """2023-06-24."""
    values = [int(re.sub(r"\D", "", word)) for word in found.of("Yno")]
    return _one(_date(*values[:3])) if len(values) == 3 else None


def nine_eleven(_: Found) -> Days | None:
    """The attacks of 11 September 2001 are named by their date."""
    return _one(date(2001, 9, 11))


def numeric(found: Found) -> Days | None:
    """24/06/2023 or 06/24/2023; where both readings are days of the calendar, none is chosen."""
    words = [word for mark, word in found.values if mark in "noYd"]
    parts = [int(re.sub(r"\D", "", part)) for word in words for part in word.split(".")]
    if len(parts) != 3:
        return None
    a, b, year = parts
    if b > 12 >= a:
        return _one(_date(year, a, b))
    if a > 12 >= b or a == b or any(mark == "d" for mark, _ in found.values):
        return _one(_date(year, b, a))
    return None


def day_month(found: Found) -> Days | None:
    """June 24, with or without a year."""
    month, day = found.months()[0], found.days()[0]
    years = found.years()
    return _one(_date(years[-1], month, day) if years else _near(found, month, day))


def day_month_of_year(found: Found) -> Days | None:
    """March 22 last year."""
    if found.base is None:
        return None
    return _one(_date(found.base.year + _shift(found), found.months()[0], found.days()[0]))


def days_of_month(found: Found) -> Days | None:
    """3 to 5 May."""
    (month, *_), (a, b, *_) = found.months(), found.days()
    years = found.years()
    low = _date(years[-1], month, a) if years else _near(found, month, a)
    high = _date(low.year, month, b) if low else None
    return Days(low, high, "range") if low and high and low <= high else None


def month_days(found: Found) -> Days | None:
    """April 28 to May 3."""
    (m1, m2, *_), (a, b, *_) = found.months(), found.days()
    low = _near(found, m1, a)
    high = _date(low.year + (m2 < m1), m2, b) if low else None
    return Days(low, high, "range") if low and high and low <= high else None


def month(found: Found) -> Days | None:
    """In May; February 2004."""
    years = found.years()
    return _month(years[-1], found.months()[0]) if years else _near_month(found, found.months()[0])


def month_of_year(found: Found) -> Days | None:
    """July of last year."""
    return _month(found.base.year + _shift(found), found.months()[0]) if found.base else None


def month_of_text_year(found: Found) -> Days | None:
    """July of that year."""
    return _month(found.text_days.first.year, found.months()[0]) if found.text_days else None


def month_from_now(found: Found) -> Days | None:
    """Last September: the last one before this month; next: the first after; this: of this year."""
    if found.base is None:
        return None
    number, year = found.months()[0], found.base.year
    if found.has("this"):
        return _month(year, number)
    if found.has("next", "coming"):
        return _month(year + (number <= found.base.month), number)
    return _month(year - (number >= found.base.month), number)


def months(found: Found) -> Days | None:
    """April to June."""
    a, b = found.months()[:2]
    years = found.years()
    if years:
        high = _month(years[-1], b)
        low = _month(years[-1] - (a > b), a)
    else:
        nearest = _near_month(found, a if found.future else b)
        if nearest is None:
            return None
        other = nearest.first.year
        low, high = (
            (nearest, _month(other + (b < a), b)) if found.future else (_month(other - (a > b), a), nearest)
        )
    return Days(low.first, high.last, "range")


def _thirds(whole: Days, found: Found) -> tuple[int, int, int]:
    """Which third of a span the words mean: (index, 1, 1)."""
    if found.has("early", "beginning", "start"):
        return 0, 1, 1
    return (1, 1, 1) if found.has("mid", "middle") else (2, 1, 1)


def part_of_month(found: Found) -> Days | None:
    """Early: 1 to 10; mid: 11 to 20; late, end: 21 to the last."""
    whole = month_from_now(found) if found.has("last", "next", "this") else month(found)
    return _part_of_month(whole, found)


def _part_of_month(whole: Days | None, found: Found) -> Days | None:
    if whole is None:
        return None
    third = _thirds(whole, found)[0]
    first = whole.first + timedelta(days=10 * third)
    return Days(first, whole.last if third == 2 else first + timedelta(days=9), "range")


def part_of_year(found: Found) -> Days | None:
    """Early: January to April; mid: May to August; late: September to December."""
    return _part_of_year(found.years()[0], found)


def _part_of_year(year: int, found: Found) -> Days:
    third = _thirds(_year_days(year), found)[0]
    return Days(date(year, 4 * third + 1, 1), _month(year, 4 * third + 4).last, "range")


def part_of_decade(found: Found) -> Days | None:
    """Early: years 0 to 3; mid: 4 to 6; late: 7 to 9."""
    whole = decade(found)
    if whole is None:
        return None
    low, high = ((0, 3), (4, 6), (7, 9))[_thirds(whole, found)[0]]
    return Days(date(whole.first.year + low, 1, 1), date(whole.first.year + high, 12, 31), "range")


def part_of_unit(found: Found) -> Days | None:
    """The end of the month, late this year."""
    unit, base = found.unit(), found.base
    if base is None:
        return None
    whole = _unit(unit, base, _shift(found))
    if whole is None:
        return None
    if unit == "month":
        return _part_of_month(whole, found)
    if unit == "year":
        return _part_of_year(whole.first.year, found)
    third = _thirds(whole, found)[0]
    length = (whole.last - whole.first).days + 1
    low = whole.first + timedelta(days=length * third // 3)
    return Days(low, whole.first + timedelta(days=length * (third + 1) // 3 - 1), "range")


def _shift(found: Found) -> int:
    return -1 if found.has("last", "past") else 1 if found.has("next", "coming") else 0


def _unit(unit: str, base: date, shift: int) -> Days | None:
    """The calendar unit that holds the day, moved by so many units; weeks run from Monday to Sunday."""
    if unit == "week":
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=shift)
        return Days(monday, monday + timedelta(days=6), "week")
    if unit == "month":
        moved = base + relativedelta(months=shift)
        return _month(moved.year, moved.month)
    if unit == "year":
        return _year_days(base.year + shift)
    if unit == "decade":
        first = base.year // 10 * 10 + 10 * shift
        return Days(date(first, 1, 1), date(first + 9, 12, 31), "decade")
    if unit == "day":
        return _one(base + timedelta(days=shift))
    return None


def unit_from_now(found: Found) -> Days | None:
    """Last month, this week, next year; quarters of the calendar."""
    if found.base is None:
        return None
    if found.has("quarter"):
        moved = found.base + relativedelta(months=3 * _shift(found))
        low = _month(moved.year, (moved.month - 1) // 3 * 3 + 1).first
        return Days(low, low + relativedelta(months=3, days=-1), "quarter")
    return _unit(found.unit(), found.base, _shift(found))


def earlier_this_unit(found: Found) -> Days | None:
    """Earlier this month: from its first day to publication; later: from publication to its last."""
    whole = _unit(found.unit(), found.base, 0) if found.base else None
    if whole is None or found.base is None:
        return None
    return (
        Days(found.base, whole.last, "range")
        if found.has("later")
        else Days(whole.first, found.base, "range")
    )


def _delta(unit: str, number: int) -> relativedelta | None:
    days = {"day": 1, "week": 7, "fortnight": 14}
    if unit in days:
        return relativedelta(days=days[unit] * number)
    if unit == "month":
        return relativedelta(months=number)
    years = {"year": 1, "decade": 10, "century": 100}
    return relativedelta(years=years[unit] * number) if unit in years else None


def _moved(anchor: date, unit: str, number: int) -> Days | None:
    """So many units from a day, as exact as the unit is: days and weeks give a day, months a month."""
    delta = _delta(unit, number)
    if unit in ("hour", "minute"):
        return None
    try:
        day = anchor + delta if delta is not None else None
    except (ValueError, OverflowError):
        return None
    if day is None:
        return None
    if unit in ("day", "week", "fortnight"):
        return _one(day)
    return _month(day.year, day.month) if unit == "month" else _year_days(day.year)


def units_ago(found: Found) -> Days | None:
    """Three days ago; an hour ago is the day of publication."""
    number = found.number()
    if found.base is None or number is None:
        return None
    if found.unit() in ("hour", "minute"):
        return _one(found.base)
    return _moved(found.base, found.unit(), -number)


def past_units(found: Found) -> Days | None:
    """The past three months: up to publication."""
    number = found.number()
    if found.base is None or number is None:
        return None
    if found.unit() in ("hour", "minute"):
        return Days(found.base - timedelta(days=1), found.base, "range")
    delta = _delta(found.unit(), number)
    try:
        return Days(found.base - delta, found.base, "range") if delta is not None else None
    except (ValueError, OverflowError):
        return None


def next_units(found: Found) -> Days | None:
    """The next two weeks: from publication."""
    number = found.number()
    delta = _delta(found.unit(), number) if number is not None else None
    if found.base is None or delta is None:
        return None
    try:
        return Days(found.base, found.base + delta, "range")
    except (ValueError, OverflowError):
        return None


def coming(found: Found) -> Days | None:
    """The coming weeks: how many is not said, so only this unit's length is sure."""
    delta = _delta(found.unit(), 1)
    return Days(found.base, found.base + delta, "range") if found.base and delta is not None else None


def words_only(_: Found) -> Days | None:
    """The words give no days."""
    return None


def weekday(found: Found) -> Days | None:
    """Friday: the nearest past one, today included; in a clause about the future the nearest coming one."""
    if found.base is None:
        return None
    number = found.words["weekdays"][found.of("W")[0]]
    if found.future:
        return _one(found.base + timedelta(days=(number - found.base.weekday()) % 7))
    return _one(found.base - timedelta(days=(found.base.weekday() - number) % 7))


def weekday_last(found: Found) -> Days | None:
    """Last Friday: the nearest one before today."""
    if found.base is None:
        return None
    number = found.words["weekdays"][found.of("W")[0]]
    return _one(found.base - timedelta(days=(found.base.weekday() - number - 1) % 7 + 1))


def weekday_next(found: Found) -> Days | None:
    """Next Friday: the nearest one after today."""
    if found.base is None:
        return None
    number = found.words["weekdays"][found.of("W")[0]]
    return _one(found.base + timedelta(days=(number - found.base.weekday() - 1) % 7 + 1))


def weekday_of_week(found: Found) -> Days | None:
    """Monday of last week."""
    if found.base is None:
        return None
    monday = found.base - timedelta(days=found.base.weekday()) + timedelta(weeks=_shift(found))
    return _one(monday + timedelta(days=found.words["weekdays"][found.of("W")[0]]))


def weekdays(found: Found) -> Days | None:
    """Saturday and Sunday: the last named is the nearest, the first lies before it."""
    if found.base is None:
        return None
    a, b = (found.words["weekdays"][word] for word in found.of("W")[:2])
    if found.future:
        low = found.base + timedelta(days=(a - found.base.weekday()) % 7)
        return Days(low, low + timedelta(days=(b - a) % 7), "range")
    high = found.base - timedelta(days=(found.base.weekday() - b) % 7)
    return Days(high - timedelta(days=(b - a) % 7), high, "range")


def weekend(found: Found) -> Days | None:
    """Saturday and Sunday: the one under way or last past, in the future the one to come."""
    if found.base is None:
        return None
    saturday = found.base - timedelta(days=(found.base.weekday() - 5) % 7)
    if found.has("last", "past") and found.base.weekday() >= 5:
        saturday -= timedelta(weeks=1)
    elif found.has("next", "coming") or ((found.future or found.has("this")) and found.base.weekday() < 5):
        saturday += timedelta(weeks=1)
    return Days(saturday, saturday + timedelta(days=1), "range")


def day_offset(found: Found) -> Days | None:
    """Yesterday, today, tomorrow."""
    return _one(found.base + timedelta(days=found.offset)) if found.base else None


def overnight(found: Found) -> Days | None:
    """The night into the day of publication."""
    return Days(found.base - timedelta(days=1), found.base, "range") if found.base else None


def text_offset(found: Found) -> Days | None:
    """The same day, the next day: from the last date of the text, if that is a day."""
    if found.text_days is None or found.text_days.first != found.text_days.last:
        return None
    return _one(found.text_days.last + timedelta(days=found.offset))


def text_units(found: Found) -> Days | None:
    """Two days earlier, three years later: from the last date of the text."""
    number = found.number()
    if found.text_days is None or number is None:
        return None
    exact = found.text_days.first == found.text_days.last
    if found.unit() in ("day", "week", "fortnight") and not exact:
        return None
    return _moved(found.text_days.first, found.unit(), found.sign * number)


def text_unit(found: Found) -> Days | None:
    """That week, that year, that summer."""
    if found.text_days is None:
        return None
    if found.of("s"):
        return _season(found.text_days.first.year, found.words["seasons"][found.of("s")[0]])
    return _unit(found.unit(), found.text_days.first, 0)


def text_next_unit(found: Found) -> Days | None:
    """The following month."""
    return _unit(found.unit(), found.text_days.first, 1) if found.text_days else None


def _season(year: int, first_month: int) -> Days:
    """Three months; winter ends in the year after. Northern seasons, as news writes them."""
    first = date(year, first_month, 1)
    return Days(first, first + relativedelta(months=3, days=-1), "range")


def season(found: Found) -> Days | None:
    """The autumn of 2020, last summer, in the spring."""
    number = found.words["seasons"][found.of("s")[0]]
    years = found.years()
    if years:
        return _season(years[-1], number)
    if found.base is None:
        return None
    year = found.base.year
    if found.has("last"):
        year -= _season(year, number).last >= found.base
    elif found.has("next"):
        year += number <= found.base.month
    elif found.future:
        year += _season(year, number).last < found.base
    elif not found.has("this"):
        year -= date(year, number, 1) > found.base
    return _season(year, number)


def quarter(found: Found) -> Days | None:
    """The second quarter of 2023, the first half of 2020."""
    part, year = found.words["ordinals"][found.of("f")[0]], found.years()[-1]
    length = 6 if found.has("half") else 3
    if part * length > 12:
        return None
    low = date(year, (part - 1) * length + 1, 1)
    return Days(low, low + relativedelta(months=length, days=-1), "range" if length == 6 else "quarter")


def decade(found: Found) -> Days | None:
    """The 1990s, the '90s."""
    digits = re.sub(r"\D", "", found.of("D")[0])
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    return Days(date(first, 1, 1), date(first + 9, 12, 31), "decade")


def years(found: Found) -> Days | None:
    """From 2019 to 2021."""
    a, b = found.years()[:2]
    return Days(date(a, 1, 1), date(b, 12, 31), "range") if a <= b else None


def year(found: Found) -> Days | None:
    """In 2019."""
    return _year_days(found.years()[0])


def holiday(found: Found) -> Days | None:
    """Christmas, Easter: of the year named, else the nearest."""
    name = re.sub(r"\s+", " ", found.of("H")[0]).replace("’", "'")
    row = next(row for row in found.words["holiday"] if row["name"] == name)
    named = found.years()
    if named:
        return _one(_holiday(row, named[0]))
    if found.base is None:
        return None
    for candidate_year in (found.base.year, found.base.year - 1, found.base.year + 1):
        day = _holiday(row, candidate_year)
        if day >= found.base if found.future else day <= found.base:
            return _one(day)
    return None


def _holiday(row: dict[str, Any], of_year: int) -> date:
    if "easter" in row:
        return date.fromordinal(easter(of_year).toordinal() + int(row["easter"]))
    return date(of_year, int(row["month"]), int(row["day"]))


def clock(_: Found) -> Days | None:
    """A time of day says nothing of the day."""
    return None


RESOLVERS: dict[str, Callable[[Found], Days | None]] = {
    "iso": iso,
    "nine_eleven": nine_eleven,
    "numeric": numeric,
    "day_month": day_month,
    "day_month_of_year": day_month_of_year,
    "days": days_of_month,
    "month_days": month_days,
    "month": month,
    "month_of_year": month_of_year,
    "month_of_text_year": month_of_text_year,
    "month_from_now": month_from_now,
    "months": months,
    "part_of_month": part_of_month,
    "part_of_year": part_of_year,
    "part_of_decade": part_of_decade,
    "part_of_unit": part_of_unit,
    "unit_from_now": unit_from_now,
    "earlier_this_unit": earlier_this_unit,
    "units_ago": units_ago,
    "past_units": past_units,
    "next_units": next_units,
    "coming": coming,
    "words_only": words_only,
    "weekday": weekday,
    "weekday_last": weekday_last,
    "weekday_next": weekday_next,
    "weekday_of_week": weekday_of_week,
    "weekdays": weekdays,
    "weekend": weekend,
    "day_offset": day_offset,
    "overnight": overnight,
    "text_offset": text_offset,
    "text_units": text_units,
    "text_unit": text_unit,
    "text_next_unit": text_next_unit,
    "season": season,
    "quarter": quarter,
    "decade": decade,
    "years": years,
    "year": year,
    "holiday": holiday,
    "clock": clock,
}
