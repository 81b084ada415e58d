//! Findings as a versioned JSON document.

use serde_json::{Map, Value, json};

use super::finding::Finding;

/// The versioned JSON document of findings.
pub fn json(findings: &[Finding]) -> Value {
    json!({ "clm_findings": 1, "findings": findings.iter().map(entry).collect::<Vec<_>>() })
}

fn entry(finding: &Finding) -> Value {
    let arguments: Map<_, _> =
        finding.message.args.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.english()))).collect();
    json!({
        "file": finding.file,
        "pointer": finding.pointer,
        "start": finding.region.map(|region| region.start),
        "end": finding.region.map(|region| region.end),
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity.name(),
        "message": finding.message.english(),
        "arguments": arguments,
        "help": finding.help.as_ref().map(|help| help.english()),
        "fingerprint": finding.fingerprint,
    })
}
