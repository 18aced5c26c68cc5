//! The house keeps its rules: edges between rooms run down only, and the model depends on nothing but configuration and seed.

use std::collections::BTreeMap;
use std::path::Path;

use tripath_tests::sources::{production_code, read, repository, rust_files};

/// Rooms and the rooms that each may depend on, from the lowest. Tests and benches see all, nobody sees them.
const ROOMS: &[(&str, &str, &[&str])] = &[
    ("tripath-engine", "crates/engine", &[]),
    ("tripath-model", "crates/model", &["tripath-engine"]),
    ("tripath-outputs", "crates/outputs", &["tripath-model"]),
    ("tripath-experiments", "crates/experiments", &["tripath-engine", "tripath-model", "tripath-outputs"]),
    ("tripath", "crates/cli", &["tripath-engine", "tripath-model", "tripath-outputs", "tripath-experiments"]),
    ("tripath-examples", "examples", &["tripath"]),
    ("tripath-tests", "tests", &["tripath", "tripath-engine", "tripath-model", "tripath-outputs", "tripath-experiments"]),
    ("tripath-benches", "benches", &["tripath-engine", "tripath-model", "tripath-outputs", "tripath-experiments"]),
];

/// What the model and its engine may stand on.
const STANDS_ON: &[(&str, &[&str])] = &[
    ("crates/engine", &["bevy_ecs", "libm", "rand", "rayon", "serde"]),
    ("crates/model", &["tripath-engine", "bevy_ecs", "postcard", "serde", "thiserror"]),
];

/// Names of a manifest's dependencies by kind of section, whatever way they are written.
fn dependencies(folder: &str) -> BTreeMap<String, Vec<String>> {
    let text = read(&repository().join(folder).join("Cargo.toml"));
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut section = String::new();
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_matches(['[', ']']).to_owned();
            // `[dependencies.name]` is a dependency of its own.
            if let Some((kind, name)) = section.split_once("dependencies.") {
                found.entry(format!("{kind}dependencies")).or_default().push(name.to_owned());
            }
        } else if section.ends_with("dependencies") && !line.is_empty() && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            found.entry(section.clone()).or_default().push(name.trim_matches('"').to_owned());
        }
    }
    found
}

#[test]
fn every_member_of_the_workspace_is_a_known_room() {
    let manifest = read(&repository().join("Cargo.toml"));
    let members = manifest.lines().find(|line| line.starts_with("members = ")).expect("a workspace has members");
    let mut found: Vec<&str> = members.split('"').skip(1).step_by(2).collect();
    let mut known: Vec<&str> = ROOMS.iter().map(|(_, folder, _)| *folder).collect();
    found.sort_unstable();
    known.sort_unstable();
    assert_eq!(found, known);
    for (name, folder, _) in ROOMS {
        assert!(read(&repository().join(folder).join("Cargo.toml")).contains(&format!("name = \"{name}\"")), "{folder} is {name}");
    }
}

#[test]
fn edges_run_down_only() {
    for (room, folder, allowed) in ROOMS {
        let found = dependencies(folder);
        assert!(!found.is_empty(), "{folder}/Cargo.toml has no dependencies: are they still read?");
        for name in found.values().flatten().filter(|name| name.starts_with("tripath")) {
            assert!(allowed.contains(&name.as_str()), "{room} depends on {name}; it may depend on {allowed:?}");
        }
    }
}

#[test]
fn the_model_stands_on_little() {
    for (folder, allowed) in STANDS_ON {
        for name in &dependencies(folder)["dependencies"] {
            assert!(allowed.contains(&name.as_str()), "{folder} depends on {name}; it stands on {allowed:?}");
        }
    }
}

/// What production code of the model must not have, and what to do instead.
const BANNED: &[(&str, &str)] = &[
    ("std::fs", "the model knows no files"),
    ("std::time", "the model has no clock"),
    ("std::env", "the model has no environment"),
    ("std::net", "the model has no network"),
    ("std::process", "the model starts nothing"),
    ("println!", "the model prints nothing: record a row"),
    ("eprintln!", "the model prints nothing: record a row"),
    ("dbg!", "the model prints nothing: record a row"),
    ("HashMap", "its order differs from run to run: use a Vec or BTreeMap"),
    ("HashSet", "its order differs from run to run: use a Vec or BTreeSet"),
    ("thread::current", "no result depends on who ran"),
    ("current_num_threads", "chunks are a constant of the model"),
    ("par_iter_mut(", "loops go through `parallel`"),
    ("par_bridge(", "loops go through `parallel`"),
    ("unwrap()", "no panic on any input"),
    ("panic!", "no panic on any input"),
    ("todo!", "no panic on any input"),
    ("unreachable!", "no panic on any input"),
];

