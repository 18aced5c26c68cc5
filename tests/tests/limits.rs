//! No end of the world by accident: what diverges ends by name, what cannot begin is refused, and nothing grows without bound.

use std::path::Path;

use tripath_experiments::configuration::{Source, load};
use tripath_experiments::run::RunError;
use tripath_experiments::summary::Summary;
use tripath_model::observe::{RecordPlan, Records};
use tripath_model::{ModelError, Simulation};
use tripath_outputs::Status;
use tripath_tests::binary::{complaint, run};
use tripath_tests::runs::{assert_same_tables, assert_whole_rows, manifest, resume, run_into};
use tripath_tests::worlds::{economy, rows_of};

/// A labour force that shrinks by 5 % a year leaves less than a thousandth of the economy within these years, whatever else happens.
const RUNAWAY: [&str; 4] = ["population.enterprises=40", "time.burn_in_years=2", "time.years=900", "labour.force_growth=-0.05"];

fn refusal(overrides: &[&str]) -> String {
    let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
    load(&Source::from_argument("baseline"), &overrides).expect_err("refused").to_string()
}

#[test]
fn a_run_that_diverges_ends_by_name_with_all_its_rows() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let configuration = economy("baseline", &RUNAWAY);
    let report = run_into(&first, &configuration).expect("to diverge is no failure of the program");
    assert_eq!(report.manifest.status, Status::Diverged);
    let found = manifest(&first);
    let divergence = found.diverged.clone().expect("tick, year and cause");
    assert_eq!(found.reason.as_ref(), Some(&divergence.cause));
    assert_eq!(found.ticks_done, divergence.tick + 1);
    assert!(divergence.cause.contains("bound") || divergence.cause.contains("no finite number"), "{}", divergence.cause);
    assert_whole_rows(&first, false);
    // The last row is that of the tick that broke the bound.
    let macro_rows = std::fs::read_to_string(first.join("macro.csv")).expect("a table");
    let last = macro_rows.lines().last().and_then(|line| line.split(',').next()).expect("a row");
    assert_eq!(last, (divergence.tick - found.ticks_burn_in).to_string());
    assert!(!first.join("checkpoint.bin").exists());

    let summary = Summary::of_folder(&first).expect("it can be read");
    assert!(summary.warnings[0].contains("the economy diverged in year") && summary.warnings[0].contains(&divergence.cause));
    let refused = resume(&first).expect_err("nothing follows");
    assert!(matches!(&refused, RunError::Diverged { .. }), "{refused}");
    assert!(refused.to_string().contains("and ended there"), "{refused}");
    run_into(&second, &configuration).expect("the same again");
    assert_same_tables(&second, &first, "a run that diverges, again");
}

#[test]
fn commands_say_that_a_run_diverged() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("run");
    let out = out.to_str().expect("a name");
    let mut arguments = vec!["run", "baseline", "--quiet", "--out", out];
    RUNAWAY.iter().for_each(|setting| arguments.extend(["--set", setting]));
    let output = run(&arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("the economy diverged at tick"), "{}", complaint(&output));
    let inspected = run(&["inspect", out]);
    assert!(inspected.status.success() && String::from_utf8_lossy(&inspected.stdout).contains(": diverged ("));
    let resumed = run(&["resume", out]);
    assert_eq!(resumed.status.code(), Some(1));
    assert!(complaint(&resumed).contains("it cannot be resumed"), "{}", complaint(&resumed));
    assert!(run(&["trace", out]).status.success());
    let validated = run(&["validate", out, "--facts", "A1"]);
    assert!(String::from_utf8_lossy(&validated.stdout).contains("(diverged: "));
}

