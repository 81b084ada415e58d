//! Steps of a text to a tree, with every limit enforced before memory is spent.

use super::document::{Document, Entry, Kind, Node, NodeId, Style};
use super::events::{Located, Step, Stop, steps};
use super::rules::{
    ALIAS, ANCHOR, BAD_ESCAPE, COMPLEX_KEY, DUPLICATE_KEY, EMPTY_DOCUMENT, FORBIDDEN_CHARACTER, LONG_KEY, LONG_TEXT,
    MERGE_KEY, MISSING_SPACE, NOT_NFC, ROOT_NOT_MAPPING, SEVERAL_DOCUMENTS, TAG, TOO_DEEP, TOO_MANY_VALUES,
    TYPOGRAPHIC_QUOTE,
};
use super::{characters, json, merge, mistakes, removal, repair, slips, trial};
use std::collections::BTreeSet;

use smol_str::SmolStr;

use crate::diagnostic::{self, Diagnostic, Edit, Place, Rule, Text};
use crate::source::{Source, SourceId, Span};

/// Most levels of lists and mappings.
pub(super) const MOST_LEVELS: usize = 32;
/// Most nodes.
const MOST_NODES: usize = 20_000;
/// Most findings about one text: whoever has read so many does not read on.
const MOST_FINDINGS: usize = 200;
/// Most other places that are shown of one mistake.
const MOST_LABELS: usize = 2;
/// Most bytes of a key, and of a text.
const MOST_KEY: usize = 128;
const MOST_TEXT: usize = 64 * 1024;

/// What reading a text came to.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree, as far as it could be read; `None` where reading stopped.
    pub document: Option<Document>,
    /// Everything that is wrong with the text, by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a text as a document. Reports as much as can be found in one run; never panics. What stops the reading has a
/// doubtful fix only where the text can be read in the end, or further at least.
pub fn parse(id: SourceId, source: &Source) -> Parsed {
    let mut parsed = read(id, source);
    if parsed.document.is_none() && !trial::succeeds(id, source, &parsed.diagnostics) {
        for at in trial::gets_nowhere(id, source, &parsed.diagnostics) {
            parsed.diagnostics.get_mut(at).into_iter().for_each(|finding| finding.fix = None);
        }
    }
    parsed
}

/// Reads a text, with a fix for all that may be mended.
pub(super) fn read(id: SourceId, source: &Source) -> Parsed {
    let is_json = source.name().ends_with(".json");
    let mut builder = Builder::new(id, source.text(), is_json);
    builder.check_characters();
    builder.check_line_ends();
    let complete = builder.run(steps(source.text()));
    let root = if complete { builder.finish() } else { None };
    let root = root.filter(|_| !builder.incomplete);
    if is_json && !diagnostic::has_errors(&builder.found) {
        json::add_what_json_refuses(id, source, &mut builder.found);
    }
    builder.found.iter_mut().for_each(|finding| repair::repair(finding, source.text(), source.name()));
    diagnostic::sort(&mut builder.found);
    let document = root.map(|root| Document::new(id, builder.nodes, root));
    if let Some(document) = &document {
        for finding in &mut builder.found {
            // A key that stands again is the one that stands first.
            let place = finding.labels.first().map_or(finding.place, |label| label.place);
            let address = document.innermost(place.span).map(|node| document.address(node)).unwrap_or_default();
            (finding.pointer, finding.steps) = (address.pointer, address.steps);
        }
    }
    Parsed { document, diagnostics: builder.found }
}

/// A list or mapping under way.
struct Level {
    /// `None` for what stands as a key and is thrown away.
    node: Option<NodeId>,
    mapping: bool,
    brackets: bool,
    /// Whether it stands as a key.
    is_key: bool,
    /// The key whose value comes next.
    key: Option<Key>,
}

/// A key: its text, or `None` for one whose value is thrown away.
struct Key {
    text: Option<SmolStr>,
    span: Span,
}

