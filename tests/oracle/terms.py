"""Domains of terms, how two meet (R3), what is chosen of what is left (R6), and how it is written (R9, chapter 8)."""

import math
from fractions import Fraction

from coops import AGREEMENT_TERMS, LINE_TERMS
from values import (
    BASE,
    FIXED,
    Unsaid,
    clock,
    clock_text,
    costs_of,
    day,
    day_text,
    decimals,
    duration,
    duration_text,
    ends_within,
    least_common_multiple,
    listed,
    number,
    whole_multiple_below,
)

INCOTERMS = "EXW FCA CPT CIP DAP DPU DDP FAS FOB CFR CIF".split()
CODE_LISTS = {
    "delivery": INCOTERMS,
    "delivery_days": "mon tue wed thu fri sat sun".split(),
    "payment_method": "bank_transfer direct_debit cheque e_cheque cash card clearing".split(),
    "disputes": "dialogue federation_mediation mediation conciliation arbitration court".split(),
    "price_revision": "fixed renegotiate cost market index".split(),
    "loss_of_status": "continue renegotiate terminate".split(),
    "fairness": "balanced equal_gain equal_share".split(),
}
PLAIN_WORDS = {"pickup": "EXW", "delivered": "DAP"}

# Ranges that end of themselves, so that nothing is left to be agreed where nobody states an end.
NATURAL = ("credit_share", "delivery_hours")


def kind_of(term, nodes):
    """The kind and values of a term; a coined one is a range where it is written as one."""
    if term in LINE_TERMS:
        return LINE_TERMS[term][:2]
    if term in AGREEMENT_TERMS:
        return AGREEMENT_TERMS[term][:2]
    ranges = [isinstance(n, dict) and ("at_least" in n or "at_most" in n) for n in nodes]
    if all(ranges):
        return "range", "number"
    return ("torn", None) if any(ranges) else ("one", "text")


def silence_of(term):
    return (LINE_TERMS.get(term) or AGREEMENT_TERMS.get(term) or (None, None, "open", None))[2]


def chooser_of(term):
    return (LINE_TERMS.get(term) or (None, None, None, None))[3]


# Values of ranges as numbers and back.


def read_value(text, values):
    if values in ("days", "months"):
        return duration(text)[1]
    if values == "percent":
        return number(str(text).rstrip("%").strip())
    if values == "date":
        return Fraction(day(text))
    if values == "time":
        return clock(text)
    amount, _, unit = str(text).partition(" ")
    return number(amount) * (FIXED[unit][1] if unit in FIXED else 1)


def write_value(value, values, units, rounded=round):
    """In the first of the units of both sides in which six decimals hold it, else in the base unit of their dimension (R9)."""
    if values in ("days", "months"):
        return duration_text((values, value))
    if values == "percent":
        return f"{decimals(value)} %"
    if values == "date":
        return day_text(int(value))
    if values == "time":
        return clock_text(value)
    sizes = [FIXED[unit][1] if unit in FIXED else 1 for unit in units]
    for unit, size in zip(units, sizes):
        if ends_within(value / size, 6):
            return f"{decimals(value / size)} {unit}".strip()
    if ends_within(value):
        return f"{decimals(value)} {BASE[FIXED[units[0]][0]]}"
    return f"{decimals(Fraction(rounded(value / sizes[0] * 10**6), 10**6))} {units[0]}"


class Range:
    """The values from `low` to `high`, of them the multiples of `step`; a missing end is open."""

    def __init__(self, low, high, step=None):
        self.low, self.high, self.step = low, high, step

    @staticmethod
    def read(node, values):
        if not isinstance(node, dict):
            value = read_value(node, values)
            return Range(value, value)
        end = {key: read_value(node[key], values) for key in ("at_least", "at_most", "multiple_of") if key in node}
        return Range(end.get("at_least"), end.get("at_most"), end.get("multiple_of"))

    def meet(self, other):
        low = max((v for v in (self.low, other.low) if v is not None), default=None)
        high = min((v for v in (self.high, other.high) if v is not None), default=None)
        steps = [s for s in (self.step, other.step) if s is not None]
        step = None if not steps else steps[0] if len(steps) == 1 else least_common_multiple(*steps)
        return Range(low, high, step)

    def empty(self):
        low, high = self.low, self.high
        if low is not None and high is not None and low > high:
            return True
        if self.step is None or low is None or high is None:
            return False
        return whole_multiple_below(high, self.step) < low

    def samples(self, marks, whole):
        """Values among which every best one is found, in order, and whether the last stands for all above.

        Of multiples these are all. Else costs are straight between marks, so the ends, the marks and a value between
        each two of them show where the costs are least."""
        reach = max([m for m in marks] + [self.low or Fraction(0)]) + (self.step or 0) * 2 + 2
        high = self.high if self.high is not None else reach
        low = self.low if self.low is not None else min([Fraction(0), high, *marks])
        if self.step is not None:
            first = -whole_multiple_below(-low, self.step)
            found = []
            while first <= high:
                found.append(first)
                first += self.step
                if len(found) > 2000:
                    raise Unsaid("too many multiples to try them all")
            return found, self.high is None
        turns = sorted({low, high, *(m for m in marks if low < m < high)})
        found = []
        for here, there in zip(turns, turns[1:]):
            between = (here + there) / 2
            if whole:
                between = Fraction(int(between))
            found += [here] if between in (here, there) else [here, between]
        return [*found, turns[-1]], self.high is None


