//! The formats that tables can have.

/// Format of the tables of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TableFormat {
    /// RFC 4180, UTF-8, one header line.
    #[default]
    Csv,
    /// Apache Parquet, compressed by Zstandard.
    Parquet,
}

impl TableFormat {
    /// All formats, the default first.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Parquet];

    /// The word in configurations, and the ending of file names.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    /// The format of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// Media type, as in data packages.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}
