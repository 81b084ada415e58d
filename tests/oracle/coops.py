"""Who speaks: a manifest as it is written, its classes of partners and its statements (chapters 4 and 5, R1)."""

from values import day, listed, number

# The catalogue of chapter 5: name -> (kind, values, silence, chooser).
LINE_TERMS = {
    "quantity": ("own", "own", "accepts", "receiver"),
    "volume": ("own", "own", "accepts", None),
    "every": ("own", "own", "accepts", None),
    "price": ("own", "own", "open", None),
    "tax": ("range", "percent", "accepts", "provider"),
    "early_discount": ("one", "discount", "accepts", None),
    "lead_time": ("range", "days", "accepts", "provider"),
    "delivery": ("one", "code", "accepts", None),
    "delivery_date": ("range", "date", "accepts", "provider"),
    "delivery_days": ("all", "code", "accepts", "provider"),
    "delivery_hours": ("range", "time", "accepts", "provider"),
    "payment_days": ("range", "days", "accepts", "receiver"),
    "payment_method": ("all", "code", "accepts", "receiver"),
    "credit_share": ("range", "percent", "lacks", "receiver"),
    "certificates": ("own", "own", "lacks", None),
    "properties": ("own", "own", "lacks", None),
    "tolerance": ("range", "percent", "accepts", "provider"),
    "packaging": ("one", "text", "accepts", None),
    "shelf_life": ("range", "days", "accepts", "provider"),
    "inspection": ("range", "days", "accepts", "receiver"),
    "warranty": ("range", "months", "open", None),
    "delay_penalty": ("range", "percent", "open", None),
    "receiver_brings": ("all", "text", "open", None),
    "output_licence": ("one", "text", "open", None),
}
AGREEMENT_TERMS = {
    "duration": ("range", "months", "accepts", None),
    "termination_notice": ("range", "days", "accepts", None),
    "price_notice": ("range", "days", "accepts", None),
    "price_revision": ("one", "code", "accepts", None),
    "law": ("one", "code", "accepts", None),
    "disputes": ("ladder", "code", "accepts", None),
    "late_interest": ("range", "percent", "open", None),
    "liability_cap": ("range", "percent", "open", None),
    "confidentiality": ("range", "months", "open", None),
    "loss_of_status": ("one", "code", "accepts", None),
    "fairness": ("one", "code", "accepts", None),
}

TOGETHER = ["order", "dispatch", "invoice", "pay"]


class Statement:
    """What one side writes on one term, and where."""

    def __init__(self, coop, pointer, node):
        self.coop, self.pointer, self.node = coop, pointer, node

    def key(self):
        return self.coop.id, self.pointer


class Window:
    def __init__(self, node):
        self.first = day(node["from"]) if "from" in node else None
        self.last = day(node["until"]) if "until" in node else None

    def narrowed(self, other):
        both = Window({})
        both.first = max((d for d in (self.first, other.first) if d is not None), default=None)
        both.last = min((d for d in (self.last, other.last) if d is not None), default=None)
        return both

    def empty(self):
        return self.first is not None and self.last is not None and self.first > self.last


