"""One candidate line: an offer of one side and a need of the other, judged as if it were the only one (R1 to R9)."""

import itertools
import math
from fractions import Fraction

import terms
from coops import LINE_TERMS, Window
from terms import Separate, chooser_of, cost_of, kept, meet, written
from values import (
    FIXED,
    MINOR,
    PACKAGE,
    Price,
    Unsaid,
    costs_of,
    decimals,
    duration,
    duration_text,
    fixed_decimals,
    least_common_multiple,
    listed,
    number,
    quantity,
    rate,
    whole_multiple_below,
    years,
)

PROVIDER, RECEIVER = "provider", "receiver"
KINDS = "eligibility time unit currency item_property certificate term quantity price points".split()
TRIED = [duration(t) for t in (
    "1 day,2 days,3 days,1 week,2 weeks,3 weeks,4 weeks,1 month,2 months,3 months,6 months,1 year".split(","))]
ENOUGH = Fraction(10) ** 12  # so large a delivery that what counts once no longer matters
MOST_TRIED = 400


class Measures:
    """What unit words mean to the two sides of a line (R3)."""

    def __init__(self, offer, need, provider, receiver):
        self.own = {PROVIDER: self.declared(offer, provider), RECEIVER: self.declared(need, receiver)}

    @staticmethod
    def declared(line, coop):
        both = {**coop.manifest.get("units", {}), **line.get("units", {})}
        first = [*line.get("units", {}), *coop.manifest.get("units", {})]
        return {Measures.word(w): [quantity(q) for q in listed(both[w])] for w in dict.fromkeys(first)}

    @staticmethod
    def word(spelling):
        return PACKAGE.get(spelling, spelling)

    @staticmethod
    def sizes(equivalents):
        return {FIXED[unit][0]: amount * FIXED[unit][1] for amount, unit in equivalents}

    def meanings(self, role, spelling):
        """The dimensions of a word, in order, with the size of one of it in each."""
        if spelling in FIXED:
            return {FIXED[spelling][0]: FIXED[spelling][1]}
        word = self.word(spelling)
        other = RECEIVER if role == PROVIDER else PROVIDER
        mine, theirs = self.own[role].get(word), self.own[other].get(word)
        if mine is not None and theirs is not None and self.sizes(mine) != self.sizes(theirs):
            return self.sizes(mine)
        return {word: Fraction(1), **self.sizes(mine or theirs or [])}

    def differing(self):
        """Words that both declare and that differ."""
        return [
            word
            for word, mine in self.own[PROVIDER].items()
            if word in self.own[RECEIVER] and self.sizes(mine) != self.sizes(self.own[RECEIVER][word])
        ]


class At:
    """A delivery at which costs are counted."""

    def __init__(self, line, quantity, on):
        self.line, self.quantity, self.on = line, quantity, on

    def basis(self, role, cost):
        return cost.count * self.line.size(role, cost.word)

    def stated_price(self, role):
        price = self.line.limit(role, self.quantity, self.on)
        if price is None:
            raise Unsaid("a percentage of a price that its side does not state")
        return price


class Deal:
    """What a possible line comes to."""

    def __init__(self, every, quantity):
        self.every, self.quantity = every, quantity
        self.price = None  # P, exact
        self.gain = None  # joint, where stated
        self.provider_gain = self.receiver_gain = None
        self.kept = {}  # term -> options that stay
        self.costs = {PROVIDER: Fraction(0), RECEIVER: Fraction(0)}

    def per_year(self, amount):
        return amount if self.every is None else amount / years(self.every)


def minimal_sets(statements, hold):
    """All sets of the statements that do not hold while every part of them does, smaller ones first."""
    minimal = []
    for size in range(len(statements) + 1):
        for subset in itertools.combinations(statements, size):
            chosen = set(subset)
            if not any(known <= chosen for known in minimal) and not hold(chosen):
                minimal.append(chosen)
    return minimal


