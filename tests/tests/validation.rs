//! `tripath validate` and `tripath trace` say what tables show, and nothing that they do not show.

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tripath_experiments::evidence::Seeds;
use tripath_experiments::validation::{FactResult, Validation, Verdict, facts_named, judge, measure_folders};
use tripath_tests::binary::{complaint, refuses, run};
use tripath_tests::tables_by_hand::{cell, run_folder, table};

fn work() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

fn validated(folders: &[PathBuf], facts: &[&str]) -> Validation {
    let facts = facts_named(&facts.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()).expect("these facts exist");
    judge(&facts, &measure_folders(folders, &facts, None, 1, &|_, _| ()).expect("the folders hold runs"))
}

fn one(folder: &Path, fact: &str) -> FactResult {
    validated(&[folder.to_owned()], &[fact]).groups.remove(0).facts.remove(0)
}

fn value(fact: &FactResult, part: usize) -> f64 {
    fact.parts[part].mean.unwrap_or(f64::NAN)
}

fn close(found: f64, expected: f64, within: f64) -> bool {
    (found - expected).abs() <= within
}

const PANEL: [&str; 12] = [
    "tick",
    "year",
    "enterprise",
    "sector",
    "birth_year",
    "employment",
    "capital",
    "sales_annual",
    "value_added_annual",
    "investment_annual",
    "profit_annual",
    "subsidies_annual",
];

/// 2,000 enterprises over three years. Employment is Pareto with exponent 1.1; sales grow by Laplace steps; one in five
/// invests 0.4 of its capital, the others 0.1.
fn panel(folder: &Path) {
    let inverse = |u: f64| if u < 0.5 { (2.0 * u).ln() } else { -(2.0 * (1.0 - u)).ln() };
    let rows = (0..3).flat_map(move |tick| {
        (0..2000).map(move |id| {
            let u = (f64::from(id) + 0.5) / 2000.0;
            // A step of 7 is coprime to 2,000: each year has all quantiles, in another order.
            let growth = |year: i32| 0.1 * inverse((f64::from((id * 7 + year * 331) % 2000) + 0.5) / 2000.0);
            let sales: f64 = (1..=tick).map(growth).sum::<f64>().exp();
            let invested = if id % 5 == 0 { 40.0 } else { 10.0 };
            [
                cell(tick),
                cell(tick + 1),
                cell(id + 1),
                cell("s"),
                cell(-9),
                cell((1.0 - u).powf(-1.0 / 1.1)),
                cell(100),
                cell(sales),
                // From 1 to 3 times employment.
                cell((1.0 - u).powf(-1.0 / 1.1) * (1.0 + 2.0 * f64::from((id * 7) % 2000) / 1999.0)),
                cell(invested),
                cell(1),
                cell(0),
            ]
        })
    });
    table(folder, "enterprises", PANEL, rows);
}

#[test]
fn tail_tent_dispersion_and_lumps_of_a_panel_made_by_hand() {
    let work = work();
    run_folder(work.path(), "baseline", 1, "");
    panel(work.path());
    let tail = one(work.path(), "A1");
    assert!(close(value(&tail, 0), 1.1, 0.03) && tail.verdict == Verdict::InTarget, "{tail:?}");
    let tent = one(work.path(), "A2");
    assert!(close(value(&tent, 0), 1.0, 0.05) && tent.verdict == Verdict::InTarget, "{tent:?}");
    // p10 is 1.2, p90 is 2.8.
    assert!(close(value(&one(work.path(), "A3"), 0), 2.8 / 1.2, 0.01));
    let jobs = one(work.path(), "A5");
    assert_eq!((value(&jobs, 0), value(&jobs, 1), jobs.verdict), (0.0, 0.0, Verdict::Missed));
    // A fifth of 0.4 is half of all: 0.08 of 0.16.
    let lumps = one(work.path(), "A6");
    assert!(close(value(&lumps, 0), 0.2, 1e-12) && close(value(&lumps, 1), 0.5, 1e-12), "{lumps:?}");
}

