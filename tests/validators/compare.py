"""Compares the verdict of other validators on damaged manifests with that of `clm check`; called by `run`."""

import json
import pathlib
import random
import subprocess
import sys

import ruamel.yaml
import yaml
from jsonschema import Draft202012Validator

PROGRAM, WORK, COUNT = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
SCHEMA = pathlib.Path("schema/manifest.schema.json")

# What readers of YAML take for something else than text, and text.
SCALARS = """2026-12-01 2026-12-01T08:30:00Z NO no Yes on off y N true False 30 -1 0 1.05 1e3 .5 0x1F 0o17 017 1_000 08:30
12:30:45 .inf .NaN ~ null Null text anyone any free worker""".split()
SCALARS += ["", "a text", "2 %", "820 ARS/box", "10 days"]
# Written without quotes, they are nothing.
NOTHING = ["", "~", "null", "Null", "NULL"]


class Nothing:
    """A value that is not written."""

    def __init__(self, form):
        self.form = form


def keys_of(schema, found):
    """Every key that the schema speaks of."""
    if isinstance(schema, dict):
        found.update(schema.get("properties", {}))
        for part in schema.values():
            keys_of(part, found)
    elif isinstance(schema, list):
        for part in schema:
            keys_of(part, found)
    return found


def places(tree, path=""):
    """All places in a tree where something stands: container, key and path."""
    children = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, child in list(children):
        yield tree, key, f"{path}/{key}"
        yield from places(child, f"{path}/{key}")


def strange(dice, tree):
    """Something that may or may not stand where it is put."""
    kind = dice.randrange(7)
    if kind < 2:
        return dice.choice(SCALARS)
    if kind == 2:
        return Nothing(dice.choice(NOTHING))
    if kind == 3:
        return [dice.choice(SCALARS) for _ in range(dice.randrange(3))]
    if kind == 4:
        return {}
    container, key, _ = dice.choice(list(places(tree)))
    return copied(container[key])


def damage(dice, tree, keys):
    """Changes one place of a tree, and says how."""
    container, key, path = dice.choice(list(places(tree)))
    how, new, child = dice.randrange(6), dice.choice(keys), container[key]
    if how == 0:
        del container[key]
        return f"{path} is deleted"
    if how == 1 and isinstance(container, dict) and new not in container:
        container[new] = container.pop(key)
        return f"{path} is called {new}"
    if how == 2 and isinstance(child, dict):
        child.setdefault(new, strange(dice, tree))
        return f"{path}/{new} is {written(child[new])}"
    if how == 2 and isinstance(child, list):
        child.append(strange(dice, tree))
    else:
        container[key] = strange(dice, tree)
    return f"{path} is {written(container[key])}"


def copied(tree):
    if isinstance(tree, dict):
        return {key: copied(child) for key, child in tree.items()}
    return [copied(child) for child in tree] if isinstance(tree, list) else tree


def plain(text):
    """Whether a text can stand in brackets without quotes and is read as one scalar."""
    usual = bool(text) and all(c.isalnum() or c in " .%/_+-:" for c in text)
    return usual and text == text.strip() and ": " not in text and not text.endswith(":") and text[0] not in "%-:"


def written(tree):
    """A tree as YAML in brackets, without quotes wherever that is possible, so that looks can deceive."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{written(key)}: {written(child)}" for key, child in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(written(child) for child in tree) + "]"
    if isinstance(tree, Nothing):
        return tree.form or "~"
    return tree if plain(tree) and tree not in NOTHING or tree == "-1" else json.dumps(tree, ensure_ascii=False)


def document(tree):
    return "".join(f"{written(key)}: {written(child)}\n" for key, child in tree.items()) or "{}\n"


def write(folder):
    """Writes damaged manifests, and says of each file how it was damaged."""
    dice = random.Random(2)
    seeds = sorted(pathlib.Path().glob("examples/*/*.clm.yaml")) + [pathlib.Path("src/schema/every_key.clm.yaml")] * 20
    seeds += sorted(pathlib.Path("tests/conformance").glob("0[45]-*/*/a.clm.yaml"))
    trees = []
    for seed in seeds:
        try:
            tree = yaml.load(seed.read_text(), yaml.BaseLoader)
        except yaml.YAMLError:
            continue
        if isinstance(tree, dict):
            trees.append(tree)
    keys = sorted(keys_of(json.loads(SCHEMA.read_text()), set()))
    keys += ["x_coined", "x_", "colour", "Offers", "a-name", "a_name", "2nd"]
    damages = {}
    for number in range(COUNT):
        tree, file = copied(dice.choice(trees)), f"{number:05}.clm.yaml"
        damages[file] = [damage(dice, tree, keys) for _ in range(dice.choice([0, 1, 1, 1, 2, 3]))]
        (folder / file).write_text(document(tree))
    return damages


def refused_by_clm(folder):
    run = subprocess.run([PROGRAM, "check", "--format", "json", folder], capture_output=True, text=True)
    findings = json.loads(run.stdout)["findings"]
    unread = [finding for finding in findings if finding["code"].startswith("CLM01") and finding["severity"] == "error"]
    assert not unread, f"not read: {unread[0]}"
    return {pathlib.Path(finding["file"]).name for finding in findings if finding["code"].startswith("CLM02")}


def safe_load(text):
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def refused_in_python(folder, validator, load):
    return {file.name for file in folder.iterdir() if not validator.is_valid(load(file.read_text()))}


def refused_by_check_jsonschema(folder):
    files = sorted(folder.iterdir())
    command = ["check-jsonschema", "--schemafile", SCHEMA, "--output-format", "json", "-vv"]
    run = subprocess.run([*command, *files], capture_output=True, text=True)
    report = json.loads(run.stdout)
    assert not report.get("parse_errors"), report["parse_errors"][0]
    return {pathlib.Path(error["filename"]).name for error in report["errors"]}


def refused_in_javascript(folder):
    command = ["node", WORK / "ajv.mjs", SCHEMA, folder]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    refused = {"ajv, js-yaml": set(), "ajv, yaml": set(), "ajv, yaml 1.1": set()}
    for line in run.stdout.splitlines():
        reader, file = line.split("\t")
        refused[f"ajv, {reader}"].add(file)
    return refused


def main():
    folder = WORK / "manifests"
    folder.mkdir()
    damages = write(folder)
    expected = refused_by_clm(folder)
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    ruamel_1_2 = ruamel.yaml.YAML(typ="safe", pure=True)
    verdicts = {
        "jsonschema, PyYAML": refused_in_python(folder, validator, safe_load),
        "jsonschema, ruamel.yaml": refused_in_python(folder, validator, ruamel_1_2.load),
        "check-jsonschema": refused_by_check_jsonschema(folder),
        **refused_in_javascript(folder),
    }
    print(f"{COUNT} manifests, of which clm refuses {len(expected)} by their shape")
    failed = not COUNT // 10 < len(expected) < COUNT
    for name, refused in verdicts.items():
        differ = sorted(refused ^ expected)
        print(f"{name}: refuses {len(refused)}, differs on {len(differ)}")
        for file in differ[:5]:
            print(f"  {'refused' if file in refused else 'accepted'}:", "; ".join(damages[file]))
        failed |= bool(differ)
    sys.exit(failed)


main()
