"""Pairs of manifests from a seed, of every construct, small enough for brute force and near enough to each other that
deals and conflicts of every kind are both frequent."""

import json
import random

FORMS = ["worker", "producer", "consumer", "multi_stakeholder", "housing"]
PRACTICES = ["equal_vote", "worker_control", "surplus_to_workers"]
FEDERATIONS = ["https://fed.example", "https://other.example"]
CERTIFICATES = ["organic", "fair"]
OPERATIONS = ["order", "dispatch", "invoice", "pay", "watch_stock", "watch_price", "forecast", "x_tools"]
FORMATS = ["csv", "edifact", "ubl-2.1"]
ITEMS = ["https://items.example/flour", "hs:1101", "https://items.example/box", "cpv:44617100"]
RHYTHMS = ["1 week", "2 weeks", "1 month", "2 months", "1 year"]
IN_SMALLER_UNITS = {"1 week": "7 days", "2 weeks": "14 days", "1 year": "12 months"}
POINTED = ["delivery", "packaging", "x_music", "output_licence", "early_discount"]
SPOKEN = [
    "tax", "early_discount", "lead_time", "delivery", "delivery_date", "delivery_days", "delivery_hours", "payment_days",
    "payment_method", "tolerance", "packaging", "shelf_life", "inspection", "warranty", "delay_penalty", "receiver_brings",
    "output_licence", "x_music", "x_height", "payment_days", "delivery", "packaging", "payment_method",
]  # fmt: skip
CLAUSES = [
    "duration", "termination_notice", "price_notice", "price_revision", "law", "disputes", "late_interest", "liability_cap",
    "confidentiality", "loss_of_status", "fairness", "x_meeting",
]  # fmt: skip