struct Builder<'s> {
    source: SourceId,
    text: &'s str,
    is_json: bool,
    nodes: Vec<Node>,
    levels: Vec<Level>,
    root: Option<NodeId>,
    /// Whether something that was written is missing from the tree, so that nothing can be said of what it holds.
    incomplete: bool,
    /// Whether a name was given to a value.
    anchored: bool,
    /// Where the last value stands that refers to another.
    alias: Option<Span>,
    /// Where the last text stands that was told as a list.
    listed: Option<Span>,
    found: Vec<Diagnostic>,
}

/// Reading cannot go on.
struct Stopped;

impl<'s> Builder<'s> {
    fn new(source: SourceId, text: &'s str, is_json: bool) -> Self {
        // A node takes some ten bytes of a usual manifest.
        let nodes = Vec::with_capacity((text.len() / 10).min(MOST_NODES));
        Self {
            source,
            text,
            is_json,
            nodes,
            levels: Vec::new(),
            root: None,
            incomplete: false,
            anchored: false,
            alias: None,
            listed: None,
            found: Vec::new(),
        }
    }

    fn report(&mut self, rule: &'static Rule, span: Span, fill: impl FnOnce(Diagnostic) -> Diagnostic) {
        if self.found.len() >= MOST_FINDINGS {
            return;
        }
        self.found.push(fill(Diagnostic::new(rule, Place::new(self.source, span))));
    }

    /// The first character from an offset on; empty at the end of the text.
    fn first_char(&self, at: usize) -> Span {
        let len = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        Span::new(at, at + len)
    }

    fn check_characters(&mut self) {
        for found in characters::scan(self.text) {
            let place = Place::new(self.source, found.span);
            self.report(found.rule, found.span, |d| d.message(found.message).fix(place, found.instead, found.certain));
        }
    }

    /// Line breaks of one kind are one mistake, and are mended together.
    fn check_line_ends(&mut self) {
        let returns = characters::lone_returns(self.text);
        let Some(first) = returns.first() else { return };
        let source = self.source;
        let edit = |span: &Span| Edit { place: Place::new(source, *span), replacement: "\n".to_owned() };
        let edits = returns.iter().map(edit).collect();
        let help = Text::new("save the file with line ends that editors call `LF` or `CRLF`");
        self.report(&FORBIDDEN_CHARACTER, *first, |d| {
            d.message(characters::of_returns()).help(help).edits(edits, true)
        });
    }

    /// Reads to the end; false where it could not.
    fn run(&mut self, steps: impl Iterator<Item = Result<Located, Stop>>) -> bool {
        let before = self.found.len();
        if let Some(markers) = merge::conflict_markers(self.source, self.text) {
            self.found.push(markers);
            return false;
        }
        let mut documents = 0;
        for next in steps {
            let result = match next {
                Ok(located) => {
                    documents += usize::from(matches!(located.step, Step::Document));
                    if documents > 1 {
                        self.report(&SEVERAL_DOCUMENTS, located.span, |d| d);
                        return false;
                    }
                    self.take(located)
                }
                Err(stop) => {
                    // An unseen character that was found already may be all that is wrong.
                    if before == 0 && !self.lacks_space_near(stop.offset) && !self.follows_told(stop.offset) {
                        self.found.push(self.explain(&stop));
                    }
                    Err(Stopped)
                }
            };
            if result.is_err() {
                return false;
            }
        }
        true
    }

    fn explain(&self, stop: &Stop) -> Diagnostic {
        let told = || mistakes::explain(self.source, self.text, stop);
        match self.is_json {
            true => json::explain(self.source, self.text).unwrap_or_else(|| json::in_its_words(told())),
            false => told(),
        }
    }

    /// Whether a space was found to be missing on the line of an offset or the one before, which is why reading stops.
    fn lacks_space_near(&self, offset: usize) -> bool {
        let told = self.found.iter().filter(|finding| *finding.rule == MISSING_SPACE);
        let between = told.filter_map(|finding| self.text.get(finding.place.span.start..offset));
        between.into_iter().any(|text| text.matches('\n').count() < 2)
    }

    /// Whether an offset is behind a value that refers to another, as a text does that begins with `*`, or behind one that
    /// was told as a list, on the line on which it ends.
    fn follows_told(&self, offset: usize) -> bool {
        let mut told = [self.alias, self.listed].into_iter().flatten();
        told.any(|told| {
            let reaches = told.start <= offset && offset <= told.end;
            reaches || self.text.get(told.end..offset).is_some_and(|between| !between.contains('\n'))
        })
    }