class Line:
    def __init__(self, provider, offer_name, receiver, need_name):
        self.provider, self.receiver = provider, receiver
        self.coops = {PROVIDER: provider, RECEIVER: receiver}
        self.offer_name, self.need_name = offer_name, need_name
        self.offer = provider.manifest["offers"][offer_name]
        self.need = receiver.manifest["needs"][need_name]
        self.substitute = self.substitute_index = None
        self.ratio = Fraction(1)
        self.conflicts = []
        self.deal = None

    # Which codes meet.

    def is_candidate(self):
        offered = self.provider.codes(self.offer)
        wanted = self.receiver.codes(self.need)
        self.items = [code for code in offered if code in wanted]
        if self.items:
            return True
        for index, substitute in enumerate(self.need.get("substitutes", [])):
            self.items = [code for code in offered if code in self.receiver.codes(substitute)]
            if self.items:
                self.substitute, self.substitute_index = substitute, index
                self.ratio = number(substitute.get("ratio", 1))
                return True
        return False

    # What each states.

    def read(self, agreement_start):
        self.stated = {
            PROVIDER: self.provider.terms("offers", self.offer_name, self.receiver),
            RECEIVER: self.receiver.terms("needs", self.need_name, self.provider),
        }
        self.measures = Measures(self.offer, self.need, self.provider, self.receiver)
        self.window = self.provider.window.narrowed(Window(self.offer.get("valid", {}))).narrowed(
            self.receiver.window.narrowed(Window(self.need.get("valid", {})))
        )
        self.all = {(role, term) for role in self.stated for term in self.stated[role]}
        self.dimension = self.common_dimension()
        self.met = {}
        self.conflicting = set()

    def node(self, role, term, on=None):
        statement = self.stated[role].get(term)
        return None if statement is None or (on is not None and (role, term) not in on) else statement.node

    # Units.

    def words(self, role):
        """The unit words of quantities and prices of a side: of price, quantity, volume, and of costs."""
        found = {"price": [], "quantity": [], "volume": [], "costs": []}
        for price in self.prices(role):
            if price.word:
                found["price"].append(price.word)
        node = self.node(role, "price")
        if isinstance(node, dict) and "tiers" in node:
            found["quantity"] += [quantity(tier["from"])[1] for tier in node["tiers"]]
        node = self.node(role, "quantity")
        if node is not None:
            parts = node.values() if isinstance(node, dict) else [node]
            found["quantity"] = [quantity(part)[1] for part in parts] + found["quantity"]
        node = self.node(role, "volume")
        if node is not None:
            parts = node.values() if isinstance(node, dict) else [node]
            found["volume"] += [rate(part)[1] for part in parts]
        for cost in self.costs(role):
            if cost.word:
                found["costs"].append(cost.word)
        return found

    def prices(self, role):
        node = self.node(role, "price")
        if node is None or node in ("free", "any"):
            return []
        parts = [node]
        if isinstance(node, dict) and "tiers" in node:
            parts = [tier["price"] for tier in node["tiers"]]
        return [
            Price(text)
            for part in parts
            for text in (
                [part[k] for k in ("at_least", "at_most") if k in part] if isinstance(part, dict) else [part]
            )
        ]

    def costs(self, role):
        found = []
        for term, statement in self.stated[role].items():
            if term in ("quantity", "volume", "price", "tax"):
                continue
            for entry in listed(statement.node):
                found += costs_of(entry)
        if role == RECEIVER and self.substitute:
            found += costs_of(self.substitute)
        return found

    def common_dimension(self):
        words = {role: self.words(role) for role in self.coops}
        everything = [(role, w) for role in self.coops for part in words[role].values() for w in part]
        for role in (PROVIDER, RECEIVER):
            order = [w for part in ("price", "quantity", "volume") for w in words[role][part]]
            tried = [d for w in order for d in self.measures.meanings(role, w)]
            for dimension in dict.fromkeys(tried):
                if all(dimension in self.measures.meanings(r, w) for r, w in everything):
                    return dimension
            if order:
                return None
        return None

    def size(self, role, word):
        return self.measures.meanings(role, word)[self.dimension]

    def amount(self, role, text):
        count, word = quantity(text)
        return count * self.size(role, word)

    def price_per_base(self, role, price):
        return price.amount / (price.count * self.size(role, price.word))

    def writing(self):
        """Side, word and count of the unit in which the agreement writes prices and quantities (R9)."""
        for role in (PROVIDER, RECEIVER):
            for price in self.prices(role):
                return role, price.word, price.count
        for role in (PROVIDER, RECEIVER):
            words = self.words(role)
            for part in ("quantity", "volume"):
                for word in words[part]:
                    return role, word, Fraction(1)
        raise Unsaid("no unit is stated")

    # Judging.

    def judge(self, a, b, fairness):
        self.read(None)
        self.fairness = fairness
        self.eligibility()
        self.time()
        if self.dimension is None:
            self.conflict("unit", [self.counted_at(role) for role in self.coops])
        self.currency()
        self.properties()
        self.certificates()
        self.meet_terms()
        if self.case() == "free" and isinstance(fairness, list):
            self.conflict("term", fairness)
        if self.dimension is not None:
            self.numbers()
        if self.case() == "free":
            self.check_points()
        if not self.conflicts and self.deal is None:
            raise AssertionError("neither a deal nor a conflict")
        if self.conflicts:
            self.deal = None

    def conflict(self, kind, statements):
        self.conflicts.append((kind, [self.place(s) for s in statements]))

    def place(self, statement):
        if isinstance(statement, tuple):
            what, role = statement
            kind, name = ("offers", self.offer_name) if role == PROVIDER else ("needs", self.need_name)
            coop = self.coops[role]
            if what == "line":
                return coop.id, f"/{kind}/{name}"
            return coop.id, what
        return statement.key()

    def with_of(self, role):
        kind, name = ("offers", self.offer_name) if role == PROVIDER else ("needs", self.need_name)
        line = self.offer if role == PROVIDER else self.need
        return self.coops[role].who((f"/{kind}/{name}", line), [] if role == PROVIDER else ["anyone"])

    def eligibility(self):
        for role, other in ((PROVIDER, self.receiver), (RECEIVER, self.provider)):
            names, pointer = self.with_of(role)
            if not self.coops[role].fits_any(other, names):
                self.conflict("eligibility", [(pointer, role) if pointer else ("line", role)])

    def time(self):
        """The windows that hold the two days between which none is left, the line's own before its manifest's."""
        if not self.window.empty():
            return
        pointers = {}
        for role in self.coops:
            kind, name = ("offers", self.offer_name) if role == PROVIDER else ("needs", self.need_name)
            line = self.offer if role == PROVIDER else self.need
            own, whole = Window(line.get("valid", {})), self.coops[role].window
            for day in ("first", "last"):
                end = {"first": "from", "last": "until"}[day]
                if getattr(own, day) == getattr(self.window, day):
                    pointers.setdefault(role, f"/{kind}/{name}/valid/{end}")
                elif getattr(whole, day) == getattr(self.window, day):
                    pointers.setdefault(role, f"/valid/{end}")
        self.conflict("time", [(pointers[role], role) for role in self.coops])

    def counted_at(self, role):
        """The statement that says in what a side counts: its price where it has a unit, its quantity or its volume."""
        words = self.words(role)
        if words["price"]:
            return self.stated[role]["price"]
        return next((self.stated[role][t] for t in ("quantity", "volume") if t in self.stated[role]), ("line", role))

    def currencies(self, role):
        found = {p.currency for p in self.prices(role)} | {c.currency for c in self.costs(role) if c.currency}
        return found

    def currency(self):
        ours, theirs = self.currencies(PROVIDER), self.currencies(RECEIVER)
        self.mixed = bool(ours and theirs and ours != theirs)
        if self.mixed:
            self.conflict("currency", [self.money_at(role) for role in self.coops])

    def properties(self):
        asked = self.node(RECEIVER, "properties") or {}
        stated = self.node(PROVIDER, "properties") or {}
        for name in sorted(asked):
            base = self.stated[RECEIVER]["properties"].pointer
            if name not in stated:
                self.conflict("item_property", [self.silent(PROVIDER, "properties"), (f"{base}/{name}", RECEIVER)])
            elif not properties_meet(stated[name], asked[name]):
                there = self.stated[PROVIDER]["properties"].pointer
                self.conflict("item_property", [(f"{there}/{name}", PROVIDER), (f"{base}/{name}", RECEIVER)])

    def certificates(self):
        stated = listed(self.node(PROVIDER, "certificates") or [])
        for name in listed(self.node(RECEIVER, "certificates") or []):
            if name not in stated:
                self.conflict("certificate", [self.silent(PROVIDER, "certificates"), (self.asked_at(name), RECEIVER)])

    def silent(self, role, term):
        """What stands for something that a side does not write: the statement that lacks it, else the line."""
        return self.stated[role].get(term, ("line", role))

    def money_at(self, role):
        """The price where it is in money, else the first statement in catalogue order in which a choice costs some."""
        if self.prices(role):
            return self.stated[role]["price"]
        order = list(LINE_TERMS)
        for term in sorted(self.stated[role], key=lambda t: (order.index(t) if t in order else len(order), t)):
            if any(c.currency for e in listed(self.stated[role][term].node) for c in costs_of(e)):
                return self.stated[role][term]
        return "line", role

    def asked_at(self, name):
        """Where the need asks for a certificate: the entry of its list, or the value alone."""
        statement = self.stated[RECEIVER]["certificates"]
        if not isinstance(statement.node, list):
            return statement.pointer
        return f"{statement.pointer}/{statement.node.index(name)}"

    # Terms (R3).

    def term_names(self, on=None):
        names = {term for role, term in (self.all if on is None else on)}
        names -= {"quantity", "volume", "every", "price", "certificates", "properties"}
        standard = [t for t in LINE_TERMS if t in names]
        return standard + sorted(t for t in names if t not in LINE_TERMS)

    def meet_term(self, term, on):
        sides = [
            self.stated[role].get(term) if on is None or (role, term) in on else None for role in (PROVIDER, RECEIVER)
        ]
        met = meet(term, *sides)
        if term == "delivery_date" and met is not None and not isinstance(met, list) and self.window.first is not None:
            later = met.range.meet(terms.Range(Fraction(self.window.first), None))
            if later.empty():
                return Late(s for s in sides if s is not None)
            if later.low != met.range.low:
                met.begins = False
                met.range = later
                met.options = []
                terms.fill_samples(met, {r: s for r, s in zip((PROVIDER, RECEIVER), sides) if s is not None})
        return met

    def meet_terms(self):
        for term in self.term_names():
            met = self.meet_term(term, None)
            if isinstance(met, list):
                self.conflicting.add(term)
                kind = "time" if isinstance(met, Late) else "term"
                for statements in met if isinstance(met, Separate) else [list(met)]:
                    self.conflict(kind, statements)
            elif met is not None:
                self.met[term] = met

    # Prices (R5, R8).

    def case(self, on=None):
        offer, need = self.node(PROVIDER, "price", on), self.node(RECEIVER, "price", on)
        if offer is None:
            if need == "free":
                return "free"
            return "open" if need in (None, "any") else "proposed"
        if offer == "free":
            return "free" if need in (None, "any", "free") else "priced"
        if need is None:
            return "proposed"
        return "any" if need == "any" else "priced"

    def tier(self, quantity, on=None):
        """The provider's limit and asking price per base unit at a quantity, as written; `None` below all tiers."""
        node = self.node(PROVIDER, "price", on)
        if node is None or node == "free":
            return None
        if isinstance(node, dict) and "tiers" in node:
            reached = [t for t in node["tiers"] if self.amount(PROVIDER, t["from"]) <= quantity]
            if not reached:
                return None
            node = max(reached, key=lambda t: self.amount(PROVIDER, t["from"]))["price"]
        if isinstance(node, dict):
            least, most = Price(node["at_least"]), Price(node["at_most"]) if "at_most" in node else None
            posted = most is not None and self.price_per_base(PROVIDER, least) == self.price_per_base(PROVIDER, most)
            return least, most, posted
        return Price(node), Price(node), True

    def limit(self, role, quantity, on=None):
        """The limit per base unit of what is delivered: `l(q)` or `u`; of a substitute, what one of it is worth."""
        node = self.node(role, "price", on)
        if node == "free":
            return Fraction(0)
        if node is None or node == "any":
            return None
        if role == PROVIDER:
            return self.price_per_base(role, self.tier(quantity, on)[0])
        text = node["at_most"] if isinstance(node, dict) and "at_most" in node else node
        if isinstance(text, dict):
            raise Unsaid("a need without a limit of its own")
        return self.price_per_base(role, Price(text)) / self.ratio

    def asking(self, quantity):
        if self.node(PROVIDER, "price") == "free":
            return Fraction(0)
        asked = self.tier(quantity)[1]
        return None if asked is None else self.price_per_base(PROVIDER, asked)

    def floor(self):
        node = self.node(RECEIVER, "price")
        if isinstance(node, dict) and "at_least" in node:
            return self.price_per_base(RECEIVER, Price(node["at_least"])) / self.ratio
        return None

    # Deliveries (R4).

    def recurs(self, on):
        volume = self.node(RECEIVER, "volume", on)
        return self.node(RECEIVER, "every", on) is not None or (volume is not None and self.period(RECEIVER) is not None)

    def period(self, role):
        node = self.node(role, "volume")
        return rate(next(iter(node.values())) if isinstance(node, dict) else node)[2]

    def volume(self, role):
        """Lower and upper end in base units."""
        node = self.node(role, "volume")

        def base(text):
            amount, word, _ = rate(text)
            return amount * self.size(role, word) * (self.ratio if role == RECEIVER else 1)

        if not isinstance(node, dict):
            return (base(node) if role == RECEIVER else None), base(node)
        return tuple(base(node[end]) if end in node else None for end in ("at_least", "at_most"))

    def rhythms(self, on):
        """The rhythms in which a delivery may be made; `None` is a single one."""
        if not self.recurs(None):
            return [None]
        offered = self.node(PROVIDER, "volume", on)
        if offered is not None and self.period(PROVIDER) is None:
            return [] if self.recurs(on) else [None]
        lists = {
            role: [duration(text) for text, *_ in terms.alternatives("every", self.node(role, "every", on), "one")]
            for role in self.coops
            if self.node(role, "every", on) is not None
        }
        if lists:
            found = list(lists.get(PROVIDER) or lists[RECEIVER])
            return [e for e in found if RECEIVER not in lists or e in lists[RECEIVER]]
        if self.node(PROVIDER, "every") is None and self.node(RECEIVER, "every") is None:
            if self.node(RECEIVER, "volume", on) is not None:
                return [self.period(RECEIVER)]
        every = []
        for role in self.coops:
            if self.node(role, "every") is not None:
                every += [duration(t) for t, *_ in terms.alternatives("every", self.node(role, "every"), "one")]
        return list(dict.fromkeys(every + TRIED))

    def quantities(self, every, on):
        """Lowest, highest (or `None`) and step (or `None`) of a delivery at a rhythm; `None` where there is none."""
        low, high, steps = Fraction(0), None, []

        def at_least(value):
            nonlocal low
            low = max(low, value)

        def at_most(value):
            nonlocal high
            high = value if high is None else min(high, value)

        for role in self.coops:
            node = self.node(role, "quantity", on)
            scale = self.ratio if role == RECEIVER else 1
            if node is None:
                continue
            if not isinstance(node, dict):
                at_least(self.amount(role, node) * scale)
                at_most(self.amount(role, node) * scale)
                continue
            if "at_least" in node:
                at_least(self.amount(role, node["at_least"]) * scale)
            if "at_most" in node:
                at_most(self.amount(role, node["at_most"]) * scale)
            if "multiple_of" in node:
                steps.append(self.amount(role, node["multiple_of"]) * scale)
        step = None
        for s in steps:
            step = s if step is None else least_common_multiple(step, s)
        node = self.node(PROVIDER, "price", on)
        if isinstance(node, dict) and "tiers" in node:
            at_least(min(self.amount(PROVIDER, tier["from"]) for tier in node["tiers"]))
        role, word, _ = self.writing()
        grain = step if step is not None else self.size(role, word) / 1000
        for role in self.coops:
            if self.node(role, "volume", on) is None:
                continue
            share = Fraction(1)
            if every is not None and self.period(role) is not None:
                share = years(every) / years(self.period(role))
            elif every is not None:
                continue
            elif role == RECEIVER and self.period(role) is not None:
                continue
            lower, upper = self.volume(role)
            exact = step is None and share == 1
            if lower is not None:
                at_least(lower if exact else whole_multiple_below(lower * share, grain))
            if upper is not None:
                at_most(upper if exact else whole_multiple_below(upper * share, grain))
        if high is not None and (high < low or high <= 0):
            return None
        if step is not None:
            low = max(-whole_multiple_below(-low, step), step)
            if high is not None:
                high = whole_multiple_below(high, step)
                if high < low:
                    return None
        return low, high, step

    def deliveries(self, every, on):
        """Every delivery worth trying at a rhythm: all multiples, or where there are none, where a piece ends."""
        bounds = self.quantities(every, on)
        if bounds is None:
            return []
        low, high, step = bounds
        turns = [low, high if high is not None else max(ENOUGH, low)]
        node = self.node(PROVIDER, "price", on)
        if isinstance(node, dict) and "tiers" in node:
            turns += [self.amount(PROVIDER, tier["from"]) for tier in node["tiers"]]
        if step is None:
            turns += self.zeros(turns, on)
            return sorted({q for q in turns if q >= low and (high is None or q <= high) and q > 0})
        found, q = [], low
        while (high is None or q <= high) and len(found) < MOST_TRIED:
            found.append(q)
            q += step
        if high is None or q <= high:
            if self.case(on) == "priced" and high is not None:
                raise Unsaid("too many multiples to try them all")
            found.append(whole_multiple_below(turns[1], step))
        return found

    def zeros(self, turns, on):
        """Where between two turns the receiver's most is zero for some choice."""
        if self.case(on) != "priced":
            return []
        turns = sorted({t for t in turns if t > 0})
        found = []
        for here, there in zip([turns[0] / 2, *turns], turns):
            if here == there:
                continue
            # Within a tier everything is straight in the quantity: two points give the line of each choice.
            middle = (here + there) / 2
            for combination in self.spread(on):
                at_here, at_middle = (self.most(q, combination, on) for q in (here, middle))
                slope = (at_middle - at_here) / (middle - here)
                if slope != 0:
                    found.append(here - at_here / slope)
        return [q for q in found if q > 0]

    def spread(self, on):
        """All choices of terms that cost the receiver something different, where these matter."""
        parts = [met for met in self.costed(on).values() if any(o.costs[RECEIVER] for o in met.options)]
        if not parts:
            return [()]
        if math.prod(len(met.options) for met in parts) > 3000:
            raise Unsaid("too many choices to try them all")
        return itertools.product(*([(met, o) for o in met.options] for met in parts))

    def most(self, q, combination, on):
        at = At(self, q, on)
        return self.limit(RECEIVER, q, on) * q - self.extra(q, on) - sum(
            cost_of(option, RECEIVER, met, at) for met, option in combination
        )

    # Limits and costs (R5).

    def costed(self, on):
        """The terms that carry costs under the statements given, as they meet under them."""
        found = {}
        for term in self.term_names():
            if term in self.conflicting or term not in self.met:
                continue
            met = self.met[term] if on is None else self.meet_term(term, on)
            if met is not None and not isinstance(met, list) and any(o.costs[r] for o in met.options for r in o.costs):
                found[term] = met
        return found

    def extra(self, q, on):
        """What the substitute costs the receiver."""
        if self.substitute is None:
            return Fraction(0)
        option = terms.Option(None, "")
        option.costs[RECEIVER] = costs_of(self.substitute)
        return cost_of(option, RECEIVER, None, At(self, q, on))

    def rhythm_cost(self, role, every, q, on):
        node = self.node(role, "every", on)
        if every is None or node is None:
            return Fraction(0)
        for entry in listed(node):
            wide = entry if isinstance(entry, dict) else {"value": entry}
            if duration(wide["value"]) == every:
                option = terms.Option(None, "")
                option.costs[role] = costs_of(wide)
                return cost_of(option, role, None, At(self, q, on))
        return Fraction(0)

    def weigh(self, every, q, on, costed):
        """The greatest joint gain at a delivery among choices under which the receiver's most is not below zero,
        and those choices: per term where each may be taken with each, else as whole combinations."""
        at = At(self, q, on)
        least = self.limit(PROVIDER, q, on) * q + self.rhythm_cost(PROVIDER, every, q, on)
        most = self.limit(RECEIVER, q, on) * q - self.rhythm_cost(RECEIVER, every, q, on) - self.extra(q, on)
        priced = {
            term: [(o, cost_of(o, PROVIDER, met, at), cost_of(o, RECEIVER, met, at)) for o in met.options]
            for term, met in costed.items()
        }
        best = {}
        for term, options in priced.items():
            lowest = min(p + r for _, p, r in options)
            best[term] = [(o, p, r) for o, p, r in options if p + r == lowest]
        gain = most - least - sum(options[0][1] + options[0][2] for options in best.values())
        if most - sum(max(r for _, _, r in options) for options in best.values()) >= 0:
            return gain, best, None
        if math.prod(len(options) for options in priced.values()) > 20000:
            raise Unsaid("too many choices to try them all")
        greatest, chosen = None, []
        for combination in itertools.product(*priced.values()):
            if most - sum(r for _, _, r in combination) < 0:
                continue
            total = most - least - sum(p + r for _, p, r in combination)
            if greatest is None or total > greatest:
                greatest, chosen = total, []
            if total == greatest:
                chosen.append(dict(zip(priced, combination)))
        return greatest, None, chosen

    def possible(self, on):
        priced = self.case(on) == "priced"
        costed = self.costed(on) if priced else {}
        for every in self.rhythms(on):
            for q in self.deliveries(every, on):
                if not priced:
                    return True
                gain = self.weigh(every, q, on, costed)[0]
                if gain is not None and gain >= 0:
                    return True
        return False

    def possible_whatever_else(self, kept, statements):
        """Whether the kept statements can hold together, with what else is said counted where it helps.

        Only what is worth something to its side can help, and multiples, to which volumes are rounded down; everything
        else restricts or costs."""
        helping = [s for s in statements if s not in kept and (self.worth(s) or self.rounds(s))]
        background = self.all - set(self.numeric_statements())
        for size in range(len(helping) + 1):
            for some in itertools.combinations(helping, size):
                if self.possible(background | kept | set(some)):
                    return True
        return False

    def rounds(self, statement):
        role, term = statement
        node = self.stated[role][term].node
        return term == "quantity" and isinstance(node, dict) and "multiple_of" in node

    def worth(self, statement):
        """Whether it is on a term of which some value is worth something to a side; an open term takes both to count."""
        entries = [e for s in self.stated.values() if statement[1] in s for e in listed(s[statement[1]].node)]
        return any(cost.amount < 0 for entry in entries for cost in costs_of(entry))

    def allows(self, on):
        return any(self.quantities(every, on) is not None for every in self.rhythms(on))

    # The whole of numbers.

    def numeric_statements(self):
        """The statements on quantity, volume, rhythm and price and those on terms that carry costs."""
        order = list(LINE_TERMS)
        # A term carries costs where a statement on it does, though none of the options in common may.
        sides = [{(role, term) for term in self.term_names()} & self.all for role in (PROVIDER, RECEIVER)]
        carrying = set(self.costed(None)).union(*(self.costed(side) for side in sides))
        costed = [t for t in self.term_names() if t in carrying]
        found = []
        for role in (PROVIDER, RECEIVER):
            names = ["quantity", "volume", "every", "price", *costed]
            names.sort(key=lambda t: (order.index(t) if t in order else len(order), t))
            found += [(role, term) for term in names if term in self.stated[role]]
        return found

    def numbers(self):
        if self.mixed:
            self.number_conflicts(without_money=True)
            return
        if not self.possible(self.all):
            self.number_conflicts()
            return
        self.settle()

    def number_conflicts(self, without_money=False):
        statements = self.numeric_statements()
        if without_money:
            statements = [s for s in statements if s[1] in ("quantity", "volume", "every")]
        background = self.all - set(self.numeric_statements())
        if not without_money and len(statements) > 12:
            raise Unsaid("too many statements to try all sets of them")
        for known in minimal_sets(statements, lambda chosen: self.possible_whatever_else(chosen, statements)):
            kind = "price" if self.allows(background | known) else "quantity"
            ordered = [s for s in statements if s in known]
            self.conflict(kind, [self.stated[role][term] for role, term in ordered])

    def settle(self):
        case = self.case()
        if case == "free":
            if not self.sums(self.pointed_terms()):
                return
            if self.settle_points():
                return
        costed = self.costed(None) if case == "priced" else {}
        found = []
        for every in self.rhythms(self.all):
            for q in self.deliveries(every, self.all):
                if case == "priced":
                    gain = self.weigh(every, q, self.all, costed)[0]
                    if gain is None or gain < 0:
                        continue
                else:
                    gain = Fraction(0)
                pace = Fraction(1) if every is None else years(every)
                found.append((gain / pace, q / pace, every, q))
        self.deal = self.choose(found)
        deal = self.deal
        if case == "priced":
            self.choose_terms(deal, costed)
            self.split(deal)
        else:
            self.cheapest_terms(deal, case)
            if case == "any":
                asked = self.asking(deal.quantity)
                asked = self.limit(PROVIDER, deal.quantity) if asked is None else asked
                deal.price = max(Fraction(0), asked * deal.quantity + deal.costs[PROVIDER])

    def choose(self, found):
        """Greatest gain per time, then most per time, then the rhythm as a choice, then the larger delivery."""
        best = max((gain, pace) for gain, pace, _, _ in found)
        left = [(every, q) for gain, pace, every, q in found if (gain, pace) == best]
        if left[0][0] is not None:
            every = self.choose_rhythm({e for e, _ in left})
            left = [(e, q) for e, q in left if e == every]
        every, q = max(left, key=lambda each: each[1])
        return Deal(every, q)

    def choose_rhythm(self, best):
        """The rhythm of those that are equally good, ranked among all that both accept."""
        rhythms = self.rhythms(self.all)
        met = terms.Met("every", "one", "own", "agreed", None)
        for every in rhythms:
            option = terms.Option(every, duration_text(every))
            for role in self.coops:
                node = self.node(role, "every")
                if node is not None:
                    written = [text for text, *_ in terms.alternatives("every", node, "one")]
                    option.rank[role] = [duration(text) for text in written].index(every)
                    option.text = written[option.rank[role]]
            met.options.append(option)
        return terms.first_by_rank(met, [o for o in met.options if o.value in best]).value

    def choose_terms(self, deal, costed):
        """R6, step 4: term by term in catalogue order."""
        at = At(self, deal.quantity, self.all)
        _, best, combinations = self.weigh(deal.every, deal.quantity, self.all, costed)
        bound = None if combinations is None else self.bound(combinations, costed)
        chosen = {}
        for term in self.term_names():
            if term not in self.met:
                continue
            met = self.met[term]
            options = met.options
            if term in costed and bound is not None:
                chosen[term] = [bound[term]]
                continue
            if term in costed:
                options = [o for o, _, _ in best[term]]
            chosen[term] = kept(met, options, lambda o: tuple(cost_of(o, r, met, at) for r in (PROVIDER, RECEIVER)))
        deal.kept = chosen
        for role in self.coops:
            deal.costs[role] = self.rhythm_cost(role, deal.every, deal.quantity, self.all) + sum(
                cost_of(chosen[term][0], role, self.met[term], at) for term in costed
            )
        deal.costs[RECEIVER] += self.extra(deal.quantity, self.all)

    @staticmethod
    def bound(combinations, costed):
        """Where what the receiver has left to pay binds one term to another, one choice is taken whole: the one that
        costs the receiver least, then term by term what comes first."""

        def order(combination):
            first = [
                combination[term][0].value if met.kind == "range" else terms.by_rank(met)(combination[term][0])
                for term, met in costed.items()
            ]
            return sum(r for _, _, r in combination.values()), first

        return {term: option for term, (option, _, _) in min(combinations, key=order).items()}

    def cheapest_terms(self, deal, case):
        at = At(self, deal.quantity, self.all)

        def costs(met, option):
            if case != "any":
                return Fraction(0), Fraction(0)
            return tuple(cost_of(option, role, met, at) for role in (PROVIDER, RECEIVER))

        for term in self.term_names():
            if term not in self.met:
                continue
            met = self.met[term]
            least = min(sum(costs(met, o)) for o in met.options)
            options = [o for o in met.options if sum(costs(met, o)) == least]
            deal.kept[term] = kept(met, options, lambda o: costs(met, o))
            if case == "any":
                for role, cost in zip((PROVIDER, RECEIVER), costs(met, deal.kept[term][0])):
                    deal.costs[role] += cost
        if case == "any":
            for role in self.coops:
                deal.costs[role] += self.rhythm_cost(role, deal.every, deal.quantity, self.all)

    def split(self, deal):
        """R7."""
        q = deal.quantity
        least = self.limit(PROVIDER, q) * q + deal.costs[PROVIDER]
        most = self.limit(RECEIVER, q) * q - deal.costs[RECEIVER]
        deal.price = shared(
            least,
            most,
            None if self.asking(q) is None else self.asking(q) * q + deal.costs[PROVIDER],
            None if self.floor() is None else self.floor() * q - deal.costs[RECEIVER],
        )
        deal.gain = most - least
        deal.provider_gain, deal.receiver_gain = deal.price - least, most - deal.price

    # Points (R8).

    def pointed(self, on=None):
        found = {}
        for term in self.term_names():
            if term in self.conflicting:
                continue
            met = self.met.get(term) if on is None else self.meet_term(term, on)
            if met is None or isinstance(met, list) or met.kind == "range":
                continue
            if any(any(o.points.values()) for o in met.options):
                found[term] = met
        return found

    def settle_points(self):
        """A free line with points; `False` where nobody states any."""
        pointed = self.pointed_terms()
        if not pointed:
            return False
        if isinstance(self.fairness, list):
            return True  # no rule, and so a conflict already
        sums = self.sums(pointed)
        frontier = [s for s in sums if not any(dominates(o[0], s[0]) for o in sums)]
        rule = FAIRNESS[self.fairness or "balanced"]
        best = {role: max(s[0][i] for s in frontier) for i, role in enumerate((PROVIDER, RECEIVER))}
        judged = [(rule(s[0], (best[PROVIDER], best[RECEIVER])), s) for s in frontier]
        top = max(j for j, _ in judged)
        left = [choice for j, (_, choice) in judged if j == top]
        paces = []
        for every in self.rhythms(self.all):
            for q in self.deliveries(every, self.all):
                pace = Fraction(1) if every is None else years(every)
                paces.append((Fraction(0), q / pace, every, q))
        self.deal = self.choose(paces)
        for term in self.term_names():
            if term not in self.met:
                continue
            met = self.met[term]
            options = met.options
            if term in pointed:
                options = [o for o in options if any(choice[term] is o for choice in left)]
            stay = kept(met, options, lambda o: (Fraction(0), Fraction(0)))
            if term in pointed:
                left = [choice for choice in left if choice[term] in stay]
            self.deal.kept[term] = stay
        return True

    def pointed_terms(self):
        if any(
            isinstance(e, dict) and "points" in e for role in self.coops for e in listed(self.node(role, "every") or [])
        ):
            raise Unsaid("points on a rhythm")
        pointed = self.pointed()
        if any(met.kind != "one" for met in pointed.values()):
            raise Unsaid("points on a list of which all values are kept")
        return pointed

    def check_points(self):
        if not self.sums(self.pointed_terms()):
            self.point_conflicts()

    @staticmethod
    def sums(pointed):
        """All choices that leave both sums at zero or more."""
        if math.prod(len(met.options) for met in pointed.values()) > 20000:
            raise Unsaid("too many choices to try them all")
        found = []
        for combination in itertools.product(*(met.options for met in pointed.values())):
            total = tuple(sum(o.points[role] for o in combination) for role in (PROVIDER, RECEIVER))
            if min(total) >= 0:
                found.append((total, dict(zip(pointed, combination))))
        return found

    def point_conflicts(self):
        pointed = self.pointed()
        statements = [
            (role, term)
            for role in (PROVIDER, RECEIVER)
            for term in pointed
            if term in self.stated[role]
        ]
        background = self.all - set(statements)

        def leaves_a_choice(chosen):
            rest = [s for s in statements if s not in chosen]
            return any(
                self.sums(self.pointed(background | chosen | set(some)))
                for n in range(len(rest) + 1)
                for some in itertools.combinations(rest, n)
            )

        for known in minimal_sets(statements, leaves_a_choice):
            self.conflict("points", [self.stated[r][t] for r, t in statements if (r, t) in known])

    # The parts of a package (R10).

    def part(self, every, q):
        """Whether this line can be a part of a package at that quantity and rhythm, whatever it costs alone."""
        bounds = self.quantities(every, self.all) if every in self.rhythms(self.all) else None
        if bounds is None:
            return False
        low, high, step = bounds
        return low <= q and (high is None or q <= high) and (step is None or (q / step).denominator == 1)

    # On paper (R9).

    def quantity_text(self, q):
        role, word, _ = self.writing()
        return f"{decimals(q / self.size(role, word), 6)} {symbol(word)}"

    def line(self, deal, starts, ends, package=None):
        found = {
            "provider": self.provider.id,
            "receiver": self.receiver.id,
            "offer": self.offer_name,
            "need": self.need_name,
            "items": self.items,
            "quantity": self.quantity_text(deal.quantity),
        }
        if package:
            found["package"] = package
        if self.substitute is not None:
            found["substitute_ratio"] = decimals(self.ratio)
        if deal.every is not None:
            found["every"] = duration_text(deal.every)
        own = Window(self.offer.get("valid", {})).narrowed(Window(self.need.get("valid", {})))
        if own.first is not None and (starts is None or own.first > starts):
            found["starts"] = own.first
        if own.last is not None and (ends is None or own.last < ends):
            found["ends"] = own.last
        price = None if package else self.price_on_paper(deal)
        if price:
            found["price"] = price
        found["open_price"] = not package and self.case() == "open"
        found["terms"] = [self.with_limits(written(self.met[term], options)) for term, options in deal.kept.items()]
        found["certificates"] = sorted(listed(self.node(RECEIVER, "certificates") or []))
        found["units"] = [
            (word, self.coops[role].id) for word in self.measures.differing() for role in (PROVIDER, RECEIVER)
        ]
        return found

    def with_limits(self, term):
        """Where a share can be paid in credit, up to which balance each side goes in the circuit."""
        if "in" in term and term.get("value") != "0 %":
            circuits = ((coop.id, c) for coop in self.coops.values() for c in coop.manifest.get("circuits", {}).values())
            limits = {party: c["limit"] for party, c in circuits if c["id"] == term["in"] and "limit" in c}
            if limits:
                term["limits"] = [{"party": party, "limit": limits[party]} for party in sorted(limits)]
        return term

    def price_on_paper(self, deal):
        case = self.case()
        if case == "open":
            return None
        if case == "free":
            return {"status": "agreed", "free": True}
        if case == "proposed":
            return self.proposal(deal)
        found = {"status": "agreed"}
        role, word, count = self.writing()
        currency = next(iter(self.currencies(PROVIDER) or self.currencies(RECEIVER)))
        places = MINOR.get(currency, 2)
        found["total"] = f"{fixed_decimals(deal.price, places)} {currency}"
        total = round(deal.price * 10**places)
        units = deal.quantity / (count * self.size(role, word))
        tier = self.tier(deal.quantity)
        if tier and tier[2] and deal.price == self.price_per_base(PROVIDER, tier[0]) * deal.quantity:
            text = tier[0].written
        else:
            digits = places
            while round(units * Fraction(round(deal.price / units * 10**digits), 10**digits) * 10**places) != total:
                digits += 1
                if digits > 60:
                    raise Unsaid("no unit price gives the total")
            text = fixed_decimals(deal.price / units, digits)
        found["unit_price"] = f"{text} {currency}/{basis(count, word)}"
        return found

    def proposal(self, deal):
        if self.node(PROVIDER, "price") is not None:
            limit, asking, _ = self.tier(deal.quantity)
            found = {"status": "proposed", "by": self.provider.id}
            if asking is None:
                found["at_least"] = price_text(limit)
            else:
                found["unit_price"] = price_text(asking)
            return found
        node = self.node(RECEIVER, "price")
        text = node["at_most"] if isinstance(node, dict) and "at_most" in node else node
        if self.ratio != 1:
            raise Unsaid("a proposed price for a substitute of another ratio")
        return {"status": "proposed", "by": self.receiver.id, "unit_price": price_text(Price(text))}

    def proposed_per_year(self, deal):
        """What counts by R10, 4: posted, asking, else limit of the provider; the receiver's limit."""
        case = self.case()
        if case == "any":
            return deal.per_year(deal.price)
        if self.node(PROVIDER, "price") is not None:
            asked = self.asking(deal.quantity)
            asked = self.limit(PROVIDER, deal.quantity) if asked is None else asked
            return deal.per_year(asked * deal.quantity)
        return deal.per_year(self.limit(RECEIVER, deal.quantity) * deal.quantity)

    def gains(self, deal):
        if deal.gain is None:
            return None
        role, word, count = self.writing()
        currency = next(iter(self.currencies(PROVIDER) or self.currencies(RECEIVER)))
        units = deal.quantity / (count * self.size(role, word))
        per = f"{currency}/{basis(count, word)}"
        return {
            "provider": self.provider.id,
            "offer": self.offer_name,
            "need": self.need_name,
            "provider_gain": f"{decimals(deal.provider_gain, 6)} {currency}",
            "receiver_gain": f"{decimals(deal.receiver_gain, 6)} {currency}",
            "joint_gain": f"{decimals(deal.gain, 6)} {currency}",
            "provider_gain_per_unit": f"{decimals(deal.provider_gain / units, 6)} {per}",
            "receiver_gain_per_unit": f"{decimals(deal.receiver_gain / units, 6)} {per}",
        }


