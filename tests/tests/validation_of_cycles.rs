//! Facts about the path inside a year, about who has how much, about credit and jobs, and about what is sane: from tables made by hand.

use std::path::{Path, PathBuf};

use tripath_experiments::validation::{FactResult, Verdict, facts_named, judge, measure_folders};
use tripath_tests::binary::run;
use tripath_tests::tables_by_hand::{cell, run_folder, run_folder_by, table};

fn one(folder: &Path, fact: &str) -> FactResult {
    let facts = facts_named(&[fact.to_owned()]).expect("the fact exists");
    let measured = measure_folders(&[folder.to_owned()], &facts, None, 1, &|_, _| ()).expect("the folder holds a run");
    judge(&facts, &measured).groups.remove(0).facts.remove(0)
}

fn values(fact: &FactResult) -> Vec<f64> {
    fact.parts.iter().map(|part| part.mean.unwrap_or(f64::NAN)).collect()
}

fn close(found: f64, expected: f64, within: f64) -> bool {
    (found - expected).abs() <= within
}

const CYCLE: [&str; 5] = ["tick", "output_real", "unemployment_rate", "consumption", "consumer_price_index"];

/// A wave of ten years around growth of a half per cent a quarter; unemployment is 6 % and moves against it; consumption follows half of it.
fn quarters() -> impl Iterator<Item = [f64; 4]> {
    (0..160).map(|quarter| {
        let time = f64::from(quarter);
        let wave = (time * std::f64::consts::TAU / 40.0).sin();
        let trend = 0.005 * time;
        [(0.02 * wave + trend).exp(), 0.06 - 0.02 * wave, (0.01 * wave + trend).exp(), 1.005f64.powi(quarter)]
    })
}

fn cycle_table(folder: &Path, rows: impl Iterator<Item = [f64; 4]>) {
    let rows = rows
        .enumerate()
        .map(|(tick, [output, unemployment, real, price])| [cell(tick), cell(output), cell(unemployment), cell(real * price), cell(price)]);
    table(folder, "macro", CYCLE, rows.collect::<Vec<_>>());
}

#[test]
fn a_wave_is_smooth_and_consumption_goes_with_it() {
    let work = tempfile::tempdir().expect("a folder");
    let (by_quarter, by_month, by_year) = (work.path().join("quarters"), work.path().join("months"), work.path().join("years"));
    run_folder_by(&by_quarter, "us-like", 1, 4, "");
    cycle_table(&by_quarter, quarters());
    let inside = one(&by_quarter, "A14");
    // Growth is trend plus a wave of amplitude 2·0.02·sin(π/40): its standard deviation is that over √2.
    let spread = 2.0 * (std::f64::consts::PI / 40.0).sin() * 0.02 / 2f64.sqrt();
    let found = values(&inside);
    assert!(found[0] > 0.9 && close(found[1], (std::f64::consts::TAU / 40.0).cos(), 0.01), "{found:?}");
    assert!(close(found[2], spread, 2e-5) && close(found[3], spread, 2e-5), "{found:?} {spread}");
    assert!(close(values(&one(&by_quarter, "A15"))[0], 1.0, 1e-9));
    let unemployment = one(&by_quarter, "A16");
    // The annual mean of a wave of amplitude 0.02 over four quarters keeps sin(4π/40)/(4 sin(π/40)) of it.
    let annual = 0.02 * (0.1 * std::f64::consts::PI).sin() / (4.0 * (std::f64::consts::PI / 40.0).sin());
    let found = values(&unemployment);
    assert!(found[0] == 0.0 && close(found[1], annual / 2f64.sqrt() * (40.0f64 / 39.0).sqrt(), 1e-4), "{found:?}");
    assert!(close(found[2], 0.04, 1e-9) && close(found[3], 0.08, 1e-9) && unemployment.verdict == Verdict::InTarget, "{unemployment:?}");

    // Three equal months make the same quarters; consumption of a third in each month too.
    run_folder_by(&by_month, "us-like", 1, 12, "");
    cycle_table(&by_month, quarters().flat_map(|[output, rate, real, price]| [[output / 3.0, rate, real / 3.0, price]; 3]));
    for fact in ["A14", "A15", "A16"] {
        let (months, quarters) = (values(&one(&by_month, fact)), values(&one(&by_quarter, fact)));
        assert!(months.iter().zip(&quarters).all(|(month, quarter)| close(*month, *quarter, 1e-9)), "{fact}: {months:?} {quarters:?}");
    }

    // A year has no quarters: the path inside it is open, the rest is read from years.
    run_folder_by(&by_year, "us-like", 1, 1, "");
    cycle_table(&by_year, quarters().take(41));
    let inside = one(&by_year, "A14");
    assert_eq!((inside.verdict, inside.reason.as_deref()), (Verdict::NotJudged, Some("a tick is a year: the run shows no quarters")));
    assert!(close(values(&one(&by_year, "A15"))[0], 1.0, 1e-9) && values(&one(&by_year, "A16"))[0] == 0.0);
}

