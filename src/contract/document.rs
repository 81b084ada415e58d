//! The contract as a tree: sections, clauses, tables, signatures.
//!
//! Text in the tree is text, never markup: what a coop wrote is a [`Inline::Text`] like any other and each renderer
//! writes it so that it reads as it was written. Neither Markdown nor HTML is known here.

/// A contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// BCP 47 tag of its language.
    pub lang: String,
    /// Its title.
    pub title: String,
    /// What it is, in one line below the title.
    pub subtitle: Vec<Inline>,
    /// What must be read before everything else: the disclaimer and what is open.
    pub front: Vec<Block>,
    /// The numbered sections and the annexes.
    pub sections: Vec<Section>,
    /// What stands at the foot of each page and section.
    pub footer: Footer,
}

/// What stands at the foot of each page and section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Footer {
    /// What the digest is of: `agreement`.
    pub label: String,
    /// The digest of the agreement: `sha256:` and 64 hex digits.
    pub digest: String,
    /// The word for a page.
    pub page: String,
}

/// A section or, inside one, a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its number: `5`, `5.2`, or the letter of an annex.
    pub number: String,
    /// Its heading.
    pub heading: String,
    /// Its name inside the document; letters, digits and hyphens.
    pub anchor: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// JSON Pointers of the parts of the agreement that it puts into words.
    pub sources: Vec<String>,
    /// Its clauses.
    pub clauses: Vec<Section>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A remark that is no part of what is agreed.
    Note(Vec<Inline>),
    /// Items without order.
    List(Vec<Vec<Inline>>),
    /// A table.
    Table(Table),
    /// Where the parties sign.
    Signatures(Vec<Signature>),
}

/// A table with a row of headings; the first cell of each row names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, as long as the columns.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Whether it holds amounts, which are set to the right.
    pub amounts: bool,
}

/// Where one party signs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The party.
    pub party: Vec<Inline>,
    /// What is to be filled in: a label, and what is known already.
    pub fields: Vec<(String, String)>,
}

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Text of weight: names of parties.
    Strong(String),
    /// Text that is set apart.
    Emph(String),
    /// A URI, a digest, a place in a file.
    Code(String),
    /// A gap that the parties must fill before they sign; the text says so.
    Slot(String),
    /// Says who proposes what follows.
    Proposed(String),
    /// Says for which lines what follows holds.
    Scope(String),
    /// Says how what precedes came about.
    Aside(String),
    /// The number of another section.
    Ref {
        /// Its anchor.
        anchor: String,
        /// Its number.
        text: String,
    },
}

impl Inline {
    /// The text, without what it is.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text)
            | Self::Strong(text)
            | Self::Emph(text)
            | Self::Code(text)
            | Self::Slot(text)
            | Self::Proposed(text)
            | Self::Scope(text)
            | Self::Aside(text)
            | Self::Ref { text, .. } => text,
        }
    }

    /// Whether it keeps the contract from being complete.
    pub fn is_unsettled(&self) -> bool {
        matches!(self, Self::Slot(_) | Self::Proposed(_))
    }
}

impl Block {
    /// All its runs of text, in order; the fields of a signature are not among them.
    pub fn inlines(&self) -> Vec<&Inline> {
        match self {
            Self::Paragraph(inlines) | Self::Note(inlines) => inlines.iter().collect(),
            Self::List(items) => items.iter().flatten().collect(),
            Self::Table(table) => table.rows.iter().flatten().flatten().collect(),
            Self::Signatures(signatures) => signatures.iter().flat_map(|signature| &signature.party).collect(),
        }
    }
}

impl Section {
    /// What in its own blocks is still open or only proposed, in order.
    pub fn unsettled(&self) -> Vec<&Inline> {
        self.blocks.iter().flat_map(Block::inlines).filter(|inline| inline.is_unsettled()).collect()
    }
}

impl Document {
    /// All sections and clauses, in the order of reading.
    pub fn all_sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().flat_map(|section| std::iter::once(section).chain(&section.clauses))
    }
}