class Late(list):
    """A delivery date that lies before the line's start."""


def symbol(word):
    return FIXED[word][2] if word in FIXED else PACKAGE.get(word, word)


def basis(count, word):
    return symbol(word) if count == 1 else f"{decimals(count)} {symbol(word)}"


def price_text(price):
    return f"{price.written} {price.currency}/{basis(price.count, price.word)}"


def shared(least, most, cap, floor):
    """R7: an equal split, shaped by what the provider asks and what the receiver pays gladly."""
    price = (least + most) / 2
    if cap is not None and floor is not None and cap < floor:
        price = (cap + floor) / 2
    else:
        if cap is not None:
            price = min(price, cap)
        if floor is not None:
            price = max(price, floor)
    return max(Fraction(0), min(max(price, least), most))


def dominates(a, b):
    return a != b and a[0] >= b[0] and a[1] >= b[1]


def equal_share(sums, best):
    shares = sorted(s / b for s, b in zip(sums, best) if b > 0)
    return (shares[0], shares[-1]) if shares else (Fraction(0), Fraction(0))


FAIRNESS = {
    "balanced": lambda s, _: (s[0] * s[1], s[0] + s[1]),
    "equal_gain": lambda s, _: (min(s), max(s)),
    "equal_share": equal_share,
}


def properties_meet(stated, asked):
    def as_range(node):
        if isinstance(node, dict):
            return terms.Range.read(node, "number")
        try:
            return terms.Range.read(node, "number") if not isinstance(node, list) else None
        except ValueError:
            return None

    ours, theirs = as_range(stated), as_range(asked)
    if ours and theirs:
        return not ours.meet(theirs).empty()
    if (ours is None) != (theirs is None):
        return False
    return bool(set(map(str, listed(stated))) & set(map(str, listed(asked))))