    /// The root, if it is a mapping.
    fn finish(&mut self) -> Option<NodeId> {
        let kind = self.root.and_then(|root| self.nodes.get(root.index())).map(|node| &node.kind);
        let empty = matches!(kind, None | Some(Kind::Null)) && self.text_is_blank();
        match kind {
            Some(Kind::Mapping(_)) => return self.root,
            _ if empty => self.report(&EMPTY_DOCUMENT, Span::at(0), |d| d),
            Some(Kind::Scalar(text)) if mistakes::lacks_colon(text) => {
                let diagnostic = mistakes::line_without_colon(self.source, self.text);
                self.found.push(diagnostic);
            }
            _ => {
                let span =
                    self.root.and_then(|root| self.nodes.get(root.index())).map_or(Span::at(0), |node| node.span);
                let shown = self.first_char(span.start.min(self.text.len()));
                self.report(&ROOT_NOT_MAPPING, shown, |d| d);
            }
        }
        None
    }

    /// Whether there is nothing but comments and document markers.
    fn text_is_blank(&self) -> bool {
        self.text.lines().all(|line| {
            line.trim().is_empty()
                || line.trim_start().starts_with('#')
                || matches!(line.trim(), "---" | "...")
                || is_nothing(line.trim())
        })
    }

    fn take(&mut self, located: Located) -> Result<(), Stopped> {
        let Located { step, span, tag } = located;
        if let Some(tag) = tag {
            let name = self.text.get(tag.start..tag.end).unwrap_or_default().to_owned();
            self.report(&TAG, tag, |d| d.with("name", name));
        }
        match step {
            Step::Document => Ok(()),
            Step::Anchor => {
                self.anchored = true;
                self.name_at(&ANCHOR, span);
                Ok(())
            }
            Step::Alias => {
                self.incomplete = true;
                self.alias = Some(span);
                // An alias of a name given here is the same mistake as the name.
                let is_merged = self.found.last().is_some_and(|told| *told.rule == MERGE_KEY);
                let told = self.anchored || (is_merged && self.wants_merged());
                if !told {
                    self.name_at(&ALIAS, span);
                }
                self.scalar(SmolStr::default(), Style::Plain, span)
            }
            Step::Scalar { text, style } => self.scalar(text, style, span),
            Step::Begin { mapping, brackets } => self.begin(mapping, brackets, span),
            Step::End => {
                self.end(span);
                Ok(())
            }
        }
    }

    fn name_at(&mut self, rule: &'static Rule, span: Span) {
        let name = self.text.get(span.start..span.end).unwrap_or_default().to_owned();
        self.report(rule, span, |d| d.with("name", name));
    }

    /// Whether the next node stands behind a key that was thrown away.
    fn wants_merged(&self) -> bool {
        self.levels.last().and_then(|level| level.key.as_ref()).is_some_and(|key| key.text.is_none())
    }

    /// Whether the next node is a key.
    fn wants_key(&self) -> bool {
        self.levels.last().is_some_and(|level| level.mapping && level.key.is_none())
    }