class Option:
    """One value of a term with what it costs and is worth to each side; for a range, one sample of it."""

    def __init__(self, value, text, place=None):
        self.value, self.text, self.place = value, text, place
        self.rank = {}  # role -> place in the order in which that side writes
        self.costs = {"provider": [], "receiver": []}
        self.points = {"provider": Fraction(0), "receiver": Fraction(0)}

    def order(self):
        return self.text.encode(), (self.place or "").encode()


class Met:
    """What is left of a term where two domains meet."""

    def __init__(self, term, kind, values, status, by):
        self.term, self.kind, self.values, self.status, self.by = term, kind, values, status, by
        self.options = []
        self.range = None
        self.begins = False  # nobody states a lower end, so that it begins of itself
        self.endless = False  # the last sample stands for everything above
        self.units = []  # those of the provider's range and of the receiver's
        self.circuit = None

    def code_index(self, option):
        listing = CODE_LISTS.get(self.term)
        return listing.index(option.text) if listing else 0


def alternatives(term, node, kind):
    """The alternatives of a list, in the order written: (text, place, costs, points)."""
    found = []
    for entry in listed(node):
        wide = entry if isinstance(entry, dict) else {"value": entry}
        text = str(wide["value"])
        if term == "delivery":
            text = PLAIN_WORDS.get(text, text)
        found.append((text, wide.get("at"), costs_of(wide), number(wide.get("points", 0))))
    return found


def meet(term, provider, receiver, first_id=None):
    """`None` where nothing is left to say, a list of conflicting statements, or what is left.

    `provider` and `receiver` are statements or `None`; of a term of the agreement, the first and second party's."""
    sides = {"provider": provider, "receiver": receiver}
    stated = {role: s for role, s in sides.items() if s is not None}
    if not stated:
        return None
    if term == "credit_share":
        return meet_credit(sides)
    kind, values = kind_of(term, [s.node for s in stated.values()])
    if kind == "torn":
        return [s for s in sides.values()]
    silence = silence_of(term)
    if len(stated) == 2:
        status, by = "agreed", None
    else:
        status = "proposed" if silence == "open" else "accepted_by_silence"
        by = next(iter(stated.values())).coop.id
    met = Met(term, kind, values, status, by)
    if kind == "range":
        left = None
        for s in stated.values():
            one = Range.read(s.node, values)
            left = one if left is None else left.meet(one)
            met.units.append(unit_of(s.node))
        met.begins = left.low is None
        if left.low is None and values != "date" and (values != "number" or not term.startswith("x_")):
            left = left.meet(Range(Fraction(0), None))
        if left.empty():
            return list(stated.values())
        met.range = left
        fill_samples(met, {} if status == "proposed" else stated)
        return met
    lists = {role: alternatives(term, s.node, kind) for role, s in stated.items()}
    met.options = common_options(term, lists, costs=status != "proposed")
    if not met.options:
        return list(stated.values())
    return met


def unit_of(node):
    first = next((key for key in ("at_least", "at_most", "multiple_of") if key in node), "") if isinstance(node, dict) else ""
    text = node[first] if first else node
    return str(text).partition(" ")[2]


def meet_credit(sides):
    def circuit(s):
        return s.coop.manifest["circuits"][s.node["in"]]["id"]

    stated = {role: s for role, s in sides.items() if s is not None}
    ranges = {role: Range.read(s.node, "percent") for role, s in stated.items()}
    if len(stated) == 2 and len({circuit(s) for s in stated.values()}) == 1:
        met = Met("credit_share", "range", "percent", "agreed", None)
        met.range = ranges["provider"].meet(ranges["receiver"])
        if met.range.empty():
            return list(stated.values())
        met.begins = met.range.low is None
        met.circuit = circuit(stated["provider"])
        fill_samples(met, stated)
        return met
    # Nothing is shared: who requires more than that fails, each on its own.
    lonely = [[s] for role, s in stated.items() if ranges[role].low is not None and ranges[role].low > 0]
    return Separate(lonely) if lonely else None


class Separate(list):
    """Several conflicts of one term, each with its own statements."""


def fill_samples(met, stated):
    """The samples of a range with the costs of both sides."""
    costs = {role: costs_of(s.node) for role, s in stated.items()}
    marks = [read_value(c.mark, met.values) for each in costs.values() for c in each if c.mark]
    samples, met.endless = met.range.samples(marks, met.values in ("days", "months", "date", "time"))
    for value in samples:
        option = Option(value, "")
        for role, each in costs.items():
            option.costs[role] = each
        met.options.append(option)