#[test]
fn jobs_of_entrants_leavers_and_stayers_by_hand() {
    let work = work();
    run_folder(work.path(), "baseline", 1, "");
    // 10 + 10 jobs, then 15 (grown) + 5 (new), one of 10 closed: created 5 + 5, destroyed 10, of 20.
    let row = |tick: i32, id: i32, jobs: f64| {
        [cell(tick), cell(tick + 1), cell(id), cell("s"), cell(0), cell(jobs)].into_iter().chain((0..6).map(|_| cell(1)))
    };
    let rows = [row(0, 1, 10.0), row(0, 2, 10.0), row(1, 1, 15.0), row(1, 3, 5.0)].map(|row| {
        let cells: Vec<String> = row.collect();
        <[String; 12]>::try_from(cells).expect("twelve cells")
    });
    table(work.path(), "enterprises", PANEL, rows);
    let jobs = one(work.path(), "A5");
    assert_eq!((value(&jobs, 0), value(&jobs, 1)), (0.5, 0.5));
}

#[test]
fn growth_and_exit_by_age_by_hand() {
    let work = work();
    run_folder(work.path(), "baseline", 1, "");
    // Of ten that are two years old half leave and the others grow by 0.2; those of sixteen years all stay and grow by 0.1.
    let row =
        |tick: i32, id: i32, jobs: f64| [cell(tick), cell(tick + 1), cell(id), cell("s"), cell(if id < 10 { -1 } else { -15 }), cell(jobs)];
    let first = (0..20).map(|id| row(0, id, 4.0));
    let second = (5..20).map(|id| row(1, id, 4.0 * if id < 10 { 0.2f64 } else { 0.1 }.exp()));
    let columns = ["tick", "year", "enterprise", "sector", "birth_year", "employment"];
    table(work.path(), "enterprises", columns, first.chain(second));
    let growth = one(work.path(), "A19");
    let span = 8f64.ln();
    assert!(close(value(&growth, 2), -0.1 / span, 1e-12) && close(value(&growth, 3), -0.1 / span, 1e-12), "{growth:?}");
    assert!(close(value(&growth, 4), -0.5 / span, 1e-12) && (value(&growth, 5), value(&growth, 6)) == (0.5, 0.0), "{growth:?}");
    assert_eq!((growth.verdict, growth.parts[0].mean), (Verdict::NotMeasurable, None), "twenty are too few for a spread by size");
}

#[test]
fn where_growth_comes_from_is_told_without_a_counterpart() {
    let work = work();
    run_folder(work.path(), "us-like", 1, "[technology]\nquality_in_output = 0.5\n");
    let years = 0..21;
    let output = years.clone().map(|year| [cell(year), cell(year + 1), cell((0.02 * f64::from(year)).exp()), cell(1)]);
    table(work.path(), "macro", ["tick", "year", "output_real_adjusted", "labour_force"], output);
    let growth = years.clone().flat_map(|year| [[cell(year), cell("process"), cell(0.01)], [cell(year), cell("diffusion"), cell(0.03)]]);
    table(work.path(), "growth", ["tick", "channel", "growth"], growth);
    // Half of a gain in quality of 0.04 a year counts. The tenth of ten is half a log point behind, and another one after five years.
    let sectors = years.clone().map(|year| [cell(year), cell("s"), cell(1), cell(0.04 * f64::from(year))]);
    table(work.path(), "sectors", ["tick", "sector", "price", "quality"], sectors);
    let rows = years.flat_map(|year| {
        (0..10).map(move |id| {
            let (id, sales) = if id < 9 { (id, 1.0) } else { (100 + year / 5, (-0.5f64).exp()) };
            [cell(year), cell(year + 1), cell(id), cell("s"), cell(-9), cell(1), cell(sales)]
        })
    });
    table(work.path(), "enterprises", ["tick", "year", "enterprise", "sector", "birth_year", "employment", "sales"], rows);
    let found = one(work.path(), "A21");
    // Of 0.1 in five years: 0.9 × 0.1 within; in comes 0.1 × (−0.4 + 0.05), out goes 0.1 × (−0.5 + 0.05).
    let expected = [0.02, 0.25, 0.9, 0.0, 0.0, -0.35, 0.45, 0.1];
    assert!(expected.iter().enumerate().all(|(part, share)| close(value(&found, part), *share, 1e-9)), "{found:?}");
    assert_eq!((found.parts[8].mean, found.parts[8].in_target, found.verdict), (None, None, Verdict::Missed));
    assert!(found.reason.as_deref().is_some_and(|reason| reason.starts_with("needs a pair")), "{found:?}");
}