class Coop:
    def __init__(self, manifest):
        self.manifest = manifest
        self.coop = manifest["coop"]
        self.id = self.coop["id"]
        self.grants = set()  # operations granted to the other side
        self.window = Window(manifest.get("valid", {}))

    def code(self, code):
        """An item code in the one form in which codes are equal as text."""
        scheme, _, rest = code.partition(":")
        if scheme == "sku":
            return f"{self.id}#{rest}"
        if scheme == "cpv":
            return f"cpv:{rest.partition('-')[0]}"
        if scheme == "gtin":
            return f"gtin:{rest.lstrip('0')}"
        return code

    def codes(self, line):
        return [self.code(code) for code in listed(line["item"])]

    # Conditions (R1).

    def fits(self, other, class_name):
        return class_name == "anyone" or self.holds(other, self.manifest["partners"][class_name])

    def fits_any(self, other, names):
        return any(self.fits(other, name) for name in names)

    def holds(self, other, condition):
        """Whether every key of the condition is true of the other side."""
        facts = other.coop
        certificates = facts.get("certificates", {})
        tests = {
            "legal_form": lambda values: facts["legal_form"] in listed(values),
            "member_of": lambda values: common(values, facts.get("member_of", [])),
            "practice": lambda values: common(values, facts.get("practices", [])),
            "id": lambda values: other.id in listed(values),
            "certificate": lambda values: common(values, list(certificates)),
            "place": lambda places: any(
                all(facts["place"].get(part) == wanted for part, wanted in place.items()) for place in listed(places)
            ),
            "members": lambda wanted: "members" in facts and in_numbers(number(facts["members"]), wanted),
            "grants": lambda operations: common(operations, list(other.grants)),
            "partner": lambda names: self.fits_any(other, listed(names)),
            "all_of": lambda parts: all(self.holds(other, part) for part in parts),
            "any_of": lambda parts: any(self.holds(other, part) for part in parts),
            "none_of": lambda parts: not any(self.holds(other, part) for part in parts),
            "of": lambda parts: sum(self.holds(other, part) for part in parts) >= int(condition["at_least"]),
            "at_least": lambda _: True,  # counted by `of`
        }
        return all(tests[key](value) for key, value in condition.items())

    def unproven(self, other, names):
        """The facts of the other side on which it rests that it is in one of the classes."""
        facts = set()
        for name in names:
            if name != "anyone" and self.fits(other, name):
                facts |= self.resting_on(other, self.manifest["partners"][name])
        return facts

    def resting_on(self, other, condition):
        facts, found = other.coop, set()
        for key, value in condition.items():
            if key == "legal_form":
                found.add((other.id, key, facts["legal_form"]))
            elif key == "member_of":
                found |= {(other.id, key, v) for v in listed(value) if v in listed(facts.get("member_of", []))}
            elif key == "practice":
                found |= {(other.id, key, v) for v in listed(value) if v in listed(facts.get("practices", []))}
            elif key == "certificate":
                held = facts.get("certificates", {})
                found |= {(other.id, key, v) for v in listed(value) if v in held and "evidence" not in held[v]}
            elif key in ("all_of", "any_of", "of"):
                for part in value:
                    if self.holds(other, part):
                        found |= self.resting_on(other, part)
            elif key == "partner":
                found |= self.unproven(other, listed(value))
            elif key in ("place", "members"):
                found.add((other.id, key, None))
        return found

    # Who may have what.

    def who(self, node, otherwise):
        """The classes of `with`, and where they are written."""
        if "with" in node[1]:
            return listed(node[1]["with"]), f"{node[0]}/with"
        if "with" in self.manifest:
            return listed(self.manifest["with"]), "/with"
        return otherwise, None

    def operation_classes(self, name):
        return self.who((f"/operations/{name}", self.manifest["operations"][name]), [])[0]

    # Statements.

    def terms(self, kind, name, other):
        """The effective terms of an offer or need towards the other side: term -> statement."""
        found = {}
        line = self.manifest[kind][name]

        def write(pointer, node):
            for key, value in node.items():
                if key in LINE_TERMS or key.startswith("x_"):
                    found[key] = Statement(self, f"{pointer}/{key}", value)

        write(f"/defaults/{kind}", self.manifest.get("defaults", {}).get(kind, {}))
        write(f"/{kind}/{name}", line)
        for index, entry in enumerate(line.get("for", [])):
            if self.fits(other, entry["with"]):
                write(f"/{kind}/{name}/for/{index}", entry)
                break
        return {
            term: statement
            for term, statement in found.items()
            if statement.node != "any" or (term == "price" and kind == "needs")
        }

    def class_of_terms(self, kind, name, other):
        for entry in self.manifest[kind][name].get("for", []):
            if self.fits(other, entry["with"]):
                return [entry["with"]]
        return []


def common(values, declared):
    return any(value in listed(declared) for value in listed(values))


def in_numbers(value, wanted):
    if not isinstance(wanted, dict):
        return value == number(wanted)
    return number(wanted.get("at_least", 0)) <= value and ("at_most" not in wanted or value <= number(wanted["at_most"]))


def settle_grants(a, b):
    """The largest consistent set: all operations, less those whose condition fails, until nothing changes."""
    for coop in (a, b):
        coop.grants = set(coop.manifest.get("operations", {}))
    while True:
        kept = {
            coop.id: {op for op in coop.grants if coop.fits_any(other, coop.operation_classes(op))}
            for coop, other in ((a, b), (b, a))
        }
        if kept[a.id] == a.grants and kept[b.id] == b.grants:
            return
        a.grants, b.grants = kept[a.id], kept[b.id]