def common_options(term, lists, costs=True):
    """The values in both lists; an alternative without a place meets one with a place and takes it."""
    found = []
    if len(lists) == 1:
        ((role, alone),) = lists.items()
        for rank, (text, place, cost, points) in enumerate(alone):
            option = Option(text, text, place)
            option.rank = {role: rank}
            if costs:
                option.costs[role], option.points[role] = cost, points
            found.append(option)
        return found
    for rank_p, (text, place_p, cost_p, points_p) in enumerate(lists["provider"]):
        for rank_r, (other, place_r, cost_r, points_r) in enumerate(lists["receiver"]):
            if text != other or (place_p and place_r and place_p != place_r):
                continue
            option = Option(text, text, place_p or place_r)
            option.rank = {"provider": rank_p, "receiver": rank_r}
            option.costs = {"provider": cost_p, "receiver": cost_r}
            option.points = {"provider": points_p, "receiver": points_r}
            found.append(option)
    return found


def cost_of(option, role, met, at):
    """What the option costs a side at a delivery; `at` knows quantity, the side's price and units."""
    total = Fraction(0)
    for cost in option.costs[role]:
        if cost.form == "delivery":
            base = cost.amount
        elif cost.form == "unit":
            base = cost.amount / at.basis(role, cost) * at.quantity
        else:
            base = cost.amount / 100 * at.quantity * at.stated_price(role)
        if met is not None and met.kind == "range":
            value = option.value
            if met.term == "credit_share" and cost.step is None:
                base *= value / 100
            else:
                mark = read_value(cost.mark, met.values) if cost.mark else Fraction(0)
                base *= max(Fraction(0), value - mark) / step_of(cost.step, met.values)
        total += base
    return total


def step_of(text, values):
    if values == "days":
        return {"day": Fraction(1), "week": Fraction(7)}[text.removesuffix("s")]
    if values == "months":
        return {"month": Fraction(1), "year": Fraction(12)}[text.removesuffix("s")]
    if values == "date":
        return {"day": Fraction(1), "week": Fraction(7)}[text.removesuffix("s")]
    if values == "time":
        count, _, word = text.rpartition(" ")
        return number(count or 1) * {"hour": 60, "minute": 1}[word]
    if values == "percent":
        return number(text.rstrip("%").strip())
    amount, _, unit = text.rpartition(" ")
    if text[0].isdigit() and not amount:
        return number(text)
    return number(amount or 1) * (FIXED[unit][1] if unit in FIXED else 1)


# The choice (R6).


def by_rank(met):
    """The order of R6: smaller worse rank, smaller sum of ranks, code list, bytes. Ranks count the common options."""
    written = {r: sorted({o.rank[r] for o in met.options if r in o.rank}) for r in ("provider", "receiver")}

    def order(option):
        ranks = [written[r].index(option.rank[r]) if r in option.rank else 0 for r in written]
        return max(ranks), sum(ranks), met.code_index(option), *option.order()

    return order


def first_by_rank(met, options):
    """Of a term of kind one, which of equally good options is taken."""
    return min(options, key=by_rank(met))


def kept(met, options, costs):
    """Which of equally good options stay, for one term. `costs` gives (provider's, receiver's) of an option."""
    if met.status == "proposed":
        return options
    if met.kind == "one":
        return [first_by_rank(met, options)]
    if met.kind == "ladder":
        return sorted(options, key=met.code_index)
    if len({costs(o) for o in options}) > 1:
        least = min(costs(o)[0] for o in options)
        options = [o for o in options if costs(o)[0] == least]
    if met.kind == "range":
        places = [met.options.index(o) for o in options]
        if places[-1] - places[0] + 1 != len(places):
            raise Unsaid("best values of a range that are not one stretch")
    return options


# As it is written.


def written(met, options, chooser=True):
    """The term of an agreement."""
    term = {"term": met.term, "status": met.status}
    if met.by:
        term["by"] = met.by
    several = False
    if met.kind == "one" and len(options) > 1:
        term["values"] = [o.text for o in options]
    elif met.kind == "one":
        term["value"] = options[0].text
        if options[0].place:
            term["at"] = options[0].place
    elif met.kind in ("all", "ladder"):
        ordered = met.kind == "all" and met.status != "proposed"
        term["values"] = [o.text for o in (sorted(options, key=by_rank(met)) if ordered else options)]
        several = len(options) > 1
    else:
        several = write_range(met, options, term)
    if met.circuit:
        term["in"] = met.circuit
    who = chooser_of(met.term)
    if several and chooser and who:
        term["chooser"] = who
        if met.kind == "range" and lacks_end(met, term):
            term["open_ended"] = True
    return term


def lacks_end(met, term):
    if met.term in NATURAL:
        return False
    return ("at_least" if met.term == "shelf_life" else "at_most") not in term


def write_range(met, options, term):
    low, high = options[0].value, options[-1].value
    if met.endless and options[-1] is met.options[-1]:
        high = None
    if low == high:
        term["value"] = write_value(low, met.values, met.units)
        return False
    if not (met.begins and options[0] is met.options[0]):
        term["at_least"] = write_value(low, met.values, met.units, math.ceil)
    if high is not None:
        term["at_most"] = write_value(high, met.values, met.units, math.floor)
    if met.range.step is not None:
        term["multiple_of"] = write_value(met.range.step, met.values, met.units)
    return True