    fn scalar(&mut self, text: SmolStr, style: Style, span: Span) -> Result<(), Stopped> {
        let written = self.text.get(span.start..span.end).unwrap_or_default();
        if style == Style::DoubleQuoted
            && let Some(escapes) = characters::control_escapes(written)
        {
            self.tell_escapes(span, &escapes);
        } else if style == Style::DoubleQuoted
            && let Some(message) = characters::escaped(&text, written)
        {
            self.report(&FORBIDDEN_CHARACTER, span, |d| d.message(message));
        }
        if style == Style::DoubleQuoted
            && let Some(composed) = characters::composed(&text, written)
        {
            self.report(&NOT_NFC, span, |d| d.with("word", composed));
        }
        if self.wants_key() {
            self.key(text, style, span);
            return Ok(());
        }
        if style == Style::Plain
            && let Some(finding) = self.key_on_the_next_line(&text, span)
        {
            self.found.push(finding);
            return Err(Stopped);
        }
        if text.len() > MOST_TEXT {
            self.report(&LONG_TEXT, Span::at(span.start), |d| d.with("most", MOST_TEXT));
        }
        // Few texts go on below, and it takes a walk over all lines before to look at one.
        let is_long = || self.text.get(span.start..span.end).is_some_and(|written| written.contains('\n'));
        let in_brackets = self.levels.last().is_some_and(|level| level.brackets);
        if style == Style::Plain
            && !in_brackets
            && is_long()
            && self.found.len() < MOST_FINDINGS
            && let Some(finding) = slips::items_in_a_text(self.source, self.text, span)
                .or_else(|| slips::numbered_items(self.source, self.text, span))
        {
            self.listed = Some(span);
            self.found.push(finding);
        }
        if style == Style::Plain
            && !text.is_ascii()
            && let Some((at, inner)) = half_quoted(&text)
        {
            let sign = Span::new(span.start + at, span.start + at + text.get(at..).map_or(0, first_len));
            let (place, meant) = (Place::new(self.source, span), repair::quoted(inner));
            self.report(&TYPOGRAPHIC_QUOTE, sign, |d| {
                d.message(Text::new("this typographic quote counts as part of the text, and has no other"))
                    .help(Text::new("write `{meant}`").with("meant", &meant))
                    .fix(place, meant, false)
            });
        }
        if style == Style::Plain
            && !text.is_ascii()
            && let Some(inner) = in_typographic_quotes(&text)
        {
            let plain = format!("\"{}\"", inner.replace('\\', "\\\\").replace('"', "\\\""));
            let place = Place::new(self.source, span);
            self.report(&TYPOGRAPHIC_QUOTE, span, |d| d.fix(place, plain, false));
        }
        let null = style == Style::Plain && is_nothing(&text);
        self.add(if null { Kind::Null } else { Kind::Scalar(text) }, style, span).map(|_| ())
    }

    /// Tells of escapes in a text that put characters into it which nobody can read: backslashes were meant.
    fn tell_escapes(&mut self, text: Span, escapes: &[usize]) {
        let source = self.source;
        let spans: Vec<Span> =
            escapes.iter().map(|at| Span::new(text.start + at, text.start + at + "\\a".len())).collect();
        let edit = |span: &Span| Edit { place: Place::new(source, Span::at(span.start)), replacement: "\\".to_owned() };
        let edits = spans.iter().map(edit).collect();
        let first = spans.first().copied().unwrap_or(text);
        let sign = self.text.get(first.start..first.end).unwrap_or_default();
        let message = Text::new("in double quotes `{sign}` stands for a character that nobody can read");
        let message = message.with("sign", sign);
        self.report(&FORBIDDEN_CHARACTER, first, |d| {
            Diagnostic { help: BAD_ESCAPE.way_out(), ..d.message(message) }.edits(edits, false)
        });
    }

    /// A text behind a key that stands on a line of its own and looks like a key without its space: `name:A`.
    fn key_on_the_next_line(&self, text: &str, span: Span) -> Option<Diagnostic> {
        let key = self.levels.last()?.key.as_ref()?;
        let between = self.text.get(key.span.end..span.start)?;
        if !between.contains('\n') {
            return None;
        }
        let first = Span::new(span.start, span.start + text.chars().next().map_or(0, char::len_utf8));
        let glued = mistakes::glued_hyphen(self.source, text, span.start)
            .or_else(|| slips::bullet(self.source, self.text, first));
        glued.or_else(|| mistakes::missing_space(self.source, text, span.start))
    }

    /// A key that is none: a comment of another language, or a key without the space behind its colon.
    fn no_key(&self, key: &str, span: Span) -> Option<Diagnostic> {
        if let Some(finding) = mistakes::foreign_comment(self.source, key, span) {
            return Some(finding);
        }
        if let Some(finding) = mistakes::glued_hyphen(self.source, key, span.start) {
            return Some(finding);
        }
        let brackets = self.levels.last().is_some_and(|level| level.brackets);
        match brackets {
            true => mistakes::missing_space(self.source, key, span.start),
            false => mistakes::begins_brackets(self.source, key, span.start),
        }
    }