#[test]
fn a_branch_that_diverges_is_told_and_the_others_are_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (past, out) = (folder.path().join("past"), folder.path().join("branches"));
    let names = [&past, &out].map(|path| path.to_str().expect("a name").to_owned());
    let settings = ["--set", "population.enterprises=40", "--set", "time.burn_in_years=2"];
    let stopped = run(&[&["run", "baseline", "--quiet", "--years", "900", "--until", "0", "--out", &names[0]], &settings[..]].concat());
    assert!(stopped.status.success(), "{}", complaint(&stopped));
    let branched = run(&["branch", &names[0], "--set", "labour.force_growth=-0.05", "--name", "shrinking", "--out", &names[1]]);
    assert_eq!(branched.status.code(), Some(1), "{}", complaint(&branched));
    assert!(complaint(&branched).contains("branch shrinking"), "{}", complaint(&branched));
    let record: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("branches.json")).expect("a record")).expect("JSON");
    let failed = record["failed"].as_array().expect("a list");
    assert!(failed.iter().any(|one| one["branch"] == "shrinking" && one["status"] == "diverged"), "{record:#}");
    assert_eq!(manifest(&out.join("shrinking")).status, Status::Diverged);
    assert!(out.join("responses.csv").exists());
}

/// A sweep of two points of which the second diverges.
fn sweep(folder: &Path, threads: &str) -> (String, String) {
    let design = folder.join("design.toml");
    let text = "extends = \"baseline\"\nname = \"limits\"\nkeep = [\"macro\"]\n[constants]\npopulation.enterprises = 40\ntime.burn_in_years = 2\n\
                time.years = 900\n[points]\nkind = \"grid\"\n[points.parameters]\nlabour.force_growth = [-0.05, -0.04]\n\
                [replicates]\ncount = 2\n[metrics]\ngrowth = \"macro.output_real: growth\"\n";
    std::fs::write(&design, text).expect("a writable folder");
    let (design, out) = (design.to_str().expect("a name").to_owned(), folder.join("sweep"));
    let out_name = out.to_str().expect("a name");
    let output = run(&["sweep", "run", &design, "--out", out_name, "--threads", threads, "--quiet"]);
    assert_eq!(output.status.code(), Some(1), "{}", complaint(&output));
    let status = run(&["sweep", "status", out_name]);
    let said = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(said.contains("diverged    4") && said.contains("failed      0"), "{said}");
    let read = |name: &str| std::fs::read_to_string(out.join(name)).expect("a table");
    let runs = read("runs.csv");
    let id = runs.lines().nth(1).and_then(|line| line.split(',').next()).expect("a run").to_owned();
    let again = folder.join("again");
    let replayed = run(&["replay", &id, "--sweep", out_name, "--out", again.to_str().expect("a name"), "--quiet"]);
    assert_eq!(replayed.status.code(), Some(1), "{}", complaint(&replayed));
    assert!(complaint(&replayed).contains("the economy diverged"), "{}", complaint(&replayed));
    assert!(again.join("macro.csv").exists());
    // Nothing is done twice: a run that diverged is done.
    let more = run(&["sweep", "run", &design, "--out", out_name, "--threads", threads]);
    assert!(String::from_utf8_lossy(&more.stdout).contains("0 of them now"), "{}", String::from_utf8_lossy(&more.stdout));
    (runs, read("points.csv"))
}

#[test]
fn a_point_that_diverges_is_a_row_the_same_with_any_number_of_threads() {
    let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (runs, points) = sweep(one.path(), "1");
    assert_eq!((&runs, &points), (&sweep(two.path(), "2").0, &sweep(tempfile::tempdir().expect("a folder").path(), "2").1));
    let rows: Vec<&str> = runs.lines().skip(1).collect();
    assert!(rows.len() == 4 && rows.iter().all(|row| row.contains(",,diverged,") && row.contains("tick ")), "{runs}");
    assert!(points.lines().next().is_some_and(|head| head.contains(",replicates,complete,diverged,stopped,")), "{points}");
    assert!(points.lines().skip(1).all(|row| row.contains(",2,0,2,fixed,")), "{points}");
}

#[test]
fn no_tick_makes_more_enterprises_than_the_bound() {
    // Services of think tanks multiply entry by hundreds.
    let settings = [
        "population.enterprises=50",
        "time.burn_in_years=0",
        "time.years=10",
        "population.entry_rate=0.5",
        "think_tanks.attraction_gain=5",
        "think_tanks.public_contract_share=0.05",
        "think_tanks.staff=50",
    ];
    let configuration = economy("baseline", &settings);
    let plan = RecordPlan::only(["macro"]).expect("a table");
    let mut world = Simulation::new(configuration.parameters, configuration.drivers, 1, plan).expect("it begins");
    let mut ended = Ok(());
    while ended.is_ok() && !world.finished() {
        ended = world.tick();
    }
    assert!(matches!(ended, Ok(()) | Err(ModelError::Diverged { .. })), "{ended:?}");
    let rows = std::mem::take(&mut world.records().macro_economy);
    assert!(rows.iter().all(|row| row.enterprise_count <= 20 * 53), "{:?}", rows.iter().map(|row| row.enterprise_count).max());
}