class Pair:
    def __init__(self, seed):
        self.random = random.Random(seed)

    # Small tools.

    def chance(self, share):
        return self.random.random() < share

    def one(self, values):
        return self.random.choice(list(values))

    def some(self, values, least=1, most=3):
        values = list(values)
        return self.random.sample(values, min(len(values), self.random.randint(least, most)))

    def lone(self, values):
        """A list of one value may stand as the value."""
        return values[0] if len(values) == 1 and self.chance(0.5) else values

    # The whole.

    def manifests(self):
        self.currency = "EUR"
        self.minor_style = self.one([0, 0, 0, 1, 2])
        self.item_count = self.one([1, 1, 2, 2, 3])
        self.rich = self.chance(0.5)
        self.bagged = self.rich and self.chance(0.15)  # both declare a bag, mostly another one, and price by it
        self.giving = self.chance(0.15)  # much without money, so with points
        self.bundling = self.chance(0.15)  # two offers for two needs, and a package of them
        if self.bundling:
            self.item_count = 2
        # On what the two speak, so that both often speak on the same.
        self.topics = self.some(POINTED if self.giving else SPOKEN, 3, 5)
        self.clauses = self.some(CLAUSES, 2, 4)
        first, second = self.coop("a"), self.coop("b")
        both = self.chance(0.35)
        self.lines(first, "b", offers=True, needs=both)
        self.lines(second, "a", offers=both, needs=True)
        for manifest in (first, second):
            self.finish(manifest)
        return (first, second) if self.chance(0.5) else (second, first)

    def coop(self, letter):
        coop = {
            "id": f"https://{letter}.example",
            "name": letter.upper(),
            "legal_form": self.one(FORMS),
            "place": {"country": self.one(["AR", "AR", "UY"])},
        }
        if self.chance(0.3):
            coop["place"]["locality"] = self.one(["Rosario", "Salto"])
        if self.chance(0.5):
            coop["members"] = str(self.random.randint(3, 30))
        if self.chance(0.4):
            coop["member_of"] = self.some(FEDERATIONS, 1, 2)
        if self.chance(0.5):
            coop["practices"] = self.some(PRACTICES)
        if self.chance(0.6):
            coop["certificates"] = {
                name: {"evidence": "https://proof.example/1"} if self.chance(0.5) else {"number": "1"}
                for name in self.some(CERTIFICATES, 1, 2)
            }
        manifest = {"clm": "1", "coop": coop}
        if self.chance(0.6):
            manifest["with"] = "anyone" if self.chance(0.9) else ["anyone"]
        if self.chance(0.3):
            manifest["valid"] = self.window(0.3)
        if self.chance(0.4):
            manifest["partners"] = {
                name: self.condition(2) for name in self.some(["friends", "sisters"], 1, 2)
            }
            if "sisters" in manifest["partners"] and self.chance(0.3):
                manifest["partners"]["family"] = {"partner": "sisters"}
        if self.chance(0.4):
            circuit = {"id": self.one(["https://punto.example"] * 4 + ["https://q.example"])}
            if self.chance(0.5):
                circuit["limit"] = self.one(["500 EUR", "80.50 EUR"])
            manifest["circuits"] = {"punto" if letter == "a" else "p": circuit}
        if self.chance(0.3):
            manifest["operations"] = {
                name: self.operation(manifest) for name in self.some(OPERATIONS, 1, 4)
            }
        if self.chance(0.5):
            manifest["agreement"] = self.agreement()
        if self.chance(0.1):
            manifest["units"] = {"bag": self.one(["25 kg", "20 kg"])}
        return manifest

    def window(self, narrow):
        window = {}
        if self.chance(0.6):
            window["from"] = self.one(["2026-12-01", "2026-12-15", "2027-01-31"] if self.chance(0.9) else ["2027-08-01"])
        if self.chance(0.5) or not window:
            window["until"] = self.one(["2027-11-30", "2027-06-30", "2027-12-31"]) if self.chance(1 - narrow) else "2027-08-01"
        return window

    def condition(self, depth):
        simple = [
            lambda: {"legal_form": self.lone(self.some(FORMS, 2, 4))},
            lambda: {"member_of": self.lone(self.some(FEDERATIONS, 1, 2))},
            lambda: {"practice": self.lone(self.some(PRACTICES, 1, 2))},
            lambda: {"place": {"country": self.one(["AR", "AR", "UY"])}},
            lambda: {"place": [{"country": "AR", "locality": "Rosario"}, {"country": "UY"}]},
            lambda: {"members": {"at_least": "5", "at_most": str(self.random.randint(10, 40))}},
            lambda: {"id": self.one(["https://a.example", "https://b.example"])},
            lambda: {"certificate": self.lone(self.some(CERTIFICATES, 1, 2))},
            lambda: {"grants": self.one(OPERATIONS)},
        ]
        if depth and self.chance(0.4):
            parts = [self.condition(depth - 1) for _ in range(self.random.randint(1, 3))]
            shape = self.random.randint(0, 3)
            if shape == 0:
                return {"all_of": parts}
            if shape == 1:
                return {"any_of": parts}
            if shape == 2:
                return {"at_least": str(self.random.randint(1, len(parts))), "of": parts}
            return {"none_of": [self.one(simple[:-1])() for _ in range(self.random.randint(1, 2))]}
        condition = self.one(simple)()
        if self.chance(0.15):
            condition.update(self.one(simple)())
        return condition

    def with_of(self, manifest):
        classes = [*manifest.get("partners", {})]
        if classes and self.chance(0.5):
            return self.lone(self.some(classes, 1, 2))
        return "anyone"

    def operation(self, manifest):
        node = {}
        if self.chance(0.6):
            node["with"] = self.with_of(manifest)
        if self.chance(0.6):
            node["formats"] = self.some(FORMATS)
        return node

    def agreement(self):
        makers = {
            "duration": lambda: self.range("{} months", [1, 6, 12, 24]),
            "termination_notice": lambda: self.range("{} days", [10, 30, 60]),
            "price_notice": lambda: self.range("{} days", [10, 15, 30]),
            "price_revision": lambda: self.lone(self.some(["fixed", "renegotiate", "cost", "market", "index"])),
            "law": lambda: self.lone(self.some(["AR", "UY", "BR"])),
            "disputes": lambda: self.lone(self.some(["dialogue", "mediation", "arbitration", "court"], 2, 4)),
            "late_interest": lambda: self.range("{} %", [2, 5, 8]),
            "liability_cap": lambda: self.range("{} %", [50, 100]),
            "confidentiality": lambda: self.range("{} months", [12, 24]),
            "loss_of_status": lambda: self.lone(self.some(["continue", "renegotiate", "terminate"], 2, 3)),
            "fairness": lambda: self.lone(self.some(["balanced", "equal_gain", "equal_share"], 1, 3)),
            "x_meeting": lambda: self.lone(self.some(["yearly", "monthly", "weekly"])),
        }
        names = [*self.some(self.clauses, 1, 2), *(self.some(makers, 0, 1))]
        return {name: makers[name]() for name in dict.fromkeys(names)}

    def range(self, form, numbers, exact=0.2):
        numbers = sorted(self.random.sample(numbers, min(2, len(numbers))))
        if self.chance(exact):
            return form.format(numbers[0])
        shape = self.random.randint(0, 2)
        node = {}
        if shape in (0, 2):
            node["at_least"] = form.format(numbers[0])
        if shape in (1, 2):
            node["at_most"] = form.format(numbers[-1])
        return node

    # Lines.

    def lines(self, manifest, other, offers, needs):
        items = ITEMS[: self.item_count]
        if offers:
            manifest["offers"] = {}
            for index in range(2 if self.bundling else self.random.randint(1, 3)):
                self.add_offer(manifest, f"o{index}", items[index : index + 1] if self.bundling else items)
            plain = [n for n, o in manifest["offers"].items()]
            if len(plain) > 1 and self.chance(0.9 if self.bundling else 0.3):
                self.add_package(manifest, plain)
        if needs:
            manifest["needs"] = {}
            for index in range(2 if self.bundling else self.random.randint(1, 3)):
                self.add_need(manifest, f"n{index}", items[index : index + 1] if self.bundling else items)
        if self.chance(0.15):
            kind = self.one([k for k in ("offers", "needs") if k in manifest])
            term = self.one(["payment_days", "delivery", "tax", "tolerance", "warranty"])
            manifest["defaults"] = {kind: {term: self.plain_term(term, costs=False)}}

    def unit(self):
        return self.one(["kg"] * 8 + ["bag", "t", "lb"] if self.rich else ["kg"])

    def add_offer(self, manifest, name, items):
        line = {"item": self.lone(self.some(items, 1, 2))}
        if self.chance(0.15):
            line["item"] = [f"sku:{name}", *([line["item"]] if isinstance(line["item"], str) else line["item"])]
        self.common(manifest, line, "offers")
        if self.chance(0.1 if self.bundling else 0.4):
            line["quantity"] = self.offered_quantity()
        if self.chance(0.1 if self.bundling else 0.3):
            line["volume"] = self.one(
                [{"at_most": f"{self.one([10, 20, 40, 60])} kg"}] + [f"{self.one([10, 20, 30, 60])} kg per {self.one(['week', 'month', '2 weeks'])}"] * 3
            )
        stock = "volume" in line and "per" not in str(line["volume"])
        if self.chance(0.3) and not stock:
            line["every"] = self.every(costs="money")
        line["price"] = self.offered_price()
        if line["price"] is None:
            del line["price"]
        self.add_terms(manifest, line, self.money_of(line), "offers")
        self.for_class(manifest, line, "offers")
        manifest["offers"][name] = line

    def money_of(self, line):
        price = line.get("price")
        return "points" if price == "free" or price is None and self.chance(0.5) else "costs" if price not in (None, "any") else None

    def offered_quantity(self):
        if self.chance(0.15):
            return f"{self.one([5, 10, 20])} kg"
        node = {}
        if self.chance(0.5):
            node["at_least"] = f"{self.one([2, 5, 10, 20])} kg"
        if self.chance(0.3):
            node["at_most"] = f"{self.one([20, 30, 50])} kg"
        if self.chance(0.5) or not node:
            node["multiple_of"] = f"{self.one([1, 2, 2.5, 3, 5, 10])} kg"
        return node

    def needed_quantity(self, line):
        if self.bundling:
            line["quantity"] = self.one(["10 kg", {"at_most": "10 kg"}, {"at_least": "5 kg", "at_most": "20 kg"}])
        elif self.chance(0.35):
            line["quantity"] = f"{self.one([5, 10, 12, 20, 30])} kg"
        else:
            node = {"at_most": f"{self.one([8, 10, 20, 33, 50])} kg"}
            if self.chance(0.4):
                node["at_least"] = f"{self.one([1, 4, 6, 8])} kg"
            if self.chance(0.3):
                node["multiple_of"] = f"{self.one([1, 2, 2.5, 4])} kg"
            line["quantity"] = node

    def every(self, costs=None):
        options = [IN_SMALLER_UNITS.get(o, o) if self.chance(0.3) else o for o in self.some(RHYTHMS, 1, 3)]
        if costs and self.chance(0.35):
            index = self.random.randrange(len(options))
            options[index] = {"value": options[index], "costs_us": f"{self.one([1, 2, 5])} EUR"}
        return options[0] if len(options) == 1 and not isinstance(options[0], dict) and self.chance(0.5) else options

    def amount(self, low, high):
        if self.minor_style == 0:
            return str(self.random.randint(low, high))
        if self.minor_style == 1:
            return f"{self.random.randint(low * 10, high * 10) / 10:.2f}"
        return f"{self.random.randint(low * 100, high * 100) / 100:.2f}"

    def basis(self):
        if self.bagged and self.chance(0.7):
            return "bag"
        return self.one(["kg"] * 9 + ["10 kg", "t", "lb"]) if self.rich else "kg"

    def scaled(self, low, high, basis):
        """A price near `low` to `high` a kilogramme on another basis."""
        size = {"kg": 1, "10 kg": 10, "t": 1000, "lb": 0.45359237, "bag": 20}[basis]
        if basis == "kg":
            return f"{self.amount(low, high)} {self.currency}/kg"
        return f"{max(1, round(self.random.randint(low, high) * size))} {self.currency}/{basis}"

    def offered_price(self):
        shape = self.random.random()
        if shape < (0.5 if self.giving else 0.06):
            return "free"
        if shape < (0.6 if self.giving else 0.12):
            return None
        basis = self.basis()
        if self.bundling and self.chance(0.7):
            return f"{self.random.randint(12, 16)} {self.currency}/kg"
        if shape < 0.5:
            return self.scaled(6, 14 + 4 * self.bundling, basis)
        if shape < 0.78:
            low = self.scaled(5, 12, basis)
            node = {"at_least": low}
            if self.chance(0.5):
                number, _, unit = low.partition(" ")
                node["at_most"] = f"{float(number) + self.random.randint(0, 4):.2f} {unit}"
            return node
        tiers, price, start = [], self.random.randint(10, 14), 0
        for _ in range(self.random.randint(1, 3)):
            start += self.one([2, 5, 10])
            low = f"{price} {self.currency}/kg"
            tier = {"from": f"{start} kg", "price": low}
            if self.chance(0.35):
                tier["price"] = {"at_least": low, "at_most": f"{price + 1} {self.currency}/kg"}
            tiers.append(tier)
            price -= self.random.randint(1, 3)
            if price < 2:
                break
        return {"tiers": tiers}

    def needed_price(self):
        shape = self.random.random()
        if shape < (0.3 if self.giving else 0.05):
            return "free"
        if shape < (0.7 if self.giving else 0.12):
            return None
        if shape < 0.2:
            return "any"
        basis = self.basis()
        high = self.scaled(6, 16, basis)
        if shape < 0.4:
            return high
        node = {"at_most": high}
        if self.chance(0.35):
            number, _, unit = high.partition(" ")
            node["at_least"] = f"{max(0.01, float(number) - self.random.randint(0, 5)):.2f} {unit}"
        return node

    def add_need(self, manifest, name, items):
        line = {"item": self.lone(self.some(items, 1, 2))}
        if self.chance(0.1):
            line["item"] = "https://a.example#o0"
        self.common(manifest, line, "needs")
        shape = self.random.random()
        if shape < 0.55 or self.bundling:
            self.needed_quantity(line)
            if self.chance(0.35) and not self.bundling:
                line["every"] = self.every()
        else:
            period = self.one(["week", "month", "2 weeks", "month"])
            if self.chance(0.4):
                line["volume"] = f"{self.one([10, 12, 20, 30])} kg per {period}"
            else:
                line["volume"] = {"at_most": f"{self.one([10, 20, 30])} kg per {period}"}
                if self.chance(0.4):
                    line["volume"]["at_least"] = f"{self.one([2, 5, 8])} kg per {period}"
            if self.chance(0.3):
                line["quantity"] = self.one([{"multiple_of": "2 kg"}, {"at_least": "3 kg"}, {"at_most": "15 kg"}])
            if self.chance(0.5):
                line["every"] = self.every()
        if self.chance(0.04):
            line.pop("every", None)
            line["quantity"] = {"at_least": "2 kg"}
            line["volume"] = {"at_most": "20 kg"}
        line["price"] = self.needed_price()
        if line["price"] is None:
            del line["price"]
        if self.chance(0.15):
            own = line["item"] if isinstance(line["item"], list) else [line["item"]]
            others = [item for item in ITEMS[: self.item_count + 1] if item not in own]
            if others:
                line["substitutes"] = [self.substitute(line, item) for item in self.some(others, 1, 2)]
        self.add_terms(manifest, line, self.money_of(line), "needs")
        self.for_class(manifest, line, "needs")
        manifest["needs"][name] = line

    def substitute(self, line, item):
        node = {"item": item}
        if self.chance(0.6):
            node["ratio"] = self.one(["1.25", "0.8", "2", "1"])
        if self.chance(0.4) and self.money_of(line) == "costs":
            node["costs_us"] = self.one(["3 %", "1 EUR/kg", "4 EUR"])
        return node

    def common(self, manifest, line, kind):
        if self.chance(0.3 if kind == "needs" else 0.2) or "with" not in manifest and kind == "offers" and self.chance(0.9):
            line["with"] = self.with_of(manifest)
        if self.chance(0.12):
            line["valid"] = self.window(0.3)
        if self.bagged or (self.rich and self.chance(0.2)):
            line["units"] = {"bag": self.one(["10 kg", "20 kg", ["1 each", "10 kg"]] * 7 + ["30 each"])}
        if self.chance(0.4 if kind == "offers" else 0.07):
            if kind == "offers":
                held = [*manifest["coop"].get("certificates", {})]
                if held:
                    line["certificates"] = self.some(held, 1, 2)
            else:
                line["certificates"] = self.lone(self.some(CERTIFICATES, 1, 2))
        if self.chance(0.5 if kind == "offers" else 0.08):
            node = {}
            if self.chance(0.6):
                node["length"] = self.one(["40 cm", "30 cm"] if kind == "offers" else ["40 cm", {"at_least": "35 cm"}, {"at_least": "35 cm", "at_most": "45 cm"}])
            if self.chance(0.4) or not node:
                node["flute"] = self.one(["B", "C"] if kind == "offers" else ["B", ["B", "C"], ["C", "D"]])
            line["properties"] = node

    def for_class(self, manifest, line, kind):
        classes = [*manifest.get("partners", {})]
        if not classes or not self.chance(0.3):
            return
        entry = {"with": self.one(classes)}
        terms = [t for t in ("price", "payment_days", "delivery", "quantity", "lead_time")]
        for term in self.some(terms, 1, 2):
            if term == "price":
                old = line.get("price")
                if isinstance(old, (str, dict)) and old not in ("free", "any"):
                    entry["price"] = f"{self.random.randint(5, 14)} {self.currency}/kg"
            elif term == "quantity":
                if kind == "offers":
                    entry["quantity"] = self.offered_quantity()
            else:
                entry[term] = self.plain_term(term, costs=False)
        if len(entry) > 1:
            line["for"] = [entry]

    # Terms.

    def add_terms(self, manifest, line, money, kind):
        names = [*self.some(self.topics, 0, 3), *self.some(SPOKEN, 0, 1)]
        costs = 0
        for name in dict.fromkeys(names):
            costly = money == "costs" and costs < 3 and self.chance(0.45)
            node = self.plain_term(name, costs=costly, points=money == "points" and self.chance(0.7))
            costs += "costs_us" in str(node) or "worth_to_us" in str(node)
            line[name] = node
        if "circuits" in manifest and self.chance(0.5):
            (circuit,) = manifest["circuits"]
            node = self.one([{"at_most": "40 %"}, {"at_least": "10 %", "at_most": "30 %"}, {"at_least": "10 %"}])
            node = {"in": circuit, **node}
            if money == "costs" and costs < 3 and self.chance(0.3):
                node["costs_us"] = self.one(["5 %", "2 %"])
            line["credit_share"] = node

    def cost(self, per=None, share=True):
        if per:
            text = self.one(["0.05 EUR/kg", "0.1 EUR/kg", "0.5 EUR", "0.1 %"]) + f" per {per}"
            return text
        return self.one(["1 EUR/kg", "0.50 EUR/kg", "2 EUR/kg", "5 EUR", "10 EUR", "3 %", "10 %", ["1 EUR/kg", "2 EUR"]])

    def worth(self, per=None):
        if per:
            return self.one(["0.05 EUR/kg", "0.1 EUR/kg", "0.1 %"]) + f" per {per}"
        return self.one(["1 EUR/kg", "0.50 EUR/kg", "2 EUR/kg", "3 %", "5 %"])

    def options(self, values, costs, points, at=None, most=3):
        found = []
        for value in self.some(values, 1, most):
            node = {"value": value}
            if at and value in at and self.chance(0.3):
                node["at"] = self.one(["Rosario", "Salto"])
            if costs and self.chance(0.5):
                if self.chance(0.7):
                    node["costs_us"] = self.cost()
                else:
                    node["worth_to_us"] = self.worth()
                if self.chance(0.06):
                    node = {"value": value, self.one(["costs_us", "worth_to_us"]): "12 EUR/kg"}
            elif points:
                node["points"] = str(self.random.randint(-2, 6))
            found.append(node if len(node) > 1 else value)
        return found[0] if len(found) == 1 and self.chance(0.4) else found

    def span(self, form, numbers, costs, per, mark=None, endless=True):
        node = self.range(form, numbers)
        if not costs or not isinstance(node, dict):
            return node
        if self.chance(0.7):
            node["costs_us"] = self.cost(per)
            if mark and self.chance(0.5):
                node["costs_us"] += f" after {mark}"
        elif "at_most" in node:
            node["worth_to_us"] = self.worth(per)
            if mark and self.chance(0.3):
                node["worth_to_us"] += f" after {mark}"
        return node

    def height(self):
        """In units of which none holds what the others do; both ends mostly in one."""
        lengths = {"cm": [100, 150, 180], "in": [35, 50, 80], "m": [0.9, 1, 1.5], "ft": [3, 4.5, 6]}
        unit = self.one(list(lengths))
        node = self.range("{} " + unit, lengths[unit], exact=0)
        if len(node) == 2 and self.chance(0.2):
            node["at_most"] = self.one(["180 cm", "80 in", "2 m"])
        if self.chance(0.2):
            node["multiple_of"] = self.one(["1 in", "7 cm", "0.05 m"])
        return node

    def plain_term(self, name, costs, points=False):
        makers = {
            "tax": lambda: self.one(["21 %", "10.5 %", {"at_most": "21 %"}]),
            "early_discount": lambda: self.options(["2 % within 10 days", "1 % within 10 days", "2 % within 5 days"], costs, points),
            "lead_time": lambda: self.span("{} days", [1, 3, 5, 7, 10], costs, self.one(["day", "week"]), "4 days"),
            "delivery": lambda: self.options(["pickup", "delivered", "FCA", "CPT"], costs, points, at=["delivered", "CPT"]),
            "delivery_date": lambda: self.range("2027-{:02}-15", [1, 2, 3, 9]),
            "delivery_days": lambda: self.options(["mon", "tue", "wed", "thu"], costs, False),
            "delivery_hours": lambda: self.span("{:02}:00", [5, 8, 10, 14], costs, "hour"),
            "payment_days": lambda: self.span("{} days", [0, 10, 15, 30, 60], costs, self.one(["day", "week"]), "20 days"),
            "payment_method": lambda: self.options(["bank_transfer", "cheque", "cash", "card"], costs, False),
            "tolerance": lambda: self.span("{} %", [0, 2, 5, 10], costs, "1 %", "3 %"),
            "packaging": lambda: self.options(["pallet", "loose", "crate"], costs, points),
            "shelf_life": lambda: self.span("{} days", [10, 30, 90], costs, "day"),
            "inspection": lambda: self.span("{} days", [1, 5, 10], costs, "day"),
            "warranty": lambda: self.span("{} months", [6, 12, 24], costs, "month"),
            "delay_penalty": lambda: self.span("{} %", [1, 2], costs, "1 %"),
            "receiver_brings": lambda: self.options(["paper", "ink", "water"], costs, False),
            "output_licence": lambda: self.options(["AGPL-3.0-only", "MIT", "Apache-2.0"], costs, points),
            "x_music": lambda: self.options(["jazz", "tango", "cumbia"], costs, points),
            "x_height": self.height,
        }  # fmt: skip
        return makers[name]()

    # Packages.

    def add_package(self, manifest, names):
        parts = self.some(names, 2, 2)
        node = {"includes": {}}
        least = 0
        for name in parts:
            quantity = 10 if self.bundling else self.one([5, 10, 12, 20])
            node["includes"][name] = f"{quantity} kg"
            least += quantity * self.random.randint(3, 8 if self.bundling else 12)
        node["price"] = self.one([f"{least} EUR", {"at_least": f"{least} EUR"}, {"at_least": f"{least} EUR", "at_most": f"{least + 20} EUR"}])
        if "with" not in manifest:
            node["with"] = "anyone"
        manifest["offers"]["kit"] = node

    def foreign(self, manifest):
        """Now and then a line in other money or counted in something else."""
        for kind in ("offers", "needs"):
            for name, line in manifest.get(kind, {}).items():
                if "includes" in line or any(name in other.get("includes", {}) for other in manifest[kind].values()):
                    continue
                text = json.dumps(line)
                if self.chance(0.03):
                    text = text.replace(" EUR", " JPY")
                if self.chance(0.03) and "bag" not in text and "t " not in text and "lb" not in text:
                    text = text.replace(" kg", " l").replace("/kg", "/l")
                manifest[kind][name] = json.loads(text)

    def finish(self, manifest):
        """What the checker would refuse is taken out again."""
        self.foreign(manifest)
        for line in manifest.get("offers", {}).values():
            if "includes" not in line:
                continue
            for name in line["includes"]:
                part = manifest["offers"][name]
                for key, node in list(part.items()):
                    if "worth_to_us" in str(node) and "%" in str(node):
                        del part[key]


def pair(seed):
    return Pair(seed).manifests()
