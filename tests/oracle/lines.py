"""One candidate line: an offer of one side and a need of the other, judged as if it were the only one (R1 to R9).

What it says and how that meets is here; deliveries, gains, points and what is written down have files of their own.
"""

from fractions import Fraction

import terms
from coops import LINE_TERMS, Window
from deliveries import Deliveries, Late
from gains import Gains
from measures import Measures
from paper import Paper
from points import Points
from terms import Separate, meet
from values import (
    PROVIDER,
    RECEIVER,
    Price,
    Unsaid,
    costs_of,
    listed,
    number,
    quantity,
    rate,
)

KINDS = "eligibility time unit currency item_property certificate term quantity price points".split()


class Line(Deliveries, Gains, Points, Paper):
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
        self.window = Window({})
        for role in self.stated:
            for window, _ in self.windows(role):
                self.window = self.window.narrowed(window)
        self.all = {(role, term) for role in self.stated for term in self.stated[role]}
        self.dimension = self.common_dimension()
        self.met = {}
        self.conflicting = set()
        self.known = {}

    def windows(self, role):
        """The windows of a side, its line's own first, and where each is written. Manifests that hold on no common day are in
        the way of the agreement as a whole, and each line is looked at in its own windows."""
        kind, name = ("offers", self.offer_name) if role == PROVIDER else ("needs", self.need_name)
        line = self.offer if role == PROVIDER else self.need
        found = [(Window(line.get("valid", {})), f"/{kind}/{name}/valid")]
        if not self.provider.window.narrowed(self.receiver.window).empty():
            found.append((self.coops[role].window, "/valid"))
        return found

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
        self.unfair = self.case() == "free" and isinstance(fairness, list)
        if self.unfair:
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
            for day, end in (("first", "from"), ("last", "until")):
                for window, pointer in self.windows(role):
                    if getattr(window, day) == getattr(self.window, day):
                        pointers.setdefault(role, f"{pointer}/{end}")
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

    def too_late(self, term):
        """The date that ends first, and the first day of a window that lies behind that end; the provider's come first."""
        ends = {}
        for role in (PROVIDER, RECEIVER):
            if term in self.stated[role]:
                last = terms.Range.read(self.stated[role][term].node, "date").high
                if last is not None:
                    ends[role] = last
        ends_first = min(ends, key=ends.get)
        named = {ends_first: [self.stated[ends_first][term]]}
        for role in (PROVIDER, RECEIVER):
            begins = next((f"{pointer}/from" for window, pointer in self.windows(role) if window.first == self.window.first), None)
            if begins is not None:
                named.setdefault(role, []).append((begins, role))
                break
        return [statement for role in (PROVIDER, RECEIVER) for statement in named.get(role, [])]

    def meet_terms(self):
        for term in self.term_names():
            met = self.meet_term(term, None)
            if isinstance(met, list):
                self.conflicting.add(term)
                if isinstance(met, Late):
                    self.conflict("time", self.too_late(term))
                    continue
                for statements in met if isinstance(met, Separate) else [list(met)]:
                    self.conflict("term", statements)
            elif met is not None:
                self.met[term] = met


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