    fn key(&mut self, text: SmolStr, style: Style, span: Span) {
        let mut kept = Some(text);
        if style == Style::Plain && kept.as_deref() == Some("<<") {
            self.report(&MERGE_KEY, span, |d| d);
            self.incomplete = true;
            kept = None;
        } else if kept.as_ref().is_some_and(|key| key.len() > MOST_KEY) {
            self.report(&LONG_KEY, span, |d| d.with("most", MOST_KEY));
            self.incomplete = true;
            kept = None;
        } else if let Some(finding) =
            kept.as_deref().filter(|_| style == Style::Plain).and_then(|key| self.no_key(key, span))
        {
            if self.found.len() < MOST_FINDINGS {
                self.found.push(finding);
            }
            self.incomplete = true;
            kept = None;
        }
        if let Some(level) = self.levels.last_mut() {
            level.key = Some(Key { text: kept, span });
        }
    }

    fn begin(&mut self, mapping: bool, brackets: bool, span: Span) -> Result<(), Stopped> {
        if self.levels.len() >= MOST_LEVELS {
            let shown = self.first_char(span.start);
            self.report(&TOO_DEEP, shown, |d| d.with("most", MOST_LEVELS));
            return Err(Stopped);
        }
        let is_key = self.wants_key();
        let node = if is_key {
            let shown = self.first_char(span.start);
            if !self.levels.iter().any(|level| level.is_key) {
                self.report(&COMPLEX_KEY, shown, |d| d);
            }
            self.incomplete = true;
            None
        } else {
            let kind = if mapping { Kind::Mapping(Vec::new()) } else { Kind::List(Vec::new()) };
            self.add(kind, Style::Plain, span)?
        };
        self.levels.push(Level { node, mapping, brackets, is_key, key: None });
        Ok(())
    }

    fn end(&mut self, span: Span) {
        let Some(level) = self.levels.pop() else { return };
        match level.node {
            Some(node) => self.close(node, &level, span),
            // It stood as a key, whose value is thrown away too; or its own key was thrown away.
            None => {
                if let Some(parent) = self.levels.last_mut().filter(|_| level.is_key) {
                    parent.key = Some(Key { text: None, span });
                }
            }
        }
    }

    /// Sets the span of a list or mapping that is complete, and drops keys that stand twice.
    fn close(&mut self, node: NodeId, level: &Level, span: Span) {
        let all = match self.nodes.get(node.index()).map(|node| &node.kind) {
            Some(Kind::Mapping(entries)) => repeated(entries),
            _ => Vec::new(),
        };
        // What a comma cut off a number is kept: with the number it is told as what it is.
        let is_rest = |(_, again, _): &(Span, Span, SmolStr)| level.brackets && self.is_rest_of_number(node, *again);
        let (rests, twice): (Vec<_>, Vec<_>) = all.into_iter().partition(is_rest);
        for rest in rests {
            self.tell_repeated(node, &[rest]);
        }
        self.tell_repeated(node, &twice);
        let end = if level.brackets { Some(span.end) } else { self.end_of_last(node) };
        let start = if level.brackets { None } else { self.start_of_first(node) };
        if let Some(closed) = self.nodes.get_mut(node.index()) {
            if let Kind::Mapping(entries) = &mut closed.kind
                && !twice.is_empty()
            {
                let again: BTreeSet<Span> = twice.iter().map(|(_, again, _)| *again).collect();
                entries.retain(|entry| !again.contains(&entry.key_span));
            }
            closed.span = Span::new(start.unwrap_or(closed.span.start), end.unwrap_or(closed.span.end));
        }
    }

