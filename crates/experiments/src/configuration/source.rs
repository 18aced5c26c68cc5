//! Where a configuration comes from, and what it extends.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::document::{Document, Place};
use super::nearest::did_you_mean;
use super::presets::presets;
use super::problem::{Problem, Reason};

/// Largest file read, in bytes: a configuration or a driver's data that is larger is a mistake.
const LARGEST_FILE: u64 = 16 << 20;

/// Most problems of one file's TOML that are reported.
const REPORTED_SYNTAX: usize = 5;

/// Where a configuration comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Embedded, by name.
    Preset(String),
    /// A file.
    File(PathBuf),
}

impl Source {
    /// From an argument of the command line: an existing file, or what ends in `.toml` or has a slash, is a file; all else a preset.
    pub fn from_argument(argument: &str) -> Self {
        let is_preset = presets().iter().any(|preset| preset.name == argument);
        if looks_like_file(argument) || (!is_preset && Path::new(argument).is_file()) {
            Source::File(PathBuf::from(argument))
        } else {
            Source::Preset(argument.to_owned())
        }
    }

    /// Name of a configuration that gives none: of the preset, or of the file without its ending.
    pub(crate) fn default_name(&self) -> String {
        let stem = match self {
            Source::Preset(name) => name.clone(),
            Source::File(path) => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        };
        let name: String = stem.chars().map(|c| if is_name_character(c) { c } else { '-' }).take(LONGEST_NAME).collect();
        if is_name(&name) { name } else { "configuration".to_owned() }
    }

    pub(crate) fn extended_from(folder: &Path, text: &str) -> Self {
        if looks_like_file(text) { Source::File(folder.join(text)) } else { Source::Preset(text.to_owned()) }
    }

    fn words(&self) -> String {
        match self {
            Source::Preset(name) => format!("preset {name}"),
            Source::File(path) => path.display().to_string(),
        }
    }

    /// The same for two ways to write one file.
    fn identity(&self) -> PathBuf {
        match self {
            Source::Preset(name) => PathBuf::from(format!("preset {name}")),
            Source::File(path) => path.canonicalize().unwrap_or_else(|_| path.clone()),
        }
    }

    fn read(&self) -> Result<Arc<Document>, Box<Problem>> {
        match self {
            Source::Preset(name) => match presets().iter().find(|preset| preset.name == name.as_str()) {
                Some(preset) => Ok(Document::of_preset(&self.words(), preset.name, preset.toml)),
                None => {
                    let names: Vec<&str> = presets().iter().map(|preset| preset.name).collect();
                    let hint = did_you_mean(name, names.iter().copied()).unwrap_or_default();
                    let hint = format!("{hint} presets are {}; a file ends in .toml", names.join(", "));
                    Err(Box::new(Problem::nowhere(Reason::UnknownPreset(name.clone())).hint(Some(hint.trim().to_owned()))))
                }
            },
            Source::File(path) => Ok(Document::new(&self.words(), read_text(path)?, path.parent().unwrap_or(Path::new("")))),
        }
    }
}

/// Longest name of a configuration, in characters.
const LONGEST_NAME: usize = 100;

fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether a text can name a configuration, and so a folder.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.starts_with('.') && text.len() <= LONGEST_NAME && text.chars().all(is_name_character)
}

fn looks_like_file(text: &str) -> bool {
    text.ends_with(".toml") || text.contains(['/', '\\'])
}

/// Reads a text file.
///
/// # Errors
/// It is missing, a directory, too large, or not UTF-8; the place of the first wrong byte is given then.
pub(crate) fn read_text(path: &Path) -> Result<String, Box<Problem>> {
    let unreadable = |why: String| Box::new(Problem::nowhere(Reason::Unreadable { path: path.display().to_string(), why }));
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => unreadable("there is no such file".to_owned()),
        _ => unreadable(error.to_string()),
    })?;
    if metadata.is_dir() {
        return Err(unreadable("it is a directory".to_owned()));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| unreadable(error.to_string()))?;
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(unreadable(format!("it is larger than {} MiB", LARGEST_FILE >> 20)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let document = Document::new(&path.display().to_string(), String::from_utf8_lossy(error.as_bytes()).into_owned(), Path::new(""));
        let reason = Reason::Unreadable { path: path.display().to_string(), why: "a byte here is not UTF-8".to_owned() };
        Box::new(Problem::at(Place::new(&document, valid..valid + 1), reason).hint(Some("save the file as UTF-8".to_owned())))
    })
}

/// Problems of a document's TOML; empty where it can be read.
pub(crate) fn syntax_problems(document: &Arc<Document>) -> Vec<Problem> {
    let (_, errors) = DeTable::parse_recoverable(document.content());
    errors
        .iter()
        .take(REPORTED_SYNTAX)
        .map(|error| Problem::at(Place::new(document, error.span().unwrap_or(0..0)), Reason::InvalidToml(error.message().to_owned())))
        .collect()
}

/// The documents of a source, those extended first.
///
/// # Errors
/// One of them cannot be read, is not TOML, or extends itself.
pub(super) fn documents(source: &Source) -> Result<Vec<Arc<Document>>, Vec<Problem>> {
    let mut documents = Vec::new();
    let mut visited = Vec::new();
    let mut next = Some((source.clone(), None::<Place>));
    while let Some((source, named_at)) = next.take() {
        let place_of = |mut problem: Problem| {
            problem.place = problem.place.or(named_at.clone());
            vec![problem]
        };
        let identity = source.identity();
        let words = source.words();
        if let Some(first) = visited.iter().position(|(known, _): &(PathBuf, String)| *known == identity) {
            let chain = visited[first..].iter().map(|(_, words)| words.clone()).chain([words]).collect();
            return Err(place_of(Problem::nowhere(Reason::Cycle(chain))));
        }
        visited.push((identity, words));
        let document = source.read().map_err(|problem| place_of(*problem))?;
        let problems = syntax_problems(&document);
        if !problems.is_empty() {
            return Err(problems);
        }
        if let Ok(table) = DeTable::parse(document.content())
            && let Some(value) = table.get_ref().get("extends")
        {
            let place = Place::new(&document, value.span());
            match value.get_ref() {
                DeValue::String(text) => next = Some((Source::extended_from(document.folder(), text), Some(place))),
                _ => {
                    let found = place.excerpt();
                    let expected = "the name of a preset or the path of a file, in quotes".to_owned();
                    return Err(vec![Problem::at(place, Reason::WrongType { path: "extends".to_owned(), expected, found })]);
                }
            }
        }
        documents.push(document);
    }
    documents.reverse();
    Ok(documents)
}
