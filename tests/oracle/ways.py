"""Who serves whom (R10): every way of serving is tried."""

import itertools
from collections import defaultdict
from fractions import Fraction

from coops import Window
from gains import shared
from measures import At, Deal
from terms import cost_of, kept
from values import MINOR, PROVIDER, RECEIVER, Price, Unsaid, decimals, fixed_decimals, quantity, years


class Served:
    """A line as a way of serving takes it, alone or as a part of a package."""

    def __init__(self, line, deal, package=None):
        self.line, self.deal, self.package = line, deal, package

    def share(self):
        """How much of the offer's volume it takes; nothing where there is none."""
        node = self.line.node(PROVIDER, "volume")
        if node is None:
            return Fraction(0)
        _, volume = self.line.volume(PROVIDER)
        taken = self.deal.quantity
        if self.deal.every is not None:
            taken *= years(self.line.period(PROVIDER)) / years(self.deal.every)
        return taken / volume


class Package:
    """A package with its parts each serving a need, in one rhythm."""

    def __init__(self, coop, name, lines, quantities):
        self.coop, self.name, self.lines, self.quantities = coop, name, lines, quantities
        self.node = coop.manifest["offers"][name]
        self.deals = None

    def windows_meet(self):
        window = Window(self.node.get("valid", {}))
        return not any(line.window.narrowed(window).empty() for line in self.lines)

    def price(self):
        node = self.node["price"]
        if isinstance(node, dict):
            return Price(node["at_least"]), Price(node["at_most"]) if "at_most" in node else None
        return Price(node), Price(node)

    def settle(self):
        """The best rhythm and choice, or nothing where the package is not possible."""
        common = [e for e in self.lines[0].rhythms(self.lines[0].all)]
        for line, q in zip(self.lines, self.quantities):
            common = [e for e in common if line.part(e, q)]
        self.proposed = any(line.node(RECEIVER, "price") in (None, "any") for line in self.lines)
        limit, asking = self.price()
        self.currency = limit.currency
        if any(line.currencies(RECEIVER) - {self.currency} for line in self.lines):
            return False
        found = []
        for every in common:
            pace = Fraction(1) if every is None else years(every)
            if self.proposed:
                found.append((Fraction(0), 1 / pace, every))
                continue
            gain = self.weigh(every)
            if gain is not None and gain >= 0:
                found.append((gain / pace, 1 / pace, every))
        if not found:
            return False
        best = max((gain, pace) for gain, pace, _ in found)
        left = [every for gain, pace, every in found if (gain, pace) == best]
        if len(left) > 1:
            raise Unsaid("a package for which two rhythms are equally good")
        self.every = left[0]
        self.deals = [Deal(self.every, q) for q in self.quantities]
        self.choose()
        return True

    def weigh(self, every):
        limit, _ = self.price()
        least, most = limit.amount, Fraction(0)
        worst = Fraction(0)
        for line, q in zip(self.lines, self.quantities):
            at = At(line, q, line.all)
            least += line.rhythm_cost(PROVIDER, every, q, line.all)
            most += line.limit(RECEIVER, q) * q - line.rhythm_cost(RECEIVER, every, q, line.all) - line.extra(q, line.all)
            for met in line.costed(None).values():
                pairs = [tuple(cost_of(o, role, met, at) for role in (PROVIDER, RECEIVER)) for o in met.options]
                lowest = min(sum(p) for p in pairs)
                least += lowest
                worst += max(r for p, r in pairs if p + r == lowest)
        if most - worst < 0:
            raise Unsaid("a package whose receiver's most may be below zero")
        return most - least

    def choose(self):
        limit, asking = self.price()
        least, most = limit.amount, Fraction(0)
        cap = None if asking is None else asking.amount
        costs_of_provider = costs_of_receiver = Fraction(0)
        for line, deal in zip(self.lines, self.deals):
            q = deal.quantity
            at = At(line, q, line.all)
            for term in line.term_names():
                if term not in line.met:
                    continue
                met = line.met[term]

                def costs(option, met=met, at=at):
                    if self.proposed:
                        return Fraction(0), Fraction(0)
                    return tuple(cost_of(option, role, met, at) for role in (PROVIDER, RECEIVER))

                lowest = min(sum(costs(o)) for o in met.options)
                stay = kept(met, [o for o in met.options if sum(costs(o)) == lowest], costs)
                deal.kept[term] = stay
                costs_of_provider += costs(stay[0])[0]
                costs_of_receiver += costs(stay[0])[1]
            if not self.proposed:
                costs_of_provider += line.rhythm_cost(PROVIDER, self.every, q, line.all)
                costs_of_receiver += line.rhythm_cost(RECEIVER, self.every, q, line.all) + line.extra(q, line.all)
                most += line.limit(RECEIVER, q) * q
        self.gain = None
        if self.proposed:
            self.yearly = asking.amount if asking else limit.amount
            return
        least += costs_of_provider
        most -= costs_of_receiver
        self.total = shared(
            least,
            most,
            None if cap is None else cap + costs_of_provider,
            None,
        )
        self.gain = most - least
        self.provider_gain, self.receiver_gain = self.total - least, most - self.total

    def per_year(self, amount):
        return amount if self.every is None else amount / years(self.every)

    def gains(self, need):
        gain = {"provider": self.coop.id, "offer": self.name, "need": need}
        for key, amount in (
            ("provider_gain", self.provider_gain),
            ("receiver_gain", self.receiver_gain),
            ("joint_gain", self.gain),
        ):
            gain[key] = f"{decimals(amount, 6)} {self.currency}"
        for side in ("provider", "receiver"):
            gain[f"{side}_gain_per_unit"] = gain[f"{side}_gain"] + "/package"
        return gain

    def price_on_paper(self):
        limit, asking = self.price()
        if self.proposed:
            found = {"status": "proposed", "by": self.coop.id}
            stated = (asking or limit).amount
            found["total"] = f"{fixed_decimals(stated, MINOR.get(self.currency, 2))} {self.currency}"
            return found
        return {
            "status": "agreed",
            "total": f"{fixed_decimals(self.total, MINOR.get(self.currency, 2))} {self.currency}",
        }