    /// Tells of keys that stand twice. Where several keys do, with something else behind them, the line is missing that
    /// divides what they belong to, which is one mistake.
    fn tell_repeated(&mut self, node: NodeId, twice: &[(Span, Span, SmolStr)]) {
        if twice.is_empty() {
            return;
        }
        let (mut others, mut alike) = (Vec::new(), Vec::new());
        for (first, again, key) in twice.iter().rev() {
            let label = Place::new(self.source, *first);
            let needless = self.says_the_same(node, *first, *again);
            let found = Diagnostic::new(&DUPLICATE_KEY, Place::new(self.source, *again))
                .with("key", key)
                .label(label, Text::new("it stands here first"));
            match needless {
                Some(gone) => alike.push(found.fix(Place::new(label.source, gone), "", true)),
                None => others.push(found),
            }
        }
        if others.is_empty() {
            alike.into_iter().for_each(|told| self.report(&DUPLICATE_KEY, told.place.span, |_| told));
            return;
        }
        // Beside others, what says the same twice says it of two things.
        others.extend(alike.into_iter().map(|told| Diagnostic { fix: None, ..told }));
        let keys: BTreeSet<String> = others.iter().map(|found| found.message.english()).collect();
        if others.len() > 1 && keys.len() == others.len() {
            others.sort_by_key(|found| found.place);
            let rest: Vec<Place> = others.split_off(1).into_iter().map(|found| found.place).collect();
            others = others.into_iter().map(|told| with_missing_line(told, &rest)).collect();
        }
        for told in others {
            self.report(&DUPLICATE_KEY, told.place.span, |_| told);
        }
    }

    /// Whether a key is what a comma cut off the number before it: `1,5 kg`. As such it may stand again.
    fn is_rest_of_number(&self, mapping: NodeId, key: Span) -> bool {
        let Some(Kind::Mapping(entries)) = self.nodes.get(mapping.index()).map(|node| &node.kind) else { return false };
        let at = entries.partition_point(|entry| entry.key_span.start < key.start);
        let node = |entry: &Entry| self.nodes.get(entry.value.index());
        let is_null = |entry: &Entry| node(entry).is_some_and(|value| value.kind == Kind::Null);
        let ends_at = |entry: &Entry| match is_null(entry) {
            true => Some(entry.key_span.end),
            false => node(entry).map(|value| value.span.end),
        };
        let before = at.checked_sub(1).and_then(|at| entries.get(at));
        let end = before.and_then(ends_at).unwrap_or_default();
        let is_digit = |at: usize| self.text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
        let is_cut =
            self.text.get(end..key.start) == Some(",") && is_digit(key.start) && is_digit(end.saturating_sub(1));
        is_cut && entries.get(at).is_some_and(is_null)
    }

    /// What to take out of a mapping that holds one key twice, if both have the same single value.
    fn says_the_same(&self, node: NodeId, first: Span, again: Span) -> Option<Span> {
        let Kind::Mapping(entries) = &self.nodes.get(node.index())?.kind else { return None };
        let value = |span: Span| {
            let entry = entries.iter().find(|entry| entry.key_span == span)?;
            self.nodes.get(entry.value.index())
        };
        let (one, other) = (value(first)?, value(again)?);
        let alike = matches!(&one.kind, Kind::Scalar(_)) && one.kind == other.kind;
        alike.then(|| removal::removal(self.text, Span::new(again.start, other.span.end)))
    }

    fn start_of_first(&self, node: NodeId) -> Option<usize> {
        match &self.nodes.get(node.index())?.kind {
            Kind::Mapping(entries) => entries.first().map(|entry| entry.key_span.start),
            Kind::List(items) => {
                items.first().and_then(|item| self.nodes.get(item.index())).map(|item| item.span.start)
            }
            Kind::Null | Kind::Scalar(_) => None,
        }
    }

    fn end_of_last(&self, node: NodeId) -> Option<usize> {
        let end = |id: NodeId| self.nodes.get(id.index()).map(|node| node.span.end);
        match &self.nodes.get(node.index())?.kind {
            Kind::Mapping(entries) => {
                entries.last().and_then(|entry| end(entry.value).map(|at| at.max(entry.key_span.end)))
            }
            Kind::List(items) => items.last().and_then(|item| end(*item)),
            Kind::Null | Kind::Scalar(_) => None,
        }
    }

