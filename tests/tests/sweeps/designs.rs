//! Every mistake in a design is told with its place and the way out, before anything starts.

use tripath_tests::binary::refuses;

use super::support::{design, text};

const METRIC: &str = "[metrics]\ngrowth = \"macro.output_real: growth\"\n";

fn points(rest: &str) -> String {
    format!("[points]\n{rest}\n{METRIC}")
}

#[test]
fn wrong_designs() {
    let grid = |parameters: &str| points(&format!("kind = \"grid\"\n[points.parameters]\n{parameters}"));
    let sample =
        |kind: &str, more: &str, parameters: &str| points(&format!("kind = \"{kind}\"\n{more}\n[points.parameters]\n{parameters}"));
    let spread = "banking.base_spread = { low = 0.01, high = 0.05 }";
    let cases: Vec<(String, &[&str])> = vec![
        (String::new(), &["the design has no metrics", "growth ="]),
        ("[metric]\n".to_owned(), &["unknown key `metric`", "did you mean `metrics`?"]),
        ("[metrics]\n".to_owned(), &["the design has no metrics"]),
        ("[metrics]\ngrowth = 3\n".to_owned(), &["design.toml:3:10", "`metrics.growth` takes text"]),
        ("[metrics]\nseed = \"macro.output_real: growth\"\n".to_owned(), &["`seed` cannot name a column"]),
        ("[metrics]\ng = \"macro.output_real: growth, years 0..9\"\n".to_owned(), &["`metrics.g` needs", "the years 0..2", "time.years"]),
        ("[metrics]\ng = \"macro.output_real: volatility\"\n".to_owned(), &["needs 3 year(s)"]),
        ("[metrics]\ng = \"macro.outptu_real: growth\"\n".to_owned(), &["no column `outptu_real`", "did you mean `output_real`?"]),
        (format!("keep = [\"macr\"]\n{METRIC}"), &["`keep` is", "did you mean `macro`?"]),
        (points(""), &["`points` has no `kind`", "latin_hypercube"]),
        (points("kind = \"gird\""), &["`points.kind` is \"gird\"", "did you mean `grid`?"]),
        (points("kind = \"grid\""), &["`points` has no `parameters`"]),
        (grid(""), &["`points.parameters` is empty"]),
        (grid("banking.leverage_limt = [8]"), &["unknown key `banking.leverage_limt`", "did you mean `banking.leverage_limit`?"]),
        (grid("bankin.leverage_limit = [8]"), &["unknown key `bankin.leverage_limit`", "did you mean `banking`?"]),
        (grid("sectors.sloar.taste = [0.1]"), &["unknown key `sectors.sloar.taste`", "did you mean `solar`?"]),
        (grid("sectors.solar.inputs = [0.1]"), &["sectors.solar.inputs.NAME"]),
        (grid("banking.base_spread = []"), &["a list of at least one value"]),
        (grid("banking.base_spread = [0.01, 0.9]"), &["design.toml:5:30", "`banking.base_spread` is 0.9 1/year; allowed is 0 to 0.3"]),
        (grid("banking.base_spread = [0.01, 0.01]"), &["has the value 0.01 twice"]),
        (grid("banking.banks = [2.5]"), &["`banking.banks` takes a whole number"]),
        (grid("capital_market.regime = [\"aproval\"]"), &["did you mean `approval`?"]),
        (grid(spread), &["a grid needs listed values of `banking.base_spread`", "steps"]),
        (grid("banking.base_spread = 0.3"), &["takes a list of values, or bounds"]),
        (sample("random", "", spread), &["`points` has no `count`"]),
        (sample("random", "count = 0", spread), &["`points.count` is 0; allowed is 1 to"]),
        (sample("random", "cuont = 1", spread), &["unknown key `points.cuont`", "did you mean `count`?"]),
        (sample("random", "count = 3", "banking.base_spread = { low = 0.05, high = 0.01 }"), &["`low` must be below `high`"]),
        (sample("random", "count = 3", "banking.base_spread = { low = 0.0, high = 0.5 }"), &["is 0.5 1/year; allowed is 0 to 0.3"]),
        (sample("random", "count = 3", "banking.base_spread = { low = 0.0, high = 0.1, scale = \"log\" }"), &["above 0 only"]),
        (sample("random", "count = 3", "banking.base_spread = { low = 0.01 }"), &["has no `high`"]),
        (
            sample("random", "count = 3\nfilters = [\"banking.base_spread > 1\"]", spread),
            &["the design has no points", "filters leave none"],
        ),
        (sample("random", "count = 3\nfilters = [\"banking.base_spread >\"]", spread), &["the filter `banking.base_spread >`"]),
        (sample("random", "count = 3\nfilters = [\"banking.base_spread + 1\"]", spread), &["neither true nor false"]),
        (sample("random", "count = 3\nfilters = [\"bank < 1\"]", spread), &["names `bank`, which the points do not move"]),
        (sample("sobol", "count = 12", spread), &["`points.count` is 12", "powers of 2", "take 8 or 16"]),
        (sample("sobol", "count = 8", "banking.base_spread = [0.1, 0.2]"), &["needs bounds"]),
        (sample("morris", "count = 3\nlevels = 5", spread), &["an even number"]),
        (sample("morris", "count = 3", "banking.banks = { low = 2, high = 6 }"), &["even levels", "a multiple of 3"]),
        (format!("{}[levers.a]\n[levers.b]\n", sample("morris", "count = 3", spread)), &["cannot be crossed with scenarios or levers"]),
        (points("kind = \"list\""), &["`points` has no `file`"]),
        (points("kind = \"list\"\nfile = \"none.csv\""), &["cannot read", "none.csv", "no such file"]),
        (format!("{METRIC}[levers.a]\nbanking.base_spread = 0.9\n"), &["`banking.base_spread` is 0.9"]),
        (format!("{METRIC}[levers.a]\nseed = 3\n"), &["`levers.a.seed` cannot be set", "first_seed"]),
        (format!("{METRIC}[levers]\n"), &["`levers` is empty"]),
        (format!("{METRIC}[scenarios.a]\noutputs.tables = [\"macro\"]\n"), &["`scenarios.a.outputs.tables` cannot be set", "keep ="]),
        (format!("{METRIC}[replicates]\ncount = 0\n"), &["`replicates.count` is 0; allowed is 1 to"]),
        (format!("{METRIC}[replicates]\ncount = 3\nhalf_width = {{ growth = 1 }}\n"), &["both `count` and `half_width`"]),
        (format!("{METRIC}[replicates]\nmost = 3\n"), &["no `half_width` to reach"]),
        (
            format!("{METRIC}[replicates]\nhalf_width = {{ grwth = 1 }}\n"),
            &["unknown key `replicates.half_width.grwth`", "did you mean `growth`?"],
        ),
        (format!("{METRIC}[replicates]\nhalf_width = {{ growth = 0 }}\n"), &["above 0"]),
        (format!("{METRIC}[replicates]\nleast = 9\nmost = 4\nhalf_width = {{ growth = 1 }}\n"), &["less than `replicates.least`"]),
        (format!("{METRIC}[replicates]\nfirst_seed = -1\n"), &["`replicates.first_seed` is -1"]),
        (grid("sectors.solar.taste = [0.5]"), &["point 0, sectors.solar.taste = 0.5", "must sum to 1"]),
    ];
    let work = tempfile::tempdir().expect("a temporary folder");
    for (rest, words) in cases {
        // Shown where the test fails.
        println!("{rest}");
        let file = design(work.path(), &rest);
        let folder = work.path().join("sweep");
        refuses(&["sweep", "run", text(&file), "--out", text(&folder)], words);
        assert!(!folder.exists(), "a folder was made for {rest}");
    }
    refuses(&["sweep", "run", "no-such-design.toml"], &["cannot read `no-such-design.toml`"]);
    let file = design(work.path(), METRIC);
    refuses(&["sweep", "chunk", text(&file), "--stride", "3/3"], &["is no part of a sweep", "0/4"]);
    refuses(&["sweep", "run", text(&file), "--threads", "0", "--out", text(&work.path().join("x"))], &["the number of threads is 0"]);
    std::fs::write(&file, "[constants]\n[constants.time]\nyears = 2\n[metrics]\n").expect("writable");
    refuses(&["sweep", "plan", text(&file)], &["does not say which configuration its runs extend", "extends = "]);
}

#[test]
fn wrong_lists_of_points() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let file = design(work.path(), &points("kind = \"list\"\nfile = \"list.csv\""));
    for (list, words) in [
        ("", &["no rows"][..]),
        ("banking.base_spread\n", &["no rows"]),
        ("banking.base_spred\n0.1\n", &["list.csv:1:1", "unknown key `banking.base_spred`", "did you mean"]),
        ("banking.base_spread,banking.base_spread\n0.1,0.1\n", &["is there twice"]),
        ("banking.base_spread\nhigh\n", &["list.csv:2:1", "takes a number", "`high`"]),
        ("banking.banks,banking.base_spread\n2,0.1\n3,0.7\n", &["list.csv:3:3", "0.7", "allowed is 0 to 0.3"]),
        ("banking.banks\n2\n3\n2\n", &["list.csv:4:1", "point 2 is the same as point 0"]),
        ("banking.banks,banking.base_spread\n2\n", &["list.csv", "not a table of points"]),
    ] {
        std::fs::write(work.path().join("list.csv"), list).expect("writable");
        refuses(&["sweep", "run", text(&file), "--out", text(&work.path().join("sweep"))], words);
    }
}
