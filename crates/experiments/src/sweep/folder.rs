//! The folder of a sweep: which design and program it belongs to, whole in itself.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use tripath_model::Model;
use tripath_outputs::{OutputError, Program, sha256_hex, write_whole};

use super::design::{Copies, Design, Kind, differences, read};
use super::error::SweepError;
use crate::run::{LOCK_FILE, RunError};

/// File that marks the folder of a sweep.
pub const SWEEP_FILE: &str = "sweep.json";
/// Copy of the design.
pub const DESIGN_FILE: &str = "design.toml";
/// The configuration with the constants, resolved.
pub const BASE_FILE: &str = "base.toml";
/// The list of points, where the design has one.
const LIST_FILE: &str = "design-points.csv";

/// Keys of `[replicates]` that say how many there are, and nothing of what each is.
const NUMBER_OF_REPLICATES: [&str; 5] = ["count", "least", "batch", "most", "half_width"];

const FORMAT: &str = "tripath-sweep-1";

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Manifest {
    format: String,
    name: String,
    program: Program,
    /// Digest of the content and the program.
    digest: String,
    content: Json,
}

/// The folder of a sweep.
#[derive(Debug, Clone)]
pub struct SweepFolder {
    path: PathBuf,
    digest: String,
}

impl SweepFolder {
    /// Opens the folder of a design, and makes it where it is not there.
    ///
    /// # Errors
    /// It holds something else, the sweep of another design, or rows of another version of the program; it cannot be written.
    pub fn claim(path: &Path, design: &Design, program: &Program) -> Result<Self, SweepError> {
        let unwritable = |source| RunError::FolderUnwritable { folder: path.to_owned(), source };
        fs::create_dir_all(path).map_err(unwritable)?;
        let marked = || [SWEEP_FILE, LOCK_FILE].iter().any(|file| path.join(file).exists());
        // What is there may be the mark of a task that began since the first look.
        if !marked() && fs::read_dir(path).map_err(unwritable)?.next().is_some() && !marked() {
            return Err(SweepError::FolderForeign { folder: path.to_owned() });
        }
        // Tasks of an array begin at once: the first of them makes the folder, the others find it.
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(path.join(LOCK_FILE)).map_err(unwritable)?;
        let locked = lock.lock();
        let claimed = Self::find_or_make(path, design, program);
        if locked.is_ok() {
            let _ = lock.unlock();
        }
        claimed
    }