#[test]
fn a_saw_and_unbelievable_years_are_told() {
    let work = tempfile::tempdir().expect("a folder");
    run_folder_by(work.path(), "us-like", 1, 4, "");
    // Output and unemployment up and down from quarter to quarter; ten of forty quarters at 13 %.
    let rows = (0..40).map(|quarter| {
        let up = f64::from(quarter % 2);
        [1.0 + 0.04 * up, if quarter < 10 { 0.13 } else { 0.05 + 0.03 * up }, 1.0 - 0.01 * up, 1.0]
    });
    cycle_table(work.path(), rows);
    let inside = one(work.path(), "A14");
    let found = values(&inside);
    assert!(found[0] < -0.9 && found[1] < -0.9 && close(found[2], 0.04, 1e-3), "{found:?}");
    assert_eq!(inside.verdict, Verdict::Missed);
    let consumption = one(work.path(), "A15");
    assert!(values(&consumption)[0] < -0.99 && consumption.verdict == Verdict::Missed);
    assert_eq!(values(&one(work.path(), "A16"))[0], 0.25);
}

const PANEL: [&str; 9] =
    ["tick", "year", "enterprise", "sector", "birth_year", "employment", "value_added_annual", "capital", "investment_annual"];

fn row(year: i32, id: usize, numbers: [f64; 4]) -> [String; 9] {
    let [employment, added, capital, invested] = numbers.map(cell);
    [cell(year), cell(year + 1), cell(id), cell("s"), cell(-9), employment, added, capital, invested]
}

#[test]
fn the_largest_the_productive_and_the_idle_by_hand() {
    let work = tempfile::tempdir().expect("a folder");
    run_folder(work.path(), "us-like", 1, "");
    table(work.path(), "macro", ["tick", "output_nominal"], [[cell(0), cell(1000)], [cell(1), cell(1000)], [cell(2), cell(2000)]]);
    // Nine of one job and value added 1 each, and one of eleven jobs with e times as much a head; it makes 30, 30 and 90 besides in turn of
    // the years through a twelfth that employs nobody.
    let rows = (0..3).flat_map(|year| {
        let e = std::f64::consts::E;
        let small = (1..10).map(move |id| row(year, id, [1.0, 1.0, 100.0, [0.0, 30.0, 0.5][((id as i32 + year) % 3) as usize]]));
        let large = row(year, 10, [11.0, 11.0 * e, 100.0, 10.0]);
        let idle = row(year, 11, [0.0, [30.0, 40.0, 90.0][year as usize], 0.0, 0.0]);
        small.chain([large, idle])
    });
    table(work.path(), "enterprises", PANEL, rows.collect::<Vec<_>>());
    let largest = one(work.path(), "A17");
    // 30 of 1,000, 40 of 1,000, 90 of 2,000.
    assert!(close(values(&largest)[0], (0.03 + 0.04 + 0.045) / 3.0, 1e-12) && close(values(&largest)[1], 0.045, 1e-12), "{largest:?}");
    let allocation = one(work.path(), "A18");
    // Shares 11/20 and 1/20, log productivities 1 and 0 with a plain mean of 0.1; slope of one on ln 11.
    assert!(close(values(&allocation)[0], 0.55 - 0.1, 1e-12), "{allocation:?}");
    assert!(close(values(&allocation)[1], 1.0 / 11f64.ln(), 1e-12) && allocation.verdict == Verdict::InTarget, "{allocation:?}");
    let investment = one(work.path(), "A20");
    // Rates of years 2 and 3: 0.3, 0.005, 0 in turn for nine, 0.1 for the tenth: six of twenty below 1 % in each year.
    assert!(close(values(&investment)[1], 12.0 / 20.0, 1e-12), "{investment:?}");
    // Pairs (0.3, 0.005), (0.005, 0), (0, 0.3), three each, and (0.1, 0.1).
    let pairs = [(0.3, 0.005), (0.005, 0.0), (0.0, 0.3)].repeat(3).into_iter().chain([(0.1, 0.1)]).collect::<Vec<_>>();
    let centre = (3.0 * 0.305 + 0.1) / 10.0;
    let product: f64 = pairs.iter().map(|(x, y)| (x - centre) * (y - centre)).sum();
    let square: f64 = pairs.iter().map(|(x, _)| (x - centre).powi(2)).sum();
    assert!(close(values(&investment)[0], product / square, 1e-9), "{investment:?}");

    let sample = work.path().join("sample");
    run_folder(&sample, "us-like", 1, "[outputs]\nenterprises_fraction = 0.5\n");
    let largest = one(&sample, "A17");
    assert_eq!((largest.verdict, largest.reason.as_deref()), (Verdict::NotMeasurable, Some("the panel of enterprises is a sample")));
}