/// What only one file of the engine may have: the one door. The model goes through it.
const ONE_DOOR: &[(&str, &str)] = &[
    (".exp()", "math.rs"),
    (".exp2()", "math.rs"),
    (".exp_m1()", "math.rs"),
    (".ln()", "math.rs"),
    (".ln_1p()", "math.rs"),
    (".log2()", "math.rs"),
    (".log10()", "math.rs"),
    (".powf(", "math.rs"),
    (".powi(", "math.rs"),
    (".cbrt()", "math.rs"),
    (".sin()", "math.rs"),
    (".cos()", "math.rs"),
    (".tanh()", "math.rs"),
    (".mul_add(", "math.rs"),
    ("libm::", "math.rs"),
    ("rayon::", "parallel.rs"),
    ("into_par_iter(", "parallel.rs"),
    ("rand::", "random.rs"),
];

#[test]
fn the_model_depends_on_configuration_and_seed_alone() {
    let mut broken = Vec::new();
    for (room, least) in [("crates/model/src", 50), ("crates/engine/src", 8)] {
        let root = repository().join(room);
        let files = rust_files(&root);
        assert!(files.len() > least, "only {} files in {room}: are they still read?", files.len());
        for path in &files {
            let code = production_code(&read(path));
            let name = path.strip_prefix(&root).unwrap_or(path);
            for (line, text) in code.lines().enumerate() {
                for (word, reason) in BANNED.iter().filter(|(word, _)| text.contains(word)) {
                    broken.push(format!("{room}/{}:{}: {word}: {reason}", name.display(), line + 1));
                }
                let door = |door: &str| room == "crates/engine/src" && name == Path::new(door);
                for (word, only) in ONE_DOOR.iter().filter(|(word, only)| text.contains(word) && !door(only)) {
                    broken.push(format!("{room}/{}:{}: {word}: only crates/engine/src/{only} may", name.display(), line + 1));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// A balance is moved by the ledger alone: nobody else adds to or takes from a holder's cash.
#[test]
fn money_has_one_door() {
    let model = repository().join("crates/model/src");
    let mut broken = Vec::new();
    for path in rust_files(&model).iter().filter(|path| {
        !["state/accounts/ledger.rs", "state/accounts/batch.rs", "mechanisms/book_check.rs"].iter().any(|door| path.ends_with(door))
    }) {
        for (line, text) in production_code(&read(path)).lines().enumerate() {
            let moved = ["cash +=", "cash -=", "debt +=", "debt -="].iter().any(|word| text.contains(word));
            // Sums of the start, of a public fund share and of tables are named differently from a holder's own cash.
            if moved && !text.contains("_cash +=") && !text.contains("_debt +=") && !text.contains("micro.") {
                broken.push(format!("{}:{}: {}", path.display(), line + 1, text.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// What a draw is for has a number that is part of its address: two that share one would share their draws.
#[test]
fn every_stream_has_a_number_of_its_own() {
    let code = production_code(&read(&repository().join("crates/model/src/streams.rs")));
    let body = code.split("pub enum Draw {").nth(1).and_then(|rest| rest.split('}').next()).expect("there is an enum Draw");
    let mut numbers: Vec<u64> =
        body.split(',').filter_map(|variant| variant.split_once('=')).map(|(_, number)| number.trim().parse().expect("a number")).collect();
    let count = numbers.len();
    assert!(count >= 14, "only {count} streams: are they still read?");
    assert!(!numbers.contains(&1000), "seeds of replicates have 1000");
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), count);
}

/// Fields of structures, and types, that are arrays with a lane a row of a batch, with the number of their line.
fn lanes_by_hand(code: &str) -> Vec<(usize, String)> {
    let by_hand = |line: &str| {
        let lanes = line.contains("; BATCH]") || line.contains("; PLACES]");
        let visible = line.trim_start_matches("pub(super) ").trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        let name = |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        // Functions take references to lanes.
        let field = visible.split_once(": ").is_some_and(|(field, of)| name(field) && of.starts_with('[') && of.ends_with(','));
        lanes && (field || visible.starts_with("type "))
    };
    code.lines().enumerate().filter(|(_, line)| by_hand(line.trim())).map(|(at, line)| (at + 1, line.trim().to_owned())).collect()
}

/// A batch is declared once, by `batch!`: a structure with lanes of its own would list them again where it is made, gathered and written back.
#[test]
fn a_batch_is_declared_once() {
    // Projects are state: their blocks stay from tick to tick, and two of their fields have lanes that one stage or few look at.
    const STATE: (&str, usize) = ("state/technology/projects.rs", 2);
    let model = repository().join("crates/model/src");
    let (mut broken, mut declared) = (Vec::new(), 0);
    for path in rust_files(&model) {
        let code = production_code(&read(&path));
        declared += code.lines().filter(|line| line.trim() == "batch! {").count();
        let found = lanes_by_hand(&code);
        if !path.ends_with(STATE.0) {
            broken.extend(found.iter().map(|(line, text)| format!("{}:{line}: {text}: declare it with batch!", path.display())));
        } else if found.len() != STATE.1 {
            broken.push(format!("{}: {} fields with lanes beside batch!, and not {}", path.display(), found.len(), STATE.1));
        }
    }
    assert!(declared >= 10, "only {declared} batches: are they still read?");
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_reader_of_lanes_finds_them() {
    let code = "struct Sheet {\n    a: f64,\n    pub(super) b: [f64; BATCH],\n    c: [[u64; PLACES]; 3],\n}\ntype Field = [f64; BATCH];\n\
                fn f(\n    a: &[f64; BATCH],\n) {\n    let d = [0.0; BATCH];\n}\nbatch! {\n    struct Offers[BATCH] {\n        a: f64 = 0.0,\n    }\n}\n";
    assert_eq!(lanes_by_hand(code).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 6]);
}

/// Most lines of a function, from `fn` to its closing brace: what is longer does more than one thing.
const LONGEST: usize = 100;

/// Names of the functions of production code and their lines, from `fn` to the closing brace.
///
/// Code is as rustfmt leaves it: a function's closing brace stands alone, as far in as its first line. Those in macros are found as well, as these
/// are written like all code. Tests are left out, as [`production_code`] leaves them: a long list of cases is no long thought.
fn functions(code: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = code.lines().map(str::trim_end).collect();
    let mut found = Vec::new();
    for (first, line) in lines.iter().enumerate() {
        let start = line.trim_start();
        // Words that may stand before `fn`.
        let words = start.split(' ').take_while(|word| *word != "fn");
        let qualified =
            words.clone().all(|word| ["const", "unsafe", "async", "extern", "\"C\""].contains(&word) || word.starts_with("pub"));
        let Some(name) = start.split(' ').nth(words.count() + 1).filter(|_| qualified && start.split(' ').any(|word| word == "fn")) else {
            continue;
        };
        let name = name.split(['(', '<']).next().unwrap_or_default().to_owned();
        let close = format!("{}}}", &line[..line.len() - start.len()]);
        let body = lines[first..].iter().position(|line| *line == close);
        // One that begins and ends in a line, or is declared only, has no closing brace of its own.
        let ends_at_once = line.ends_with('}') || line.ends_with(';');
        found.push((name, if ends_at_once { 1 } else { body.map_or(1, |at| at + 1) }));
    }
    found
}

#[test]
fn no_function_is_long() {
    let mut broken = Vec::new();
    for (room, least) in [("crates/model/src", 500), ("crates/engine/src", 50)] {
        let root = repository().join(room);
        let mut seen = 0;
        for path in rust_files(&root) {
            for (name, lines) in functions(&production_code(&read(&path))) {
                seen += 1;
                if lines > LONGEST {
                    broken.push(format!("{}: {name} has {lines} lines: split it into its steps", path.display()));
                }
            }
        }
        assert!(seen > least, "only {seen} functions in {room}: are they still read?");
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_reader_of_functions_finds_long_ones() {
    let long = |lines: usize| format!("    #[inline]\n    pub(super) const fn long<T>(\n{}    }}\n", "        x;\n".repeat(lines - 2));
    let code = format!("fn short() {{}}\n\nimpl A {{\n{}\n    fn last(&self) -> u8 {{\n        1\n    }}\n}}\n", long(LONGEST + 1));
    let found = functions(&code);
    let expected = [("short", 1), ("long", LONGEST + 1), ("last", 3)].map(|(name, lines)| (name.to_owned(), lines));
    assert_eq!(found, expected);
}
