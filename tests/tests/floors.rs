//! Rooms of the model stand on floors: what a file imports lies below it, or beside it in the same room.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tripath_tests::sources::{production_code, read, repository, rust_files};

/// Floors of `crates/model/src` from the lowest, each with its folders and files.
///
/// A folder of a floor is a room, and so is a file that stands beside such folders: `state/enterprise/` is one, and `rules/credit.rs` is one.
const FLOORS: &[(&str, &[&str])] = &[
    ("definitions", &["kinds", "observe", "parameters", "sources", "streams"]),
    ("state", &["state"]),
    ("rules", &["rules"]),
    ("transactions", &["transactions"]),
    ("mechanisms", &["mechanisms"]),
    ("passes", &["passes"]),
    ("the whole", &["checkpoint", "divergence", "lib", "model", "record", "simulation", "tick", "worked", "world"]),
];

/// The floor whose rooms know nothing of each other.
const APART: &str = "mechanisms";

/// Names at the root of the crate and the rooms that they come from.
const AT_THE_ROOT: &[(&str, &str)] = &[("DriverSeries", "state::rest_of_world"), ("table", "observe")];

/// Edges that run up all the same: file, room and reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Rooms that read as one: the list of mechanisms in `tick.rs` is the standard model.
const AS_ONE: &[(&str, &str)] = &[("tick", "model")];

/// A room, with the number of its floor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Room {
    floor: usize,
    name: String,
}

/// The room of a path of modules from the root of the crate.
fn room(path: &[&str]) -> Room {
    let first = path.first().copied().unwrap_or_default();
    if let Some((_, home)) = AT_THE_ROOT.iter().find(|(name, _)| *name == first) {
        return room(&home.split("::").collect::<Vec<_>>());
    }
    let floor = FLOORS.iter().position(|(_, folders)| folders.contains(&first));
    let floor = floor.unwrap_or_else(|| panic!("`{first}` stands on no floor: add it to the table of floors"));
    let whole_folder = FLOORS[floor].1.len() > 1;
    let name = if whole_folder { first.to_owned() } else { path[..path.len().min(2)].join("::") };
    let name = AS_ONE.iter().find(|(one, _)| *one == name).map_or(name, |(_, other)| (*other).to_owned());
    Room { floor, name }
}

/// Modules of a file, from the root of the crate.
fn modules(file: &Path) -> Vec<String> {
    let mut path: Vec<String> = file.with_extension("").components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    if path.last().is_some_and(|last| last == "mod") {
        path.pop();
    }
    path
}

/// Paths that begin with `crate` or `super` in production code, as modules from the root: imports, with their braces opened, and others.
fn paths(code: &str, at: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let words =
        |text: &str| -> Vec<String> { text.split("::").map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect() };
    let ends = |next: char| !(next.is_alphanumeric() || next == '_' || next == ':');
    for start in ["crate::", "super::"] {
        for (place, _) in code.match_indices(start) {
            let before = code[..place].chars().next_back();
            if before.is_some_and(|last| last.is_alphanumeric() || ['_', '$', ':'].contains(&last)) {
                continue;
            }
            let rest = &code[place..];
            let end = rest.find(ends).unwrap_or(rest.len());
            let path = words(&rest[..end]);
            // A path that ends in braces is opened as far as its first names: rooms are no deeper.
            if rest[..end].ends_with("::") && rest[end..].starts_with('{') {
                for inner in opened(&rest[end..]) {
                    found.push([path.clone(), words(&inner)].concat());
                }
            } else {
                found.push(path);
            }
        }
    }
    found.into_iter().map(|path| from_the_root(&path, at)).collect()
}