#[test]
fn what_is_not_written_is_told_and_never_passes() {
    let work = work();
    run_folder(work.path(), "baseline", 1, "");
    let tail = one(work.path(), "A1");
    assert_eq!((tail.verdict, tail.reason.as_deref()), (Verdict::NotMeasurable, Some("table enterprises missing")));
    table(work.path(), "macro", ["tick", "enterprise_count"], [[cell(0), cell(5)]]);
    let turnover = one(work.path(), "A4");
    assert_eq!((turnover.verdict, turnover.reason.as_deref()), (Verdict::NotMeasurable, Some("column macro.entry_count missing")));
    assert_eq!(one(work.path(), "A13").verdict, Verdict::NotJudged);
    assert_eq!(one(work.path(), "C5").verdict, Verdict::NotApplicable);
    let output = run(&["validate", text(work.path()), "--facts", "A1", "--out", text(&work.path().join("out.csv"))]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("table enterprises missing") && said.contains("Gate A: NOT passed: A1"), "{said}");
}

#[test]
fn levels_of_the_economy_by_hand() {
    let work = work();
    run_folder(work.path(), "us-like", 1, "");
    let columns =
        ["tick", "year", "output_nominal", "output_real", "rd", "entry_count", "exit_count", "enterprise_count", "ledger_residual"];
    // Growth of 2 and 4 % in turn, R&D 3 % of output, ten entrants and nine exits of a hundred.
    let mut real: f64 = 100.0;
    let rows = (0..21).map(|year| {
        real *= if year % 2 == 0 { 0.02f64 } else { 0.04 }.exp();
        [cell(year), cell(year + 1), cell(200), cell(real), cell(6), cell(10), cell(9), cell(100), cell(1e-15)]
    });
    table(work.path(), "macro", columns, rows.collect::<Vec<_>>());
    let growth = one(work.path(), "A8");
    assert!(close(value(&growth, 0), 0.03, 1e-12) && close(value(&growth, 1), 0.01 * (20.0f64 / 19.0).sqrt(), 1e-12));
    assert_eq!(growth.verdict, Verdict::InTarget);
    let research = one(work.path(), "A9");
    assert!((0..3).all(|part| close(value(&research, part), 0.03, 1e-12)) && close(value(&research, 3), 0.0, 1e-12), "{research:?}");
    let turnover = one(work.path(), "A4");
    assert!(close(value(&turnover, 0), 0.1, 1e-12) && close(value(&turnover, 1), 0.09, 1e-12));
    assert_eq!(one(work.path(), "A10").verdict, Verdict::InTarget);
}

#[test]
fn holdings_rounds_and_listings_by_hand() {
    let work = work();
    run_folder(work.path(), "us-like", 1, "");
    table(work.path(), "macro", ["tick", "year", "enterprise_count"], (0..20).map(|year| [cell(year), cell(year + 1), cell(100)]));
    let columns = ["year", "kind", "round", "enterprise", "amount", "multiple", "route"];
    let deal =
        |words: &str| <[String; 7]>::try_from(words.split(' ').map(|word| word.replace('-', "")).collect::<Vec<_>>()).expect("seven");
    // Ten exits: six below 1, one of 10 with 81 of 90. Four seeded in time: two with a second round, one with four; one too late.
    let mut rows: Vec<[String; 7]> = (0..6).map(|_| deal("9 exit seed 1 1 0.5 write_off")).collect();
    rows.extend((0..2).map(|_| deal("9 exit seed 1 1 2.0 corporate_sale")));
    rows.push(deal("9 exit seed 1 1 2.0 secondary"));
    rows.push(deal("9 exit seed 1 81 10.0 listing"));
    for (enterprise, rounds) in [(1, &["seed"][..]), (2, &["seed"]), (3, &["seed", "a"]), (4, &["seed", "a", "b", "c"])] {
        rows.extend(rounds.iter().map(|round| deal(&format!("5 round {round} {enterprise} 1 - -"))));
    }
    rows.push(deal("19 round seed 5 1 - -"));
    table(work.path(), "deals", columns, rows);
    assert_eq!(value(&one(work.path(), "B1"), 0), 0.6);
    let winners = one(work.path(), "B2");
    assert_eq!((value(&winners, 0), value(&winners, 1)), (0.1, 0.9));
    let funnel = one(work.path(), "B3");
    assert_eq!((value(&funnel, 0), value(&funnel, 1)), (0.5, 0.25));
    let mix = one(work.path(), "B7");
    assert_eq!([0, 1, 2, 3].map(|part| value(&mix, part)), [0.1, 0.2, 0.1, 0.6]);
    assert!(close(value(&mix, 4), 1.0 / 3.0, 1e-12), "a secondary is no merger: {mix:?}");
    let columns = ["tick", "regime", "first_day_return", "venture_backed", "age"];
    let listing = |tick: i32, back: f64, backed: bool| {
        [cell(tick), cell("registration"), cell(back), cell(backed), cell(if backed { 7 } else { 20 })]
    };
    table(work.path(), "listings", columns, [listing(0, 0.1, true), listing(0, 0.2, false)]);
    assert!(close(value(&one(work.path(), "B4"), 0), 0.15, 1e-12));
    // Two in the first of twenty years: mean 0.1, standard deviation √(0.2).
    let listings = one(work.path(), "B6");
    assert!(close(value(&listings, 0), 0.001, 1e-12) && close(value(&listings, 1), 0.2f64.sqrt() / 0.1, 1e-9), "{listings:?}");
    let ages = one(work.path(), "B9");
    assert_eq!((value(&ages, 0), value(&ages, 1), ages.verdict), (7.0, 20.0, Verdict::InTarget));
}

