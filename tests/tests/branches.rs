//! Many futures of one past: a branch without any change goes on to the bytes of the run itself, a changed one is the run that its
//! own configuration gives from the start, and responses are differences on the same draws.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use tripath_experiments::branch::{Branch, BranchOptions, BranchReport, RESPONSES_FILE, SUMMARY_FILE, branch};
use tripath_experiments::configuration::{Configuration, Source, load};
use tripath_experiments::run::CHECKPOINT_FILE;
use tripath_model::Model;
use tripath_outputs::Program;
use tripath_tests::binary::{refuses, run};
use tripath_tests::runs::{assert_same_tables, resume, run_and_stop, run_into, session, small_economy};

/// Ticks of the burn-in of [`small_economy`].
const BURN_IN: u32 = 8;

fn options(checkpoint: &Path, out: PathBuf, branches: Vec<Branch>) -> BranchOptions {
    BranchOptions {
        checkpoints: vec![checkpoint.to_owned()],
        branches,
        years: None,
        replicates: 1,
        variables: Vec::new(),
        band: 0.9,
        keep_runs: true,
        out,
        overwrite: false,
        threads: 2,
        program: session(1).program,
        model: Model::standard(),
    }
}

fn one(name: &str, settings: &[&str], events: &[&str]) -> Branch {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    Branch { name: name.to_owned(), settings: texts(settings), events: texts(events), file: None }
}

fn done(options: &BranchOptions) -> BranchReport {
    let report = branch(options, &|_, _| {}, &AtomicBool::new(false)).unwrap_or_else(|error| panic!("{error}"));
    assert!(!report.interrupted && report.failed.is_empty(), "{report:?}");
    report
}

/// The small economy, stopped after some ticks.
fn stopped(folder: &Path, ticks: u32) -> Configuration {
    let configuration = small_economy();
    run_and_stop(folder, &configuration, ticks).expect("the run stops");
    configuration
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

#[test]
fn without_any_change_a_branch_goes_on_to_the_bytes_of_the_resumed_run() {
    for ticks in [BURN_IN - 3, BURN_IN, BURN_IN + 10] {
        let work = tempfile::tempdir().expect("a temporary folder");
        let folder = work.path().join("run");
        stopped(&folder, ticks);
        let options = options(&folder, work.path().join("branches"), vec![one("same", &[], &[])]);
        done(&options);
        resume(&folder).expect("the run goes on");
        for name in ["baseline", "same"] {
            assert_same_tables(&options.out.join(name), &folder, &format!("{name} after {ticks} ticks"));
        }
        let responses = rows(&options.out.join(RESPONSES_FILE));
        assert!(responses.len() > 100 && responses.iter().all(|row| row["response"].is_empty() || number(row, "response") == 0.0));
    }
}

#[test]
fn a_changed_branch_is_the_run_that_its_own_configuration_gives_from_the_start() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("run");
    stopped(&folder, BURN_IN + 6);
    let file = work.path().join("slump.toml");
    std::fs::write(&file, "[labour]\nunemployment_sensitivity = 0.5\n[events.late]\nyear = 3\naction = \"embargo\"\nvalue = 0.5\n")
        .expect("a file");
    let branches = vec![
        one(
            "policy",
            &[
                "government.rd_credit_rate=0.3",
                "sectors.traditional.inputs={ traditional = 0.20, solar = 0.02, semiconductors = 0.02, energy_storage = 0.01, software = 0.05 }",
            ],
            &["slump={action=\"demand_shock\", value=-0.1, years=2}"],
        ),
        Branch { file: Some(file), ..one("from-file", &[], &[]) },
    ];
    let mut options = options(&folder, work.path().join("branches"), branches);
    options.years = None;
    done(&options);
    for name in ["policy", "from-file"] {
        let branched = options.out.join(name);
        let configuration = load(&Source::File(branched.join("config.toml")), &[]).expect("its configuration is whole");
        let scratch = work.path().join(format!("{name}-from-the-start"));
        run_into(&scratch, &configuration).expect("it runs");
        assert_same_tables(&branched, &scratch, name);
        let before = std::fs::read(branched.join("macro.csv")).expect("a table");
        assert!(before != std::fs::read(options.out.join("baseline/macro.csv")).expect("a table"), "{name} changes nothing");
    }
}

#[test]
fn a_fall_of_demand_lowers_output_and_employment_at_once_and_nothing_before() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("run");
    stopped(&folder, BURN_IN);
    let mut options = options(
        &folder,
        work.path().join("branches"),
        vec![one("slump", &[], &["slump={year=1.0, action=\"demand_shock\", value=-0.4, years=2}"])],
    );
    options.replicates = 3;
    done(&options);
    let responses = rows(&options.out.join(RESPONSES_FILE));
    let of = |variable: &str, tick: &str| -> Vec<f64> {
        responses
            .iter()
            .filter(|row| row["variable"] == variable && row["tick"] == tick)
            .map(|row| number(row, "relative_response"))
            .collect()
    };
    for variable in ["output_real", "consumption", "employment"] {
        assert!(of(variable, "3").iter().all(|response| *response == 0.0), "{variable} moves before the event");
        let hit = of(variable, "4");
        assert!(hit.len() == 3 && hit.iter().all(|response| *response < -0.005), "{variable}: {hit:?}");
    }
    // The same rows as the run of the baseline, to the last digit.
    let macro_rows = rows(&options.out.join("baseline/macro.csv"));
    for row in responses.iter().filter(|row| row["replicate"] == "0" && row["variable"] == "output_real") {
        let in_run = macro_rows.iter().find(|other| other["tick"] == row["tick"]).expect("a tick of the run");
        assert_eq!(row["baseline"], in_run["output_real"]);
    }
}

