//! A text that a configuration is read from, and places in it.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use miette::NamedSource;

/// A file, a preset or an override, as read.
#[derive(Debug)]
pub struct Document {
    name: String,
    source: NamedSource<String>,
    folder: PathBuf,
    is_override: bool,
    preset: Option<&'static str>,
}

impl Document {
    /// A file or preset; `folder` is where relative paths in it start.
    pub fn new(name: &str, content: String, folder: &Path) -> Arc<Self> {
        let source = NamedSource::new(name, content);
        Arc::new(Self { name: name.to_owned(), source, folder: folder.to_owned(), is_override: false, preset: None })
    }

    /// An embedded preset; reports call it `name`.
    pub fn of_preset(name: &str, preset: &'static str, content: &str) -> Arc<Self> {
        let source = NamedSource::new(name, content.to_owned());
        Arc::new(Self { name: name.to_owned(), source, folder: PathBuf::new(), is_override: false, preset: Some(preset) })
    }

    /// An override of the command line; relative paths in it start at the current directory.
    pub fn of_override(content: String) -> Arc<Self> {
        Arc::new(Self {
            name: format!("--set {}", shortened(&content, 80)),
            source: NamedSource::new("--set", content),
            folder: PathBuf::new(),
            is_override: true,
            preset: None,
        })
    }

    /// As an override, but of another origin, such as a point of a sweep: `name` is what reports call it.
    pub fn of_settings(name: String, content: String) -> Arc<Self> {
        let source = NamedSource::new(&name, content);
        Arc::new(Self { name, source, folder: PathBuf::new(), is_override: true, preset: None })
    }

    /// Its text.
    pub fn content(&self) -> &str {
        self.source.inner()
    }

    /// The preset that it is, if it is one.
    pub fn preset(&self) -> Option<&'static str> {
        self.preset
    }

    /// Where relative paths in it start.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether it is an override of the command line.
    pub fn is_override(&self) -> bool {
        self.is_override
    }

    /// For reports.
    pub fn source(&self) -> &NamedSource<String> {
        &self.source
    }
}

/// A stretch of a document.
#[derive(Debug, Clone)]
pub struct Place {
    document: Arc<Document>,
    span: Range<usize>,
}

impl Place {
    /// A stretch of a document; bounds outside of it or inside of a character are moved to the next one that is not.
    pub fn new(document: &Arc<Document>, span: Range<usize>) -> Self {
        let content = document.content();
        let bound = |at: usize| (at.min(content.len())..=content.len()).find(|&at| content.is_char_boundary(at)).unwrap_or(content.len());
        let start = bound(span.start);
        Self { document: Arc::clone(document), span: start..bound(span.end).max(start) }
    }

    /// The document.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Bytes from the start of the document.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The text at the place, cut where it is long.
    pub fn excerpt(&self) -> String {
        shortened(&self.document.content()[self.span.clone()], 60)
    }

    /// Line and column, both from 1, the column in characters.
    pub fn line_and_column(&self) -> (usize, usize) {
        let before = &self.document.content()[..self.span.start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.document.is_override {
            return write!(f, "{}", self.document.name);
        }
        let (line, column) = self.line_and_column();
        write!(f, "{}:{line}:{column}", self.document.name)
    }
}

/// At most so many characters of a text, those that control terminals made blanks.
pub(super) fn shortened(text: &str, limit: usize) -> String {
    let mut characters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short: String = characters.by_ref().take(limit).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}