#[test]
fn first_day_returns_are_compared_with_the_same_economy_under_registration() {
    let work = work();
    let folder = |regime: &str, seed: u64, more: &str, back: f64| {
        let path = work.path().join(format!("{regime}-{seed}{more}"));
        run_folder(&path, "us-like", seed, &format!("[capital_market]\nregime = \"{regime}\"\n[pricing]\nx = \"{more}\"\n"));
        table(&path, "listings", ["regime", "first_day_return"], [[cell(regime), cell(back)]]);
        path
    };
    let pair = [folder("approval", 1, "", 0.8), folder("registration", 1, "", 0.2)];
    let found = validated(&pair, &["B5"]);
    assert_eq!(found.groups.len(), 2);
    assert!(close(value(&found.groups[0].facts[0], 1), 4.0, 1e-12) && found.groups[0].facts[0].verdict == Verdict::InTarget);
    assert!(found.groups[1].name.contains("capital_market.regime = registration"), "{}", found.groups[1].name);
    // Each against the run of its own seed: 4 and 2, not both against the mean of 0.3.
    let more = [folder("approval", 2, "", 0.8), folder("registration", 2, "", 0.4)];
    let all: Vec<PathBuf> = pair.iter().chain(&more).cloned().collect();
    let paired = validated(&all, &["B5"]);
    let found: Vec<f64> = paired.groups[0].facts[0].parts[1].values.iter().flatten().copied().collect();
    assert!(close(found[0], 4.0, 1e-12) && close(found[1], 2.0, 1e-12), "{found:?}");
    // What differs elsewhere too is another economy.
    let strangers = [pair[0].clone(), folder("registration", 1, "other", 0.2)];
    assert_eq!(validated(&strangers, &["B5"]).groups[0].facts[0].verdict, Verdict::NotJudged);
}

#[test]
fn learning_of_solar_by_hand() {
    let work = work();
    run_folder(work.path(), "solar", 1, "");
    table(work.path(), "macro", ["tick", "consumer_price_index"], (0..10).map(|tick| [cell(tick), cell(1.02f64.powi(tick))]));
    // Home makes half of what was made before in each tick, so that its own output grows by half while cost falls by a fifth.
    let rows = (0..10).map(|tick| {
        let made = if tick == 0 { 1.0 } else { 0.5 * 1.5f64.powi(tick - 1) };
        [cell("solar"), cell(0.8f64.powi(tick) * 1.02f64.powi(tick)), cell(2f64.powi(tick)), cell(3.0 * made), cell(3)]
    });
    table(work.path(), "sectors", ["sector", "unit_cost", "world_experience", "sales", "price"], rows);
    let learning = one(work.path(), "C5");
    assert!(close(value(&learning, 1), 1.0 - 2f64.powf(0.8f64.ln() / 1.5f64.ln()), 1e-9), "{learning:?}");
    assert!(close(value(&learning, 0), 0.2, 1e-9) && learning.verdict == Verdict::InTarget);
}

