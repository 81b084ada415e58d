"""Reads the reports of `clm check` with programs and schemas of others, on every manifest at hand; called by `run`."""

import json
import os
import pathlib
import platform
import subprocess
import sys
import xml.etree.ElementTree as xml

from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml

PROGRAM, WORK = sys.argv[1], pathlib.Path(sys.argv[2])
FORMATS = "json jsonl sarif gitlab junit checkstyle rdjson".split()
MULTITOOL = WORK / "node_modules/@microsoft/sarif-multitool-linux"

POSITION = {
    "type": "object",
    "required": ["line", "column"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
RANGE = {"type": "object", "required": ["start", "end"], "properties": {"start": POSITION, "end": POSITION}}
GITLAB_PLACE = {
    "type": "object",
    "required": ["path"],
    "oneOf": [
        {"required": ["positions"], "properties": {"positions": {"required": ["begin"], "properties": {"begin": POSITION}}}},
        {"required": ["lines"], "properties": {"lines": {"required": ["begin"]}}},
    ],
}
# What the documentation of the two asks for; neither publishes its schema in a package.
SHAPES = {
    "gitlab": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "properties": {
                "description": {"type": "string", "minLength": 1},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "minLength": 1},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": GITLAB_PLACE,
            },
        },
    },
    "rdjson": {
        "type": "object",
        "required": ["source", "diagnostics"],
        "properties": {
            "diagnostics": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["message", "location"],
                    "properties": {
                        "message": {"type": "string", "minLength": 1},
                        "location": {"required": ["path"], "properties": {"path": {"type": "string"}, "range": RANGE}},
                        "severity": {"enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"]},
                        "code": {"required": ["value"], "properties": {"value": {"type": "string"}}},
                        "suggestions": {"type": "array", "items": {"required": ["range", "text"], "properties": {"range": RANGE}}},
                    },
                },
            }
        },
    },
}


def check():
    """Writes all reports at once, of all manifests at hand and of a file that is not there."""
    command = [PROGRAM, "check", WORK / "manifests", "examples", "no such file.clm.yaml"]
    for name in FORMATS:
        command += ["--format", f"{name}:{WORK / name}.report"]
    # Where the pages of rules are to be read, which validators ask for.
    pages = {**os.environ, "CLM_RULES_URL": "https://rules.example"}
    run = subprocess.run(command, capture_output=True, text=True, env=pages)
    assert run.returncode == 3 and not run.stdout, run
    return {name: (WORK / f"{name}.report").read_text() for name in FORMATS}


def faults(schema, document):
    Draft202012Validator.check_schema(schema)
    return [f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(schema).iter_errors(document)]


def told_by_multitool(findings):
    """What the validator of SARIF itself has to say, notes aside."""
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        print("the multitool of SARIF: skipped, there is none for this machine")
        return []
    log = WORK / "validated.sarif"
    report = WORK / "clm.sarif"
    report.write_text((WORK / "sarif.report").read_text())
    command = [MULTITOOL / "Sarif.Multitool", "validate", report, "--output", log, "--rule-kind", "Sarif;Ghas"]
    run = subprocess.run([*command, "--level", "Error;Warning"], capture_output=True, text=True)
    if not log.exists():
        print("the multitool of SARIF: skipped, it does not run here")
        return []
    [run] = json.loads(log.read_text(encoding="utf-8-sig"))["runs"]
    serious = [result for result in run.get("results", []) if result.get("level", "warning") in ("error", "warning")]
    # A file as a whole, as one that is not there, has no region that could be told.
    whole = [f"results[{at}]" for at, finding in enumerate(findings) if finding["start"] is None]
    known = lambda result: result["ruleId"] == "SARIF2017" and any(at in str(result["message"]) for at in whole)
    bad = [result for result in serious if not known(result)]
    broken = run["invocations"][0].get("toolExecutionNotifications", [])
    return [f"{result['ruleId']}: {result['message']}" for result in bad] + [
        str(notice) for notice in broken if notice.get("level") == "error"
    ]


def main():
    reports = check()
    findings = json.loads(reports["json"])["findings"]
    sarif = json.loads(reports["sarif"])
    gitlab = json.loads(reports["gitlab"])
    rdjson = json.loads(reports["rdjson"])
    lines = [json.loads(line) for line in reports["jsonl"].splitlines()]
    cases = [case for suite in JUnitXml.fromstring(reports["junit"].encode()) for case in suite]
    failed = [case for case in cases if any(isinstance(result, (Failure, Error)) for result in case.result)]
    errors = [finding for finding in findings if finding["severity"] == "error"]
    checkstyle = xml.fromstring(reports["checkstyle"]).findall("file/error")
    for line in lines:
        assert line.pop("clm_finding") == 1
    complaints = {
        "json, jsonschema": faults(json.loads(pathlib.Path("schema/findings.schema.json").read_text()), {"clm_findings": 1, "findings": findings}),
        "jsonl": [] if lines == findings else ["its lines are not the findings of json"],
        "sarif, jsonschema": faults(json.loads((MULTITOOL / "sarif-2.1.0.json").read_text()), sarif),
        "sarif, the multitool": told_by_multitool(findings),
        "gitlab": faults(SHAPES["gitlab"], gitlab),
        "gitlab, fingerprints": [] if len({one["fingerprint"] for one in gitlab}) == len(gitlab) else ["two are alike"],
        "rdjson": faults(SHAPES["rdjson"], rdjson),
        "junit, junitparser": [] if len(failed) == len(errors) else [f"{len(failed)} cases fail"],
    }
    # What is waived is shown only where a format has a word for it.
    standing = [finding for finding in findings if not finding.get("waiver")]
    counts = {
        "jsonl": (len(lines), findings),
        "sarif": (len(sarif["runs"][0]["results"]), findings),
        "gitlab": (len(gitlab), standing),
        "rdjson": (len(rdjson["diagnostics"]), standing),
        "checkstyle": (len(checkstyle), standing),
    }
    complaints["all"] = [f"{name} tells {count}" for name, (count, due) in counts.items() if count != len(due)]
    print(f"{len(findings)} findings, of which {len(errors)} are errors, in {len(FORMATS)} formats")
    for name, told in complaints.items():
        print(f"{name}: {len(told)} complaints")
        for one in told[:5]:
            print(f"  {one}")
    sys.exit(not errors or any(complaints.values()))


main()