/// What stands in the braces that a text begins with, name by name; braces within are left out.
fn opened(text: &str) -> Vec<String> {
    let (mut depth, mut names, mut name) = (0, Vec::new(), String::new());
    for letter in text.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(std::mem::take(&mut name)),
            _ if depth == 1 => name.push(letter),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.push(name);
    names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// A path with `crate` and `super` resolved.
fn from_the_root(path: &[String], at: &[String]) -> Vec<String> {
    let ups = path.iter().take_while(|word| *word == "super").count();
    let here = if path[0] == "crate" { &[] } else { &at[..at.len() - ups.min(at.len())] };
    [here, &path[ups.max(usize::from(path[0] == "crate"))..]].concat()
}

/// Imports of a file: the room it is in, and the rooms it names.
fn imports(file: &Path, code: &str) -> (Room, BTreeSet<Room>) {
    let at = modules(file);
    let place = |path: &[String]| room(&path.iter().map(String::as_str).collect::<Vec<_>>());
    let named = paths(code, &at).iter().filter(|path| !path.is_empty()).map(|path| place(path)).collect();
    (place(&at), named)
}

/// All files of the model, with their production code.
fn files() -> Vec<(String, String)> {
    let model = repository().join("crates/model/src");
    let named = |path: &Path| path.strip_prefix(&model).unwrap_or(path).to_string_lossy().into_owned();
    rust_files(&model).iter().map(|path| (named(path), production_code(&read(path)))).collect()
}

#[test]
fn imports_run_down_and_mechanisms_stand_apart() {
    let mut broken = Vec::new();
    let mut seen = 0;
    for (file, code) in files().iter().filter(|(file, _)| file != "lib.rs") {
        let (here, named) = imports(Path::new(file), code);
        seen += named.len();
        for there in named.iter().filter(|there| **there != here) {
            if EXCEPTIONS.iter().any(|(from, to, _)| from == file && *to == there.name) {
                continue;
            }
            if there.floor > here.floor {
                let (low, high) = (FLOORS[here.floor].0, FLOORS[there.floor].0);
                broken.push(format!("{file} ({low}) imports {} ({high}): move what it needs down, or itself up", there.name));
            } else if there.floor == here.floor && FLOORS[here.floor].0 == APART {
                broken.push(format!("{file} imports {}: what two mechanisms share is state, a rule or a transaction", there.name));
            }
        }
    }
    assert!(seen > 500, "only {seen} imports: are they still read?");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn exceptions_are_needed() {
    for (file, to, reason) in EXCEPTIONS {
        let code = production_code(&read(&repository().join("crates/model/src").join(file)));
        let (_, named) = imports(Path::new(file), &code);
        assert!(named.iter().any(|room| room.name == *to), "{file} no longer imports {to} ({reason}): strike the exception");
    }
}

#[test]
fn rooms_of_a_floor_form_no_circle() {
    let mut below: BTreeMap<Room, BTreeSet<Room>> = BTreeMap::new();
    for (file, code) in files().iter().filter(|(file, _)| file != "lib.rs") {
        let (here, named) = imports(Path::new(file), code);
        let beside = named.into_iter().filter(|there| there.floor == here.floor && *there != here);
        below.entry(here.clone()).or_default().extend(beside);
    }
    // Rooms that stand on nothing of their floor, or on which nothing stands, are taken away until none is left; what is left is in a circle.
    let free = |below: &BTreeMap<Room, BTreeSet<Room>>| {
        let stood_on: BTreeSet<&Room> = below.values().flatten().collect();
        below.iter().find(|(room, on)| on.is_empty() || !stood_on.contains(room)).map(|(room, _)| room.clone())
    };
    while let Some(room) = free(&below) {
        below.remove(&room);
        below.values_mut().for_each(|on| _ = on.remove(&room));
    }
    let names: Vec<&str> = below.keys().map(|room| room.name.as_str()).collect();
    assert!(names.is_empty(), "these rooms stand on each other in a circle: {}", names.join(", "));
}

/// Lines that the median file of the model has at most.
const MEDIAN: usize = 200;

#[test]
fn the_median_file_is_short() {
    let mut lines: Vec<usize> = rust_files(&repository().join("crates/model/src")).iter().map(|path| read(path).lines().count()).collect();
    lines.sort_unstable();
    let median = lines[lines.len() / 2];
    assert!(median < MEDIAN, "the median file of the model has {median} lines");
}

#[test]
fn the_reader_of_imports_finds_all_ways_to_name_a_room() {
    let code = "use crate::state::{bank::Bank, economy::{Economy, Tally}};\nuse super::super::rules::credit;\nuse super::floor::Floor;\n\
                pub(super) fn f(x: crate::kinds::FlowKind) -> $crate::tick::Tick { crate::DriverSeries::new() }\nuse crate::parameters;\n";
    let (here, named) = imports(Path::new("mechanisms/trading/session.rs"), code);
    assert_eq!((here.floor, here.name.as_str()), (4, "mechanisms::trading"));
    let found: Vec<(usize, &str)> = named.iter().map(|room| (room.floor, room.name.as_str())).collect();
    let expected = [
        (0, "kinds"),
        (0, "parameters"),
        (1, "state::bank"),
        (1, "state::economy"),
        (1, "state::rest_of_world"),
        (4, "mechanisms::rules"),
        (4, "mechanisms::trading"),
    ];
    assert_eq!(found, expected);
}