#[test]
fn replicates_share_a_past_and_draw_their_own_future_and_the_summary_is_theirs() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("run");
    stopped(&folder, BURN_IN + 4);
    let change = || vec![one("credit", &["government.rd_credit_rate=0.4"], &[])];
    let mut options = options(&folder, work.path().join("two"), change());
    options.replicates = 5;
    options.keep_runs = false;
    options.years = Some(3);
    options.variables = vec!["output_real".to_owned(), "rd".to_owned()];
    done(&options);
    let two = std::fs::read(options.out.join(RESPONSES_FILE)).expect("a table");
    options.out = work.path().join("one");
    options.threads = 1;
    done(&options);
    assert!(two == std::fs::read(options.out.join(RESPONSES_FILE)).expect("a table"), "responses differ by the number of threads");
    assert!(!options.out.join("baseline").exists(), "a run was written though none was asked for");

    let responses = rows(&options.out.join(RESPONSES_FILE));
    assert_eq!(responses.len(), 5 * 12 * 2);
    let last: Vec<_> = responses.iter().filter(|row| row["tick"] == "15" && row["variable"] == "rd").collect();
    let mut seeds: Vec<&str> = last.iter().map(|row| row["seed"].as_str()).collect();
    assert_eq!(seeds[0], "1", "the first replicate keeps the seed");
    let mut baselines: Vec<&str> = last.iter().map(|row| row["baseline"].as_str()).collect();
    for distinct in [&mut seeds, &mut baselines] {
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), 5);
    }
    for row in &responses {
        let (baseline, branched) = (number(row, "baseline"), number(row, "branched"));
        assert_eq!(number(row, "response"), branched - baseline);
        assert_eq!(number(row, "relative_response"), branched / baseline - 1.0);
    }
    let mut values: Vec<f64> = last.iter().map(|row| number(row, "response")).collect();
    let mean = values.iter().sum::<f64>() / 5.0;
    values.sort_by(f64::total_cmp);
    let summary = rows(&options.out.join(SUMMARY_FILE));
    let summary = summary.iter().find(|row| row["tick"] == "15" && row["variable"] == "rd").expect("a summary");
    assert_eq!(summary["replicate_count"], "5");
    assert!((number(summary, "response_mean") - mean).abs() <= 1e-12 * mean.abs().max(1.0));
    // Quantiles 0.05 and 0.95 of five numbers lie a fifth of the way from the ends.
    assert!((number(summary, "response_lower") - (values[0] + 0.2 * (values[1] - values[0]))).abs() < 1e-9);
    assert!((number(summary, "response_upper") - (values[4] - 0.2 * (values[4] - values[3]))).abs() < 1e-9);
    assert_eq!(number(summary, "response_median"), values[2]);
}

#[test]
fn checkpoints_of_several_seeds_are_replicates_with_pasts_of_their_own() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let mut checkpoints = Vec::new();
    for seed in [1, 2, 3] {
        let folder = work.path().join(format!("seed{seed}"));
        run_and_stop(&folder, &Configuration { seed, ..small_economy() }, BURN_IN).expect("the run stops");
        checkpoints.push(folder);
    }
    let mut options = options(&checkpoints[0], work.path().join("branches"), vec![one("credit", &["government.rd_credit_rate=0.4"], &[])]);
    options.checkpoints = checkpoints.clone();
    done(&options);
    let responses = rows(&options.out.join(RESPONSES_FILE));
    let mut seeds: Vec<&str> = responses.iter().map(|row| row["burn_in_seed"].as_str()).collect();
    seeds.dedup();
    assert_eq!(seeds, ["1", "2", "3"]);
    assert!(options.out.join("credit-seed3/macro.csv").exists());

    options.checkpoints = vec![checkpoints[0].clone(), checkpoints[0].clone()];
    options.out = work.path().join("twice");
    let refused = branch(&options, &|_, _| {}, &AtomicBool::new(false)).expect_err("one seed twice is no second replicate");
    assert!(refused.to_string().contains("one seed"), "{refused}");
}