    fn find_or_make(path: &Path, design: &Design, program: &Program) -> Result<Self, SweepError> {
        if let Some(manifest) = read_manifest(path)? {
            return Self::of_manifest(path, manifest, design, program);
        }
        write_whole(&path.join(DESIGN_FILE), design.text.as_bytes())?;
        write_whole(&path.join(BASE_FILE), design.base.to_toml(false).as_bytes())?;
        if design.points.kind == Kind::List {
            write_whole(&path.join(LIST_FILE), design.points.to_csv().as_bytes())?;
        }
        let digest = sha256_hex(format!("{}\n{}\n", design.content, program.words()).as_bytes());
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            name: design.name.clone(),
            program: program.clone(),
            digest,
            content: design.content.clone(),
        };
        let text = format!("{:#}\n", json!(manifest));
        write_whole(&path.join(SWEEP_FILE), text.as_bytes())?;
        Ok(Self { path: path.to_owned(), digest: manifest.digest })
    }

    fn of_manifest(path: &Path, manifest: Manifest, design: &Design, program: &Program) -> Result<Self, SweepError> {
        let differences = differences(&manifest.content, &design.content);
        if !differences.is_empty() {
            return Err(SweepError::OtherDesign { folder: path.to_owned(), differences });
        }
        if manifest.program != *program {
            let (found, here) = (manifest.program.words(), program.words());
            return Err(SweepError::OtherProgram { folder: path.to_owned(), found, here });
        }
        Ok(Self { path: path.to_owned(), digest: manifest.digest })
    }

    /// Takes over another number of replicates for a folder that is there: what is done stays, and nothing else may differ.
    ///
    /// # Errors
    /// As [`SweepFolder::open`], for any other difference.
    pub fn extend(path: &Path, design: &Design, program: &Program) -> Result<Self, SweepError> {
        let mut manifest = read_manifest(path)?.ok_or_else(|| SweepError::NoSweep { folder: path.to_owned() })?;
        let (mut before, mut after) = (manifest.content.clone(), design.content.clone());
        for content in [&mut before, &mut after] {
            let Json::Object(content) = content else { continue };
            if let Some(Json::Object(replicates)) = content.get_mut("replicates") {
                NUMBER_OF_REPLICATES.iter().for_each(|key| drop(replicates.remove(*key)));
            }
            content.retain(|_, value| !value.as_object().is_some_and(|table| table.is_empty()));
        }
        let differences = differences(&before, &after);
        if !differences.is_empty() {
            return Err(SweepError::OtherDesign { folder: path.to_owned(), differences });
        }
        manifest.content = design.content.clone();
        let same = Self::of_manifest(path, manifest.clone(), design, program)?;
        // A process that reads between the two sees that the design differs, and stops.
        write_whole(&path.join(DESIGN_FILE), design.text.as_bytes())?;
        write_whole(&path.join(SWEEP_FILE), format!("{:#}\n", json!(manifest)).as_bytes())?;
        Ok(same)
    }

    /// Opens the folder of a design that must be there.
    ///
    /// # Errors
    /// As [`SweepFolder::claim`]; there is no sweep in it.
    pub fn open(path: &Path, design: &Design, program: &Program) -> Result<Self, SweepError> {
        match read_manifest(path)? {
            Some(manifest) => Self::of_manifest(path, manifest, design, program),
            None => Err(SweepError::NoSweep { folder: path.to_owned() }),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file of it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// First line of its result files.
    pub fn head(&self) -> String {
        json!({ "format": "tripath-results-1", "sweep": self.digest }).to_string()
    }
}

/// The program that began a sweep.
///
/// # Errors
/// There is no sweep, or its file cannot be read.
pub fn program_of(folder: &Path) -> Result<Program, SweepError> {
    let manifest = read_manifest(folder)?.ok_or_else(|| SweepError::NoSweep { folder: folder.to_owned() })?;
    Ok(manifest.program)
}

fn read_manifest(folder: &Path) -> Result<Option<Manifest>, SweepError> {
    let file = folder.join(SWEEP_FILE);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(OutputError::Read { path: file, source }.into()),
    };
    match serde_json::from_str::<Manifest>(&text) {
        Ok(manifest) if manifest.format == FORMAT => Ok(Some(manifest)),
        Ok(manifest) => {
            Err(SweepError::Manifest { file, what: format!("its format is `{}`, this program writes `{FORMAT}`", manifest.format) })
        }
        Err(error) => Err(SweepError::Manifest { file, what: error.to_string() }),
    }
}

/// A design, and the folder that it has if none is named.
#[derive(Debug, Clone)]
pub struct Located {
    /// The design.
    pub design: Design,
    /// Where its results are, or are to be.
    pub folder: PathBuf,
}

/// Reads a design from its file, or from the folder of its sweep.
///
/// # Errors
/// There is none, or it cannot be used.
pub fn locate(model: &Model, argument: &Path, out: Option<&Path>) -> Result<Located, SweepError> {
    if argument.is_dir() {
        if !argument.join(SWEEP_FILE).is_file() {
            return Err(SweepError::NoSweep { folder: argument.to_owned() });
        }
        let copies = Copies { base: argument.join(BASE_FILE), points: argument.join(LIST_FILE) };
        let mut design = read(model, &argument.join(DESIGN_FILE), Some(&copies))?;
        if let Some(manifest) = read_manifest(argument)? {
            design.name = manifest.name;
        }
        return Ok(Located { design, folder: out.unwrap_or(argument).to_owned() });
    }
    let design = read(model, argument, None)?;
    let folder = out.map_or_else(|| Path::new("outputs").join(format!("{}-sweep", design.name)), Path::to_owned);
    Ok(Located { design, folder })
}
