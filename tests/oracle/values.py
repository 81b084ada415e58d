"""Single values of a manifest (chapter 3): numbers, units, durations, days, money and costs.

Everything is an exact fraction. Only what a valid manifest can hold is read; the checker is not what is tested here.
"""

import datetime
import functools
import math
import pathlib
import re
from fractions import Fraction

PROVIDER, RECEIVER = "provider", "receiver"  # the two sides of a line
DATA = pathlib.Path(__file__).resolve().parents[2] / "src" / "vocab" / "data"


class Unsaid(Exception):
    """The specification does not say what follows here, so that nothing can be compared."""


def rows(name):
    for row in (DATA / name).read_text(encoding="utf-8").splitlines():
        if row and not row.startswith("#"):
            yield row.split("\t")


FIXED = {}  # word -> (dimension, size in the base unit, symbol)
for dimension, symbol, code, size, *more in rows("units.tsv"):
    for word in [symbol, code, *(more[0].split() if more else [])]:
        FIXED[word] = (dimension, Fraction(size), symbol)
BASE = {dimension: symbol for dimension, size, symbol in reversed(FIXED.values()) if size == 1}

PACKAGE = {}  # word, plural or code -> word
for word, *more in rows("packages.tsv"):
    for spelling in [word, *(m for part in more for m in part.split())]:
        PACKAGE[spelling] = word

MINOR = {code: int(digits) for digits, codes in rows("currencies.tsv") for code in codes.split()}


# What is read from a text never changes, so that a text that comes again is not read again.
KEPT = functools.lru_cache(maxsize=1 << 16)


@KEPT
def number(text):
    return Fraction(str(text))


def whole_multiple_below(value, step):
    return math.floor(value / step) * step


def least_common_multiple(a, b):
    return Fraction(math.lcm(a.numerator * b.denominator, b.numerator * a.denominator), a.denominator * b.denominator)


def fixed_decimals(value, places):
    """The value with exactly so many decimals, rounded half to even."""
    scaled = round(value * 10**places)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    text = digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}"
    return ("-" if scaled < 0 else "") + text


def decimals(value, most=None):
    """The shortest decimal: exact where it ends within `most` decimals, else rounded half to even to six."""
    places = places_of(value)
    if not ends_within(value, most):
        return fixed_decimals(value, 6)
    text = fixed_decimals(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def places_of(value):
    """How many decimals it has; `None` where it has no end."""
    rest = value.denominator
    places = 0
    while rest % 10 == 0 or rest % 2 == 0 or rest % 5 == 0:
        rest //= 10 if rest % 10 == 0 else 2 if rest % 2 == 0 else 5
        places += 1
    return places if rest == 1 else None


def ends_within(value, most=None):
    places = places_of(value)
    return places is not None and (most is None or places <= most)


# Durations: (family, count) with the count in days or in months.

TIME_UNITS = {"day": ("days", 1), "week": ("days", 7), "month": ("months", 1), "year": ("months", 12)}


@KEPT
def duration(text):
    count, word = str(text).split(" ")
    family, size = TIME_UNITS[word.removesuffix("s")]
    return family, Fraction(count) * size


def years(period):
    family, count = period
    return count / (365 if family == "days" else 12)


def duration_text(period):
    """In the smallest unit of its family; texts are brought to it before they are compared."""
    family, count = period
    return f"{count} {family if count != 1 else family[:-1]}"


def rhythm_text(period):
    """In the largest unit of its family that holds it whole."""
    family, count = period
    word, size = ("week", 7) if family == "days" else ("year", 12)
    if count % size:
        word, size = family[:-1], 1
    return f"{count // size} {word}{'' if count == size else 's'}"


def day(text):
    return datetime.date.fromisoformat(str(text)).toordinal()


def day_text(ordinal):
    return datetime.date.fromordinal(ordinal).isoformat()


def months_later(ordinal, months):
    date = datetime.date.fromordinal(ordinal)
    month = date.month - 1 + months
    year, month = date.year + month // 12, month % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(date.day, last)).toordinal()


def clock(text):
    hours, minutes = str(text).split(":")
    return Fraction(int(hours) * 60 + int(minutes))


def clock_text(minutes):
    return f"{int(minutes) // 60:02}:{int(minutes) % 60:02}"


# Quantities, prices and costs as they are written; units are given a meaning by the line (lines.Measures).


@KEPT
def quantity(text):
    amount, word = str(text).split(" ")
    return number(amount), word


@KEPT
def rate(text):
    """Amount, unit and period; no period is a stock."""
    amount, _, period = str(text).partition(" per ")
    if period and not period[0].isdigit():
        period = "1 " + period
    return (*quantity(amount), duration(period) if period else None)


@KEPT
class Price:
    """`820 ARS/box`, or a sum of money where a package has it."""

    def __init__(self, text):
        money, _, basis = str(text).partition("/")
        self.text = str(text)
        amount, self.currency = money.split(" ")
        self.written = amount
        self.amount = number(amount)
        count, _, word = basis.rpartition(" ")
        self.count = number(count) if count else Fraction(1)
        self.word = word or None


@KEPT
class Cost:
    """One statement of `costs_us` or `worth_to_us`."""

    FORM = re.compile(
        r"^(?P<amount>-?[\d.]+)(?: ?(?P<percent>%)| (?P<money>[^ /]+)(?:/(?:(?P<count>[\d.]+) )?(?P<word>[^ ]+))?)"
        r"(?: per (?P<step>.+?))?(?: after (?P<mark>.+))?$"
    )

    def __init__(self, text, sign):
        found = self.FORM.match(str(text))
        if not found:
            raise ValueError(text)
        self.amount = number(found["amount"]) * sign
        self.currency = found["money"]
        self.word = found["word"]
        self.count = number(found["count"] or 1)
        self.step, self.mark = found["step"], found["mark"]
        self.form = "percent" if found["percent"] else "unit" if self.word else "delivery"


def listed(node):
    return node if isinstance(node, list) else [node]


def costs_of(node):
    """The costs of a mapping, benefits with the other sign."""
    if not isinstance(node, dict):
        return []
    return [Cost(text, 1) for text in listed(node.get("costs_us", []))] + [
        Cost(text, -1) for text in listed(node.get("worth_to_us", []))
    ]