/// Tables of a run with one life: founded, awarded, financed, listed, bought.
fn one_life(folder: &Path) {
    run_folder(folder, "baseline", 3, "");
    let event =
        |words: &str| <[String; 9]>::try_from(words.split(' ').map(|word| word.replace('-', "")).collect::<Vec<_>>()).expect("nine");
    table(
        folder,
        "events",
        ["tick", "year", "event", "subject", "other", "sector", "region", "amount", "note"],
        [
            event("0 1 plan 7 - solar bay 0.5 -"),
            event("1 2 entry 7 - solar bay 20 -"),
            event("2 3 award 7 - solar bay 5 -"),
            event("3 4 conversion 7 - solar bay 0.25 process"),
            event("4 5 merger 6 7 solar bay 40 -"),
            event("5 6 merger 7 9 solar bay 300 -"),
        ],
    );
    let columns = ["year", "kind", "round", "enterprise", "fund", "amount", "pre_money", "route", "multiple"];
    let deal = |words: &str| <[String; 9]>::try_from(words.split(' ').map(|word| word.replace('-', "")).collect::<Vec<_>>()).expect("nine");
    table(folder, "deals", columns, [deal("3 round seed 7 11 10 30 - -"), deal("6 exit seed 7 11 100 - corporate_sale 10.0")]);
    let columns = ["tick", "year", "enterprise", "sector", "region", "birth_year", "stage", "sales_annual", "employment"];
    table(folder, "enterprises", columns, [deal("1 2 7 solar bay 1.5 private 12 4.0"), deal("2 3 7 solar bay 1.5 venture_backed 80 9.0")]);
}

