//! The pages of rules as reports refer to them: where they are, and what they say for readers that show no Markdown.

use crate::diagnostic::Rule;

/// What the names of the schemas begin with. Nothing is to be read there.
pub(super) const NAMES: &str = "https://clm.example";

/// Stands in an address for the code of a rule.
const CODE: &str = "{code}";

/// Where the page of a rule is to be read: behind the address of all pages, or where that has a hole for the code.
pub(super) fn url(pages: &str, rule: &Rule) -> String {
    if pages.contains(CODE) {
        return pages.replace(CODE, rule.code);
    }
    format!("{}/{}", pages.trim_end_matches('/'), rule.code)
}

/// Where all pages are to be read: the address up to the hole for the code.
pub(super) fn all(pages: &str) -> String {
    pages.split(CODE).next().unwrap_or(pages).to_owned()
}

/// Whether a text can be the address of pages.
pub fn is_address(text: &str) -> bool {
    let is_known =
        ["https://", "http://", "file:///"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    is_known && text.chars().all(|c| c.is_ascii_graphic())
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
    fn a_page_stands_behind_the_address_of_all_or_in_its_hole() {
        let rule = &crate::lint::advice::need_without_price::RULE;
        for (pages, page) in [
            ("https://rules.example", "https://rules.example/CLM1101"),
            ("https://rules.example/es/", "https://rules.example/es/CLM1101"),
            ("https://rules.example/{code}.html", "https://rules.example/CLM1101.html"),
        ] {
            assert!(is_address(pages));
            assert_eq!(url(pages, rule), page);
            assert!(page.starts_with(&all(pages)));
        }
        assert!(!["rules.example", "https://", "https://a b", "https://a\u{1b}]8;;", ""].into_iter().any(is_address));
    }

    #[test]
    fn a_page_is_read_without_its_notation() {
        let rule = &crate::lint::advice::need_without_price::RULE;
        assert_eq!(says(rule.page), "A need says nothing of its price.");
        let text = text(rule.page);
        assert!(text.starts_with("CLM1101 need-without-price\n\nWhat it says\n") && !text.contains("```"), "{text}");
        assert!(text.contains("\n  legal_form: worker\n"), "{text}");
    }
}