#[test]
fn credit_and_jobs_by_hand() {
    let work = tempfile::tempdir().expect("a folder");
    run_folder_by(work.path(), "us-like", 1, 4, "");
    let columns = ["tick", "enterprise_debt", "loan_losses", "loan_rate", "policy_rate", "employment", "labour_force"];
    let rows = [["100", "0.25", "0.06"], ["300", "0.75", "0.08"], ["0", "1", ""], ["400", "0", "0.07"]];
    let rows = rows.iter().enumerate().map(|(tick, [debt, lost, rate])| {
        [cell(tick), cell(debt), cell(lost), cell(rate), cell(0.04), cell(if tick == 2 { 100.0 } else { 95.0 }), cell(100)]
    });
    table(work.path(), "macro", columns, rows.collect::<Vec<_>>());
    let credit = one(work.path(), "A22");
    // Two of a mean of 200 in a year; rates 0.06, 0.08 and 0.07 over 0.04, the tick without loans left out.
    assert!(close(values(&credit)[0], 0.01, 1e-12) && close(values(&credit)[1], 0.03, 1e-12), "{credit:?}");
    assert_eq!(credit.verdict, Verdict::InTarget);
    let jobs = one(work.path(), "A23");
    assert_eq!((values(&jobs)[0], jobs.verdict), (0.0, Verdict::InTarget));
    table(
        work.path(),
        "macro",
        ["tick", "employment", "labour_force"],
        [[cell(0), cell(100.1), cell(100)], [cell(1), cell(90), cell(100)]],
    );
    let jobs = one(work.path(), "A23");
    assert!(close(values(&jobs)[0], 1e-3, 1e-12) && jobs.verdict == Verdict::Missed);
}

