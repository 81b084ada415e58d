//! The pages of rules as reports refer to them: where they are, and what they say for readers that show no Markdown.

use crate::diagnostic::Rule;

/// Where the project is at home; the schemas have their names there too.
pub(super) const HOME: &str = "https://clm.example";

/// Where the page of a rule is to be read.
pub fn url(rule: &Rule) -> String {
    format!("{HOME}/rules/{}", rule.code)
}

/// The first section of a page, in one line: what the rule says.
pub(super) fn says(page: &str) -> String {
    let section = page.split("\n## ").nth(1).and_then(|section| section.split_once('\n'));
    section.map_or("", |(_, text)| text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page without the marks of its notation.
pub(super) fn text(page: &str) -> String {
    let mut fenced = false;
    let mut out = String::new();
    for line in page.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        out.push_str(if fenced { line } else { line.trim_start_matches('#').trim_start() });
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_without_its_notation() {
        let rule = &crate::lint::advice::need_without_price::RULE;
        assert_eq!(says(rule.page), "A need says nothing of its price.");
        let text = text(rule.page);
        assert!(text.starts_with("CLM1101 need-without-price\n\nWhat it says\n") && !text.contains("```"), "{text}");
        assert!(text.contains("\n  legal_form: worker\n"), "{text}");
    }
}