#[test]
fn a_life_is_told_from_the_tables() {
    let work = work();
    one_life(work.path());
    let output = run(&["trace", text(work.path()), "7"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", complaint(&output));
    for words in [
        "Enterprise 7, solar, bay (baseline, seed 3)",
        "The table `listings` was not recorded",
        "was founded with 20.0 of its founders",
        "won an award of 5.00",
        "raised 10.0 in round seed from fund 11 at a value of 30.0",
        "1 process (+0.25 log points)",
        "bought enterprise 6 for 40.0",
        "was bought by enterprise 9 for 300",
        "fund 11 left by corporate sale with 100, 10.0 times what it paid",
        "venture_backed",
        "It ended in year 6.00, 4.00 years old",
    ] {
        assert!(said.contains(words), "`{words}` is not told:\n{said}");
    }
    assert!(!said.contains("plan"), "a government's event is no event of the enterprise with its number");
    let output = run(&["trace", text(work.path()), "7", "--json"]);
    let life: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!((&life["ending"]["how"], &life["ending"]["buyer"]), (&serde_json::json!("merger"), &serde_json::json!(9)));
    let output = run(&["trace", text(work.path())]);
    let offered = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(offered.contains("the largest at the end") && offered.contains("bought by another"), "{offered}");
    refuses(&["trace", text(work.path()), "8"], &["no table", "the enterprise 8"]);
    refuses(&["trace", text(&work.path().join("nowhere"))], &["holds no run"]);
}

#[test]
fn patience_and_failures_of_whole_nation_programmes_by_hand() {
    let work = work();
    let folder = |name: &str, patience: f64, notes: &[&str]| {
        let path = work.path().join(name);
        run_folder(&path, "china-like", 1, &format!("[programmes.chips]\npatience_years = {patience:?}\n"));
        table(&path, "macro", ["tick", "output_nominal"], [[cell(0), cell(100)]]);
        table(&path, "programmes", ["tick", "instrument", "spent"], [[cell(0), cell("whole_nation"), cell(2)]]);
        table(&path, "events", ["event", "note"], notes.iter().map(|note| [cell("milestone"), cell(note)]));
        path
    };
    // Two per cent of output: two technologies and six failures against none.
    let patient = folder("patient", 0.0, &["failed", "failed", "failed", "failed", "failed", "failed", "key_technology", "key_technology"]);
    let impatient = folder("impatient", 5.0, &["failed"]);
    assert_eq!(value(&one(&patient, "C8a"), 0), 0.75);
    assert_eq!(one(&patient, "C8b").verdict, Verdict::NotJudged);
    let pair = validated(&[patient, impatient], &["C8b"]);
    let patience = &pair.groups[0].facts[0];
    assert_eq!((value(patience, 0), value(patience, 1)), (1.0, 1.0));
    assert_eq!(pair.groups[1].facts[0].verdict, Verdict::NotJudged, "it has no less patient counterpart");
}

#[test]
fn cycles_levels_and_public_finance_by_hand() {
    let work = work();
    run_folder(work.path(), "us-like", 1, "");
    let columns = [
        "tick",
        "year",
        "output_nominal",
        "output_real",
        "investment",
        "consumption",
        "output_price_index",
        "consumer_price_index",
        "wage_share",
        "unemployment_rate",
        "government_revenue",
        "central_government_debt",
        "local_government_debt",
        "net_foreign_assets",
        "enterprise_count",
    ];
    // A wave in logs: one of output, four times as high of investment, half as high of consumption; prices grow by 2 %.
    // Enterprises and debt step up at year 60, the rest stays.
    let rows = (0..100).map(|year| {
        let wave = (f64::from(year) * 0.9).sin() * 0.01;
        let price = 1.02f64.powi(year);
        let late = year >= 60;
        [
            cell(year),
            cell(year + 1),
            cell(100),
            cell((wave + 0.02 * f64::from(year)).exp()),
            cell((4.0 * wave + 0.02 * f64::from(year)).exp() * price),
            cell((0.5 * wave + 0.02 * f64::from(year)).exp() * price),
            cell(price),
            cell(price),
            cell(0.6),
            cell(0.05),
            cell(30),
            cell(if late { 120 } else { 40 }),
            cell(20),
            cell(0),
            cell(if late { 130 } else { 100 }),
        ]
    });
    table(work.path(), "macro", columns, rows.collect::<Vec<_>>());
    table(work.path(), "sectors", ["tick", "hhi"], (0..100).flat_map(|year| [[cell(year), cell(0.1)], [cell(year), cell(0.3)]]));
    let cycle = one(work.path(), "A7");
    assert!(close(value(&cycle, 0), 4.0, 1e-6) && close(value(&cycle, 1), 0.5, 1e-6) && cycle.verdict == Verdict::InTarget, "{cycle:?}");
    let levels = one(work.path(), "A11");
    assert!([0.6, 0.05, 0.02].iter().enumerate().all(|(part, level)| close(value(&levels, part), *level, 1e-9)), "{levels:?}");
    assert!(levels.parts[3].mean.is_none() && levels.verdict == Verdict::InTarget, "no flows, no share at market prices: {levels:?}");
    let flow = |kind: &str, payer: &str| [cell(kind), cell(payer), cell(5500)];
    let flows = [flow("wages", "enterprises"), flow("wages", "think_tanks"), flow("vat", "enterprises")];
    table(work.path(), "flows", ["kind", "payer", "amount"], flows);
    assert!(close(value(&one(work.path(), "A11"), 3), 0.55, 1e-12));
    let government = one(work.path(), "A12");
    // Debt of 0.6, from year 60 on 1.4: above 1.2, 1.24 over the second half, and a step of 0.8 after ten of fifty years is a slope of
    // 0.8 × 40 × 10 / 2 over the sum of squares of their years, 50 × (50² − 1)/12: steeper by more than a point.
    let slope = 0.8 * 40.0 * 10.0 / 2.0 / (50.0 * 2499.0 / 12.0);
    let found: Vec<f64> = (0..5).map(|part| value(&government, part)).collect();
    assert!([0.3, 1.4, 1.24, 0.0, slope].iter().zip(&found).all(|(level, found)| close(*found, *level, 1e-9)), "{government:?}");
    assert_eq!(government.parts.iter().map(|part| part.in_target).collect::<Vec<_>>(), [Some(1), Some(0), None, None, Some(0)]);
    assert_eq!(government.verdict, Verdict::Missed);
    let drift = one(work.path(), "A13");
    assert!(close(value(&drift, 1), 0.3, 1e-12) && close(value(&drift, 3), 0.8 / 0.6, 1e-9) && close(value(&drift, 5), 0.0, 1e-12));
    assert_eq!(drift.parts.iter().map(|part| part.in_target).collect::<Vec<_>>(), {
        let mut judged = [1, 0, 1, 0, 1, 1].map(Some).to_vec();
        judged.extend([None; 6]);
        judged
    });
    assert_eq!([6, 7, 8, 9].map(|part| value(&drift, part)), [1.0, 0.0, 1.0, 1.0]);
    // The wave alone moves mean growth: a hundredth of its values at the ends of both windows, over forty years.
    let wave = |year: f64| 0.01 * (year * 0.9).sin();
    let growth = (wave(99.0) - 2.0 * wave(59.0) + wave(19.0)) / 40.0;
    assert!(close(value(&drift, 10), growth, 1e-12) && close(value(&drift, 11), 0.0, 1e-12), "{drift:?}");
}

#[test]
fn an_index_is_held_against_output_and_exits_of_listed_by_hand() {
    let work = work();
    run_folder(work.path(), "china-like", 1, "");
    table(work.path(), "macro", ["tick", "output_nominal"], (0..21).map(|year| [cell(year), cell(1.06f64.powi(year))]));
    let boards = (0..21).map(|year| [cell(year), cell("main"), cell(0.98f64.powi(year)), cell(5)]);
    table(work.path(), "boards", ["tick", "board", "price_index", "market_value"], boards);
    let index = one(work.path(), "B8");
    assert!(close(value(&index, 0), 0.98f64.ln(), 1e-12) && close(value(&index, 2), (0.98f64 / 1.06).ln(), 1e-12), "{index:?}");
    assert_eq!(index.verdict, Verdict::InTarget);
}

#[test]
fn money_of_governments_by_hand() {
    let work = work();
    run_folder(work.path(), "china-like", 1, "");
    table(
        work.path(),
        "macro",
        ["tick", "output_nominal", "rd", "rd_public_share"],
        [[cell(0), cell(100), cell(1), cell(0.1)], [cell(1), cell(100), cell(3), cell(0.3)]],
    );
    table(work.path(), "sectors", ["subsidies"], [[cell(1)], [cell(2)]]);
    let flow = |kind: &str, payer: &str, amount: f64| [cell(kind), cell(payer), cell(amount)];
    let flows = [
        flow("capital_calls", "central_government", 0.5),
        flow("capital_calls", "households", 9.0),
        flow("benefits", "central_government", 9.0),
    ];
    table(work.path(), "flows", ["kind", "payer", "amount"], flows);
    table(work.path(), "guidance_funds", ["raised", "target"], [[cell(2), cell(10)], [cell(6), cell(10)]]);
    assert_eq!(value(&one(work.path(), "C2"), 0), 3.5 / 200.0);
    assert!(close(value(&one(work.path(), "C3"), 0), 0.25, 1e-12));
    assert_eq!(value(&one(work.path(), "C4"), 0), 0.4);
    // Two listed enterprises, subsidies of 3 on profits of 40, and one that is not listed.
    let columns = ["tick", "year", "enterprise", "sector", "listed_board", "profit_annual", "subsidies_annual"];
    let rows = [("main", 30, 1), ("growth", 10, 2), ("", 5, 5)].into_iter().enumerate();
    let rows =
        rows.map(|(id, (board, profit, subsidy))| [cell(0), cell(1), cell(id + 1), cell("s"), cell(board), cell(profit), cell(subsidy)]);
    table(work.path(), "enterprises", columns, rows);
    assert_eq!(value(&one(work.path(), "C1"), 0), 0.075);
}

#[test]
fn a_boom_and_the_path_of_vehicles_by_hand() {
    let work = work();
    run_folder(work.path(), "solar", 1, "");
    table(work.path(), "macro", ["tick", "year", "consumer_price_index"], (0..15).map(|year| [cell(year), cell(2003 + year), cell(1)]));
    // The first year is 2002: 100 enterprises, 200 in year 6 to 8, 120 in year 9; price halves meanwhile; the share goes from 0.2 to 0.5.
    let rows = (0..15).map(|year| {
        let count = if year < 6 {
            100
        } else if year < 9 {
            200
        } else {
            120
        };
        [cell("solar"), cell(count), cell(if year < 9 { 1.0 } else { 0.5 }), cell(if year < 10 { 0.2 } else { 0.5 })]
    });
    table(work.path(), "sectors", ["sector", "enterprise_count", "price", "world_share"], rows);
    let boom = one(work.path(), "C6");
    let found: Vec<f64> = (0..6).map(|part| value(&boom, part)).collect();
    assert!(found[..3] == [2008.0, 2011.0, 2.0] && close(found[3], 0.4, 1e-12) && close(found[4], -0.5, 1e-12), "{found:?}");
    assert!(close(found[5], 2.5, 1e-12) && boom.verdict == Verdict::InTarget);

    let cars = work.path().join("cars");
    run_folder(&cars, "electric-vehicles", 1, "");
    table(&cars, "macro", ["tick", "year", "output_nominal"], (0..14).map(|year| [cell(year), cell(2011 + year), cell(100)]));
    // Demand of 1, 5.7, 29 and 38 in 2015, 2020, 2022 and after: sales less exports and with imports.
    let demand = |year: i32| {
        if year <= 2015 {
            1.0
        } else if year <= 2020 {
            5.7
        } else if year <= 2022 {
            29.0
        } else {
            38.0
        }
    };
    let rows = (2010..2024).map(|year| [cell("electric_vehicles"), cell(demand(year) + 1.0), cell(2), cell(1)]);
    table(&cars, "sectors", ["sector", "sales", "exports", "imports"], rows);
    let path = one(&cars, "C7");
    assert!(close(value(&path, 0), 1.0, 1e-9) && close(value(&path, 1), 1.0, 1e-9) && path.verdict == Verdict::InTarget, "{path:?}");
}

#[test]
fn bad_input_is_refused_with_its_place() {
    let work = work();
    refuses(&["validate"], &["RUN"]);
    refuses(&["validate", text(&work.path().join("nowhere"))], &["holds no run"]);
    refuses(&["validate", text(work.path()), "--facts", "A99"], &["no fact `A99`", "A13"]);
    run_folder(work.path(), "baseline", 1, "");
    refuses(&["validate", text(work.path()), "--as", "chinalike"], &["no preset `chinalike`"]);
    let columns = ["tick", "entry_count", "exit_count", "enterprise_count"];
    table(work.path(), "macro", columns, [[cell(0), cell(1), cell(1), cell(1)], [cell(1), cell("many"), cell(1), cell(1)]]);
    refuses(&["validate", text(work.path()), "--facts", "A4"], &["macro.csv", "`many`", "entry_count", "line 3"]);
    std::fs::write(work.path().join("macro.csv"), "tick,entry_count,exit_count,enterprise_count\n0,1,1,1\n1,1\n").expect("a table");
    refuses(&["validate", text(work.path()), "--facts", "A4"], &["macro.csv", "line: 3"]);
}

const SMALL: [&str; 8] = ["--years", "6", "--set", "time.burn_in_years=1", "--set", "population.enterprises=60", "--threads", "2"];

#[test]
fn small_runs_are_made_measured_and_thrown_away() {
    let work = work();
    let file = work.path().join("facts.csv");
    let mut arguments = vec!["validate", "--run", "baseline", "--seeds", "1-2", "--json", "--out", text(&file)];
    arguments.extend(SMALL);
    let output = run(&arguments);
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", complaint(&output));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON document");
    let facts = found["groups"][0]["facts"].as_array().expect("facts");
    let residual = facts.iter().find(|fact| fact["id"] == "A10").expect("A10");
    assert_eq!(residual["verdict"], "in_target");
    for id in ["A1", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A11", "A12"] {
        let fact = facts.iter().find(|fact| fact["id"] == id).expect("a fact of the gate");
        assert!(fact["parts"][0]["mean"].is_number() || id == "A1", "{fact}");
    }
    let table = std::fs::read_to_string(file).expect("the file is there");
    assert!(table.starts_with("group,regime,fact,") && table.lines().count() > facts.len());
    let gate = table.lines().last().expect("a row for the whole gate");
    let passed = found["groups"][0]["gate_runs_passed"].as_u64().expect("a number of runs");
    assert!(gate.starts_with("baseline,neither,gate,whole gate,") && gate.contains(&format!(",2,{passed},")), "{gate}");
    assert_eq!(found["groups"][0]["gate_runs"].as_array().map(Vec::len), Some(2));
    assert_eq!(facts.iter().filter(|fact| fact["calibrated"] == true).count(), 4);
    assert_eq!(std::fs::read_dir(work.path()).expect("a folder").count(), 1, "nothing else is left");
    assert_eq!("1-2".parse::<Seeds>().map(|seeds| seeds.0.len()), Ok(2));
}

/// A table of a complete run that lost rows is told, not judged.
#[test]
fn a_table_that_is_cut_short_is_refused() {
    let work = work();
    let folder = work.path().join("run");
    let mut arguments = vec!["run", "baseline", "--quiet", "--out", text(&folder), "--tables", "macro"];
    arguments.extend(SMALL);
    assert!(run(&arguments).status.success());
    let table = std::fs::read_to_string(folder.join("macro.csv")).expect("a table");
    let cut: Vec<&str> = table.split_inclusive('\n').collect();
    std::fs::write(folder.join("macro.csv"), cut[..cut.len() - 1].concat()).expect("a table");
    refuses(&["validate", text(&folder), "--facts", "A4"], &["macro.csv", "cut short"]);
}
