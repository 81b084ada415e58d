//! Reading of the data files: lines of fields between tabs, comments begin with `#`.

/// The rows of a table, as fields; a field that a row does not have is empty when asked for.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(Row)
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Row(&'static str);

impl Row {
    /// The field at a column, counted from zero.
    pub(super) fn field(self, column: usize) -> &'static str {
        self.0.split('\t').nth(column).unwrap_or_default()
    }
}