class Way:
    """One way of serving: lines alone, and packages."""

    def __init__(self, alone, packages):
        self.alone = alone
        self.packages = packages
        self.served = [Served(line, line.deal) for line in alone]
        for package in packages:
            self.served += [Served(line, deal, package) for line, deal in zip(package.lines, package.deals)]

    def allowed(self):
        needs = [(s.line.receiver.id, s.line.need_name) for s in self.served]
        if len(needs) != len(set(needs)):
            return False
        names = [(p.coop.id, p.name) for p in self.packages]
        if len(names) != len(set(names)):
            return False
        taken = defaultdict(Fraction)
        for s in self.served:
            taken[s.line.provider.id, s.line.offer_name] += s.share()
        if any(share > 1 for share in taken.values()):
            return False
        delivered = defaultdict(set)
        for s in self.served:
            delivered[s.line.provider.id] |= set(s.line.items)
        return len(delivered) < 2 or not set.intersection(*delivered.values())

    def rank(self):
        """Smaller is better, by the seven rules in their order."""
        agreed = sum(1 for line in self.alone if line.case() in ("priced", "any", "free"))
        agreed += sum(len(p.lines) for p in self.packages if not p.proposed)
        gains, prices = defaultdict(Fraction), defaultdict(Fraction)
        for line in self.alone:
            case = line.case()
            if case == "priced":
                gains[currency_of(line)] += line.deal.per_year(line.deal.gain)
            elif case in ("any", "proposed"):
                prices[currency_of(line)] += line.proposed_per_year(line.deal)
        for p in self.packages:
            if p.proposed:
                prices[p.currency] += p.per_year(p.yearly)
            else:
                gains[p.currency] += p.per_year(p.gain)
        names = sorted((s.line.provider.id, s.line.need_name, s.line.offer_name) for s in self.served)
        in_packages = (s for s in self.served if s.package)
        packed = sorted((s.line.provider.id, s.line.need_name, s.package.name) for s in in_packages)
        return (
            -len(self.served),
            -agreed,
            Sums({c: -g for c, g in gains.items()}),
            Sums(prices),
            -len(self.alone),
            [tuple(part.encode() for part in name) for name in names],
            [tuple(part.encode() for part in name) for name in packed],
        )


class Sums:
    """Sums of money, compared currency by currency in order of code."""

    def __init__(self, amounts):
        self.amounts = {c: a for c, a in amounts.items() if a != 0}

    def __eq__(self, other):
        return self.amounts == other.amounts

    def __lt__(self, other):
        for c in sorted({*self.amounts, *other.amounts}):
            ours, theirs = self.amounts.get(c, 0), other.amounts.get(c, 0)
            if ours != theirs:
                return ours < theirs
        return False


def currency_of(line):
    return next(iter(line.currencies(PROVIDER) or line.currencies(RECEIVER)))


def possible_packages(candidates, a, b):
    """Every package with every assignment of its parts to different needs."""
    found = []
    for coop, other in ((a, b), (b, a)):
        for name, node in coop.manifest.get("offers", {}).items():
            if "includes" not in node:
                continue
            names, _ = coop.who((f"/offers/{name}", node), [])
            if not coop.fits_any(other, names):
                continue
            choices = []
            for offer, text in node["includes"].items():
                lines = [c for c in candidates if c.provider is coop and c.offer_name == offer and fits_as_part(c)]
                choices.append([(line, text) for line in lines])
            for assignment in itertools.product(*choices):
                lines = [line for line, _ in assignment]
                if len({line.need_name for line in lines}) < len(lines):
                    continue
                quantities = []
                for line, text in assignment:
                    _, word = quantity(text)
                    if line.dimension not in line.measures.meanings(PROVIDER, word):
                        break
                    quantities.append(line.amount(PROVIDER, text))
                if len(quantities) < len(lines):
                    continue
                package = Package(coop, name, lines, quantities)
                if package.windows_meet() and package.settle():
                    found.append(package)
    return found


def fits_as_part(line):
    """All but what the numbers of the line alone would say, and what is fair where no money moves."""
    unfair = [("term", [line.place(s) for s in line.fairness])] if line.unfair else []
    alone = ("quantity", "price", "points", "currency")
    return line.dimension is not None and all(kind in alone or [(kind, said)] == unfair for kind, said in line.conflicts)


def best_way(candidates, a, b):
    packages = possible_packages(candidates, a, b)
    by_need = defaultdict(list)
    for line in candidates:
        if line.deal is not None:
            by_need[line.receiver.id, line.need_name].append(line)
    best = None
    sets_of_packages = [s for n in range(len(packages) + 1) for s in itertools.combinations(packages, n) if n <= 2]
    for alone in itertools.product(*([None, *lines] for lines in by_need.values())):
        chosen = [line for line in alone if line is not None]
        for some in sets_of_packages:
            way = Way(chosen, list(some))
            if way.allowed() and (best is None or way.rank() < best.rank()):
                best = way
    return best, packages