#[test]
fn sanity_by_hand() {
    let work = tempfile::tempdir().expect("a folder");
    let programmes = "[programmes.grants]\ninstrument = \"rd_grant\"\nactive = true\n[capital_market]\nopen = false\n";
    run_folder(work.path(), "baseline", 1, programmes);
    let columns = [
        "tick",
        "output_nominal",
        "output_real",
        "consumer_price_index",
        "unemployment_rate",
        "entry_count",
        "exit_count",
        "enterprise_count",
        "central_government_debt",
        "local_government_debt",
        "enterprise_debt",
        "loan_rate",
        "government_revenue",
        "rd",
    ];
    let rows = (0..8).map(|year| {
        let (real, price) = (1.02f64.powi(year), 1.03f64.powi(year));
        // Debt of half of output, twice of it at last; no loans in year 3, so that their rate may be missing.
        let debt = if year < 6 { 50 } else { 200 };
        let (loans, rate) = if year == 3 { (cell(0), String::new()) } else { (cell(10), cell(0.05)) };
        let counts = [cell(10), cell(5), cell(100 + 10 * year)];
        let [entry, exit, count] = counts;
        let state = [cell(debt), cell(0), loans, rate, cell(30), cell(2)];
        let [central, local, loans, rate, revenue, research] = state;
        let levels = [cell(100), cell(real), cell(price), cell(0.05)];
        let [nominal, real, price, unemployment] = levels;
        [cell(year), nominal, real, price, unemployment, entry, exit, count, central, local, loans, rate, revenue, research]
    });
    table(work.path(), "macro", columns, rows.collect::<Vec<_>>());
    let verdict = |fact: &str| one(work.path(), fact).verdict;
    assert_eq!((values(&one(work.path(), "S1")), verdict("S1")), (vec![0.0, 0.0], Verdict::InTarget));
    let levels = values(&one(work.path(), "S2"));
    assert!(close(levels[0], 1.02f64.ln(), 1e-12) && close(levels[1], 0.03, 1e-12) && close(levels[2], 0.05, 1e-12), "{levels:?}");
    let turnover = values(&one(work.path(), "S3"));
    assert!(
        close(turnover[0], 10.0 / 135.0, 1e-12) && close(turnover[1], 5.0 / 135.0, 1e-12) && close(turnover[2], 1.7, 1e-12),
        "{turnover:?}"
    );
    assert_eq!((values(&one(work.path(), "S4")), verdict("S4")), (vec![4.0, 2.0], Verdict::Missed));
    // Wages of 60, dividends of 20; a sale of shares is no income; grants are 8 of 800.
    let flow = |kind: &str, payee: &str, amount: f64| [cell(kind), cell(payee), cell(amount)];
    let flows = [
        flow("wages", "households", 60.0),
        flow("dividends", "households", 20.0),
        flow("buybacks", "households", 90.0),
        flow("rd_grants", "enterprises", 8.0),
    ];
    table(work.path(), "flows", ["kind", "payee", "amount"], flows);
    let incomes = values(&one(work.path(), "S5"));
    assert!([3.0, 0.3, 0.02].iter().zip(&incomes).all(|(expected, found)| close(*found, *expected, 1e-12)), "{incomes:?}");
    assert!(close(values(&one(work.path(), "S6"))[0], 0.01, 1e-12) && verdict("S6") == Verdict::InTarget);
    assert_eq!(one(work.path(), "S8").reason.as_deref(), Some("the exchange is closed"));
    table(work.path(), "deals", ["kind"], [[cell("round")], [cell("exit")], [cell("round")], [cell("round")], [cell("round")]]);
    assert_eq!(values(&one(work.path(), "S7")), [0.5]);
    // Without a cell that must be there, nothing is whole.
    let text = std::fs::read_to_string(work.path().join("macro.csv")).expect("a table");
    std::fs::write(work.path().join("macro.csv"), text.replacen(",0.05,30,", ",,30,", 1)).expect("a table");
    assert_eq!((values(&one(work.path(), "S1")), verdict("S1")), (vec![1.0, 0.0], Verdict::Missed));
    // A run that broke off is told with its reason, and is not sane.
    let manifest = work.path().join("manifest.json");
    let text = std::fs::read_to_string(&manifest).expect("a manifest");
    let broken = text.replace("\"complete\"", "\"failed\"").replace("\"reason\": null", "\"reason\": \"wage is not finite\"");
    std::fs::write(&manifest, broken).expect("a manifest");
    assert_eq!(values(&one(work.path(), "S1"))[1], 1.0);
    let said = run(&[
        "validate",
        work.path().to_str().expect("a plain path"),
        "--facts",
        "S1",
        "--out",
        work.path().join("v.csv").to_str().expect("a plain path"),
    ]);
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("(failed: wage is not finite)") && said.contains("Sanity S: NOT passed: S1"), "{said}");
}

/// What a fact says it reads is what it reads: it shows the same with these tables alone.
#[test]
fn facts_need_the_tables_that_they_name_and_no_others() {
    let work = tempfile::tempdir().expect("a folder");
    let whole = work.path().join("whole");
    let small = ["--years", "6", "--set", "time.burn_in_years=1", "--set", "population.enterprises=60", "--quiet"];
    let whole_text = whole.to_str().expect("a plain path");
    assert!(run(&[&["run", "china-like", "--out", whole_text][..], &small].concat()).status.success());
    for fact in facts_named(&[]).expect("all facts") {
        let part = work.path().join(fact.id);
        std::fs::create_dir(&part).expect("a folder");
        let tables = fact.tables.iter().map(|table| format!("{table}.csv"));
        for file in tables.chain(["manifest.json".to_owned(), "config.toml".to_owned()]) {
            std::fs::copy(whole.join(&file), part.join(&file)).expect("a file");
        }
        let read = |folder: &PathBuf| {
            let measured = measure_folders(std::slice::from_ref(folder), &[fact], None, 1, &|_, _| ()).expect("a run");
            format!("{:?}", measured[0].readings)
        };
        assert_eq!(read(&part), read(&whole), "{}", fact.id);
    }
}