#[test]
fn checkpoints_that_cannot_be_used_are_refused_with_the_reason() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let folder = work.path().join("run");
    stopped(&folder, BURN_IN);
    let refused = |options: &BranchOptions| {
        let error = branch(options, &|_, _| {}, &AtomicBool::new(false)).expect_err("it is refused");
        assert!(!options.out.exists(), "a refused branch leaves a folder");
        error.to_string()
    };
    let mut other = options(&folder, work.path().join("branches"), Vec::new());
    other.program = Program { version: "0.0.9".to_owned(), ..other.program };
    let said = refused(&other);
    assert!(said.contains("tripath test") && said.contains("0.0.9"), "{said}");

    let cut = work.path().join("cut.bin");
    let bytes = std::fs::read(folder.join(CHECKPOINT_FILE)).expect("a checkpoint");
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).expect("a file");
    let said = refused(&options(&cut, work.path().join("branches"), Vec::new()));
    assert!(said.contains("damaged"), "{said}");
    let said = refused(&options(work.path(), work.path().join("branches"), Vec::new()));
    assert!(said.contains("holds no checkpoint"), "{said}");

    // A copy of the file alone is enough while nothing was recorded.
    let alone = work.path().join("alone.bin");
    std::fs::write(&alone, &bytes).expect("a file");
    done(&options(&alone, work.path().join("alone"), Vec::new()));
    resume(&folder).expect("the run goes on");
    assert_same_tables(&work.path().join("alone/baseline"), &folder, "a copy of the checkpoint");
}

#[test]
fn what_cannot_change_after_the_start_is_refused_with_place_and_hint() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let text = |path: &Path| path.to_str().expect("a plain name").to_owned();
    let folder = text(&work.path().join("run"));
    let stopped = run(&[
        "run",
        "baseline",
        "--set",
        "population.enterprises=60",
        "--set",
        "time.burn_in_years=2",
        "--years",
        "4",
        "--until",
        "1",
        "--quiet",
        "--out",
        &folder,
    ]);
    assert!(stopped.status.success(), "{}", tripath_tests::binary::complaint(&stopped));
    let out = text(&work.path().join("branches"));
    let refused = |arguments: &[&str], words: &[&str]| {
        let all: Vec<&str> = ["branch", folder.as_str(), "--out", &out].into_iter().chain(arguments.iter().copied()).collect();
        refuses(&all, words);
        assert!(!Path::new(&out).exists(), "{arguments:?} leaves a folder");
    };
    refused(&["--set", "population.enterprises=70"], &["`population.enterprises` cannot change after the start of a world", "--until"]);
    refused(&["--set", "time.burn_in_years=3"], &["`time.burn_in_years` cannot change"]);
    refused(&["--set", "think_tanks.quality=0.9"], &["`think_tanks.quality` cannot change", "shapes the world at its start"]);
    refused(&["--set", "sectors.solar.export_share=0.2"], &["`sectors.solar.export_share` cannot change"]);
    refused(&["--set", "sectors.solar.quality_gap=0.1"], &["the gap at year 0, which has passed"]);
    refused(&["--set", "time.years=9"], &["--years"]);
    refused(&["--set", "seed=9"], &["the seed is that of the burn-in", "--replicates"]);
    refused(&["--set", "outputs.tables=[\"macro\"]"], &["what is recorded"]);
    refused(&["--set", "government.rd_credit_rat=0.1"], &["did you mean `rd_credit_rate`"]);
    refused(&["--set", "government.rd_credit_rate=7"], &["government.rd_credit_rate", "7", "allowed"]);
    refused(&["--event", "past={year=0.5, action=\"demand_shock\", value=-0.1}"], &["`past` is of year 0.5", "year 1"]);
    refused(&["--event", "slump"], &["NAME={…}"]);
    refused(&["--event", "slump={action=\"demand_shok\"}"], &["demand_shock"]);
    refused(&["--branch", "credit"], &["NAME=FILE"]);
    refused(&["--branch", "baseline=a.toml"], &["two branches of the name `baseline`"]);
    refused(&["--variables", "output_rael"], &["did you mean `output_real`"]);
    refused(&["--replicates", "0"], &["replicates is 0"]);
    refused(&["--band", "1.5"], &["the band is 1.5"]);
    refused(&["--years", "0"], &["nothing is left to run"]);
    let file = work.path().join("sector.toml");
    std::fs::write(&file, "[sectors.new]\nenterprise_share = 0.1\n").expect("a file");
    refused(&["--branch", &format!("wider={}", text(&file))], &["sectors.new"]);

    let foreign = work.path().join("foreign");
    std::fs::create_dir(&foreign).expect("a folder");
    std::fs::write(foreign.join("thesis.tex"), "all of it").expect("a file");
    refuses(&["branch", &folder, "--out", &text(&foreign), "--overwrite"], &["holds no branches of tripath"]);
    assert!(foreign.join("thesis.tex").exists());
    let taken = text(&work.path().join("taken"));
    assert!(run(&["branch", &folder, "--out", &taken, "--quiet"]).status.success());
    refuses(&["branch", &folder, "--out", &taken], &["already holds branches", "--overwrite"]);
    assert!(run(&["branch", &folder, "--out", &taken, "--quiet", "--overwrite"]).status.success());
}