#[test]
fn fewer_people_in_think_tanks_serve_less() {
    let entrants = |staff: &str| {
        let settings = ["population.enterprises=400", "time.burn_in_years=0", "time.years=1", &format!("think_tanks.staff={staff}")];
        let Records { macro_economy, .. } = rows_of(&economy("baseline", &settings), 1, &["macro"]);
        macro_economy.iter().map(|row| row.entry_count).sum::<u64>()
    };
    let (none, few, normal, many) = (entrants("0"), entrants("0.0001"), entrants("1.5"), entrants("50"));
    assert!(none <= normal && few <= normal && normal < many, "{none} {few} {normal} {many}");
}

#[test]
fn a_configuration_without_a_start_is_refused() {
    let wages = refusal(&["sectors.traditional.capital_output=20", "sectors.traditional.export_share=0.95"]);
    assert!(wages.contains("`sectors.traditional.capital_output` leaves nothing for wages at the start"), "{wages}");
    let demand = refusal(&["sectors.traditional.export_share=0.95"]);
    assert!(demand.contains("gives an economy without a start"), "{demand}");
    let worn = refusal(&["production.depreciation=0.15", "pricing.required_return=0.3"]);
    assert!(worn.contains("depreciation and return on capital"), "{worn}");
}

/// `baseline` with events: name, year, path, value.
fn with_events(events: &[(&str, f64, &str, f64)]) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("events.toml");
    let event = |(name, year, path, value): &(&str, f64, &str, f64)| {
        format!("[events.{name}]\nyear = {year:?}\npath = \"{path}\"\nvalue = {value:?}\n")
    };
    let text: String = events.iter().map(event).collect();
    std::fs::write(&file, format!("extends = \"baseline\"\n{text}")).expect("a writable folder");
    load(&Source::File(file), &[]).map(|_| ()).map_err(|error| error.to_string())
}

#[test]
fn events_that_break_a_rule_across_fields_are_refused_by_name() {
    let floor = with_events(&[("dear", 1.0, "pricing.floor", 1.0)]).expect_err("a floor above the ceiling");
    assert!(floor.contains("`events.dear` sets `pricing.floor` to 1.0 in year 1; then `pricing.normal_markup` is"), "{floor}");
    let share = with_events(&[("move", 1.0, "regions.capital.population_share", 1.0)]).expect_err("more people than there are");
    assert!(share.contains("`events.move`") && share.contains("it must sum to 1"), "{share}");
    // In the order of time: first room, then the floor.
    let order = |first, second| with_events(&[("floor", second, "pricing.floor", 0.3), ("markup", first, "pricing.normal_markup", 0.4)]);
    assert_eq!(order(1.0, 2.0), Ok(()));
    assert!(order(2.0, 1.0).is_err_and(|error| error.contains("`events.floor` sets")));
    // What moves in one tick moves together; what lies beyond the run is never set.
    assert_eq!(order(1.0, 1.0), Ok(()));
    assert_eq!(with_events(&[("late", 900.0, "pricing.floor", 1.0)]), Ok(()));
}

#[test]
fn ten_thousand_years_can_be_asked_for() {
    let settings = ["population.enterprises=20", "time.years=10000", "time.burn_in_years=5"];
    let configuration = economy("baseline", &settings);
    let plan = RecordPlan::only(["macro", "events"]).expect("tables");
    let mut world = Simulation::new(configuration.parameters, configuration.drivers, 1, plan).expect("it begins");
    let mut ended = Ok(());
    while ended.is_ok() && !world.finished() {
        ended = world.tick();
        let _ = world.records().take(|_, _| Ok::<(), ()>(()));
    }
    assert!(matches!(ended, Ok(()) | Err(ModelError::Diverged { .. })), "{ended:?}");
}