    /// Adds a node under its key or in its list; `None` where it is thrown away.
    fn add(&mut self, kind: Kind, style: Style, span: Span) -> Result<Option<NodeId>, Stopped> {
        if self.nodes.len() >= MOST_NODES {
            self.report(&TOO_MANY_VALUES, Span::at(span.start), |d| d.with("most", MOST_NODES));
            return Err(Stopped);
        }
        let id = NodeId::new(self.nodes.len());
        let Some(level) = self.levels.last_mut() else {
            self.nodes.push(Node { kind, style, span, key_span: None, parent: None });
            self.root = Some(id);
            return Ok(Some(id));
        };
        let key = level.key.take();
        let Some(parent) = level.node else { return Ok(None) };
        if level.mapping && key.as_ref().is_none_or(|key| key.text.is_none()) {
            return Ok(None);
        }
        // Where nothing is written, the place is right behind the key's colon.
        let nothing = kind == Kind::Null && span.is_empty();
        let key_span = key.as_ref().map(|key| key.span);
        let span = key_span.filter(|_| nothing).map_or(span, |key| Span::at((key.end + 1).min(self.text.len())));
        self.nodes.push(Node { kind, style, span, key_span, parent: Some(parent) });
        match self.nodes.get_mut(parent.index()).map(|node| &mut node.kind) {
            Some(Kind::List(items)) => items.push(id),
            Some(Kind::Mapping(entries)) => {
                if let Some(Key { text: Some(key), span: key_span }) = key {
                    entries.push(Entry { key, key_span, value: id });
                }
            }
            _ => {}
        }
        Ok(Some(id))
    }
}

/// Quotes of print that are written for those of the keyboard.
const TYPOGRAPHIC: [char; 9] = ['“', '”', '„', '‘', '’', '«', '»', '‹', '›'];

/// A text without the two quotes of print around it; none if one of them stands inside too, so that they are no pair:
/// `«A» y «B»`.
fn in_typographic_quotes(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(TYPOGRAPHIC)?.strip_suffix(TYPOGRAPHIC)?;
    let quotes = [text.chars().next()?, text.chars().next_back()?];
    (!inner.contains(quotes)).then_some(inner)
}

/// Where a quote of print stands that opens or closes a text and has no other, and the text without it.
fn half_quoted(text: &str) -> Option<(usize, &str)> {
    const DOUBLE: [char; 5] = ['“', '”', '„', '«', '»'];
    if text.matches(DOUBLE).count() != 1 {
        return None;
    }
    if let Some(inner) = text.strip_prefix(DOUBLE).filter(|inner| !inner.is_empty()) {
        return Some((0, inner.strip_suffix('"').unwrap_or(inner).trim()));
    }
    // Behind a number it may stand for inches.
    let inner = text.strip_suffix(DOUBLE).filter(|inner| inner.ends_with(char::is_alphabetic))?;
    Some((inner.len(), inner))
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// A finding on a key that stands twice, with the places of the others that do so for the same reason.
fn with_missing_line(told: Diagnostic, others: &[Place]) -> Diagnostic {
    let help = Text::new("the line before may be missing that names what begins here; else keep one of each");
    let others = others.iter().take(MOST_LABELS);
    others.fold(told.help(help), |told, place| told.label(*place, Text::new("and here")))
}

/// Whether a text without quotes says that nothing is written, as the core schema of YAML has it.
fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// So few entries are compared each with each, which is quicker than to sort them.
const FEW: usize = 16;

fn stands_in(entry: &Entry, others: Option<&[Entry]>) -> bool {
    others.is_some_and(|others| others.iter().any(|other| other.key == entry.key))
}

/// The keys that stand twice: where first, where again, and which.
fn repeated(entries: &[Entry]) -> Vec<(Span, Span, SmolStr)> {
    if entries.len() <= FEW && !entries.iter().enumerate().any(|(at, entry)| stands_in(entry, entries.get(..at))) {
        return Vec::new();
    }
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by(|a, b| a.key.cmp(&b.key).then(a.key_span.cmp(&b.key_span)));
    let same = sorted.chunk_by(|a, b| a.key == b.key);
    same.flat_map(|group| {
        let first = group.first().map(|entry| entry.key_span).unwrap_or_default();
        group.iter().skip(1).map(move |entry| (first, entry.key_span, entry.key.clone()))
    })
    .collect()
}

#[cfg(test)]
mod tests;
