"""When a text was published: dates that users and pages write, as ISO 8601."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from dragoman.errors import InputError

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{MONTH}),? (?P<year>\d{{4}})"
_MONTH_FIRST = rf"(?P<month>{MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})"
_ISO_DAY = r"(?P<year>\d{4})[-/](?P<number>\d{1,2})[-/](?P<day>\d{1,2})"
_IN_TEXT = tuple(
    re.compile(rf"(?<![\w/-]){form}(?![\w/-])", re.IGNORECASE)
    for form in (_DAY_FIRST, _MONTH_FIRST, _ISO_DAY)
)
_WHOLE = tuple(
    re.compile(rf"(?:{WEEKDAY},? )?{form}", re.IGNORECASE) for form in (_DAY_FIRST, _MONTH_FIRST, _ISO_DAY)
)
_COMPACT = re.compile(r"\d{8}")
WRITE = "Write YYYY-MM-DD, or a time with its zone as in 2023-06-26T09:30:00+02:00"


def published(value: str, *, where: str) -> str:
    """Write a date or a time as ISO 8601: "2023-06-26", or "2023-06-26T09:30:00+02:00" if a zone is given.

    A time without a zone names no moment, so only its day is kept. Raises InputError for anything else.
    """
    text = " ".join(value.split())
    for read in (_iso, _words, _mail):
        try:
            found = read(text)
        except (ValueError, OverflowError, IndexError, TypeError):
            found = None
        if found is not None:
            return found
    raise InputError(f"'published' is {value!r}, which is no date", where=where, do=WRITE)


def day_in(text: str) -> str | None:
    """The first day with its year that stands in the words of `text`, as ISO 8601, or None."""
    hits = [hit for form in _IN_TEXT if (hit := form.search(text))]
    for hit in sorted(hits, key=lambda found: found.start()):
        try:
            return _day(hit)
        except ValueError:
            continue
    return None


def _iso(text: str) -> str | None:
    if _COMPACT.fullmatch(text):
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    if len(text) < 10 or not text[:4].isdigit() or text[4:5] != "-":
        return None
    if len(text) == 10:
        return date.fromisoformat(text).isoformat() if text[:4] > "0999" else None
    moment = datetime.fromisoformat(text)
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat()


def _words(text: str) -> str | None:
    for form in _WHOLE:
        if hit := form.fullmatch(text):
            return _day(hit)
    return None


def _mail(text: str) -> str | None:
    """The form of mails and feeds: "Mon, 26 Jun 2023 09:30:00 +0200"."""
    moment = parsedate_to_datetime(text)
    return moment.date().isoformat() if moment.tzinfo is None else moment.isoformat()


def _day(hit: re.Match[str]) -> str:
    parts = hit.groupdict()
    number = parts.get("number")
    month = int(number) if number else MONTHS.index(parts["month"][:3].lower()) + 1
    return date(int(parts["year"]), month, int(parts["day"])).isoformat()
