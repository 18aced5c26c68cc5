//! Every mistake in a configuration, its overrides or a driver's data is told with its place and, where there is one, the way out.

use std::path::Path;

use tripath_experiments::configuration::{Source, load};

/// Files are written, `main.toml` is loaded with the overrides, and every fragment must stand in the message.
struct Case {
    about: &'static str,
    files: &'static [(&'static str, &'static [u8])],
    overrides: &'static [&'static str],
    fragments: &'static [&'static str],
}

/// A mistake in the one file.
const fn text(about: &'static str, main: &'static [(&'static str, &'static [u8])], fragments: &'static [&'static str]) -> Case {
    Case { about, files: main, overrides: &[], fragments }
}

/// A mistake in an override.
const fn set(about: &'static str, overrides: &'static [&'static str], fragments: &'static [&'static str]) -> Case {
    Case { about, files: &[("main.toml", b"extends = \"baseline\"")], overrides, fragments }
}

macro_rules! main {
    ($text:literal $(, $name:literal = $content:literal)*) => {
        &[("main.toml", $text as &[u8]) $(, ($name, $content as &[u8]))*]
    };
}

const SYNTAX_AND_SOURCES: &[Case] = &[
    text("invalid TOML", main!(b"seed = 1\nname = \n"), &["main.toml:2:", "invalid TOML"]),
    text("duplicate key", main!(b"[banking]\nbanks = 1\nbanks = 2\n"), &["main.toml:3:1", "duplicate key"]),
    text("duplicate table", main!(b"[banking]\n[time]\n[banking]\n"), &["main.toml:3:", "duplicate"]),
    text("not UTF-8", main!(b"name = \"\xff\"\n"), &["main.toml:1:9", "not UTF-8"]),
    text("missing file", &[], &["cannot read", "main.toml", "there is no such file"]),
    text("a directory", &[("main.toml/inner", b"")], &["cannot read", "it is a directory"]),
    text("extends what is not there", main!(b"seed = 2\nextends = \"./other.toml\"\n"), &["main.toml:2:11", "other.toml", "no such file"]),
    text(
        "extends an unknown preset",
        main!(b"extends = \"chinalike\"\n"),
        &["main.toml:1:11", "no preset `chinalike`", "did you mean `china-like`?"],
    ),
    text("extends a number", main!(b"extends = 3\n"), &["main.toml:1:11", "`extends` takes", "but is 3"]),
    text("extends itself", main!(b"extends = \"./main.toml\"\n"), &["main.toml:1:11", "cannot extend itself", "main.toml → "]),
    text(
        "extends in a circle",
        main!(b"extends = \"a.toml\"\n", "a.toml" = b"seed = 1\nextends = \"b.toml\"\n", "b.toml" = b"extends = \"./a.toml\"\n"),
        &["b.toml:1:11", "cannot extend itself", "a.toml → ", "b.toml → "],
    ),
];

const KEYS_AND_VALUES: &[Case] = &[
    text("unknown group", main!(b"[bankin]\nbanks = 3\n"), &["main.toml:1:2", "unknown key `bankin`", "did you mean `banking`?"]),
    text(
        "unknown key",
        main!(b"extends = \"baseline\"\n[banking]\n\nleverage_limt = 3\n"),
        &["main.toml:4:1", "unknown key `banking.leverage_limt`", "did you mean `leverage_limit`?"],
    ),
    text("a key of another group", main!(b"leverage_limit = 3\n"), &["main.toml:1:1", "did you mean `banking.leverage_limit`?"]),
    text("a stranger", main!(b"[banking]\nzebra = 3\n"), &["main.toml:2:1: unknown key `banking.zebra`"]),
    text(
        "unknown key of a member",
        main!(b"[sectors.solar]\ntast = 0.1\n"),
        &["main.toml:2:1", "`sectors.solar.tast`", "did you mean `taste`?"],
    ),
    text(
        "wrong type",
        main!(b"[banking]\nbanks = \"ten\"\n"),
        &["main.toml:2:9", "`banking.banks` takes a whole number", "the text \"ten\""],
    ),
    text("half a bank", main!(b"[banking]\nbanks = 2.5\n"), &["main.toml:2:9", "takes a whole number", "the number 2.5"]),
    text("a flag in quotes", main!(b"[technology]\nlearning_enabled = \"yes\"\n"), &["main.toml:2:20", "takes true or false"]),
    text("a group that is no table", main!(b"banking = 3\n"), &["main.toml:1:11", "`banking` takes a table"]),
    text("a list that is an array", main!(b"[[sectors]]\nname = \"solar\"\n"), &["main.toml:1:1", "written [sectors.NAME]"]),
    text("a member that is no table", main!(b"[sectors]\nsolar = 1\n"), &["main.toml:2:9", "`sectors.solar` takes a table"]),
    text("a member's name", main!(b"[sectors.\"so lar\"]\n"), &["main.toml:1:10", "is not a name"]),
    text("inherit of no flag", main!(b"[sectors]\ninherit = 0\n"), &["main.toml:2:11", "`sectors.inherit` takes true or false"]),
    text(
        "out of range",
        main!(b"[banking]\nbase_spread = 0.9\n"),
        &["main.toml:2:15", "`banking.base_spread` is 0.9 1/year", "allowed is 0 to 0.3 1/year"],
    ),
    text("negative years", main!(b"[time]\nyears = -5\n"), &["main.toml:2:9", "`time.years` is -5 years; allowed is 1 to 10000 years"]),
    text("zero enterprises", main!(b"[population]\nenterprises = 0\n"), &["main.toml:2:15", "is 0 count; allowed is 1 to 16000000"]),
    text("not a number", main!(b"[pricing]\nreversion = nan\n"), &["main.toml:2:13", "is nan 1/year; allowed is 0 to 4"]),
    text("infinity", main!(b"[pricing]\nreversion = -inf\n"), &["main.toml:2:13", "is -inf"]),
    text("a huge number", main!(b"[banking]\nbanks = 99999999999999999999999999\n"), &["main.toml:2:9", "allowed is 1 to 1000"]),
    text("a huge exponent", main!(b"[pricing]\nreversion = 1e999\n"), &["main.toml:2:13", "allowed is 0 to 4"]),
    text(
        "an unknown word",
        main!(b"[capital_market]\nregime = \"aproval\"\n"),
        &["main.toml:2:10", "is \"aproval\"; allowed is one of registration, approval", "did you mean `approval`?"],
    ),
    text("a weight of text", main!(b"[sectors.a]\ninputs = { b = \"x\" }\n"), &["main.toml:2:16", "`sectors.a.inputs.b` takes a number"]),
    text("a weight out of range", main!(b"[sectors.a]\ninputs = { b = 0.1, c = 2 }\n"), &["main.toml:2:25", "`sectors.a.inputs.c` is 2"]),
    text("a negative seed", main!(b"seed = -1\n"), &["main.toml:1:8", "`seed` is -1; allowed is 0 to 18446744073709551615"]),
    text("a name with a slash", main!(b"name = \"a/b\"\n"), &["main.toml:1:8", "`a/b` is not a name"]),
    text("a table that is none", main!(b"[outputs]\ntables = [\"macr\"]\n"), &["main.toml:2:11", "did you mean `macro`?"]),
    text("no ticks", main!(b"[outputs]\nenterprises_every_ticks = 0\n"), &["main.toml:2:27", "is 0; allowed is 1 to"]),
    text("a fraction above one", main!(b"[outputs]\nenterprises_fraction = 1.5\n"), &["main.toml:2:24", "is 1.5; allowed is 0 to 1"]),
    text("unknown output key", main!(b"[outputs]\ntable = []\n"), &["main.toml:2:1", "did you mean `tables`?"]),
    text(
        "all at once",
        main!(b"[banking]\nbanks = 0\nzebra = 1\n[time]\nyears = \"x\"\n"),
        &["main.toml:2:9", "main.toml:3:1", "main.toml:5:9"],
    ),
];

const RULES: &[Case] = &[
    text("no sectors", main!(b"seed = 1\n"), &["`sectors` is empty", "extends = \"baseline\""]),
    text(
        "tastes that do not sum to one",
        main!(b"extends = \"baseline\"\n[sectors.solar]\ntaste = 0.5\n"),
        &["main.toml:3:9", "`sectors.*.taste` sums to 1.49", "must sum to 1"],
    ),
    text(
        "goods that replace those of nobody",
        main!(b"extends = \"baseline\"\n[sectors.solar]\nreplaces = \"coal\"\n"),
        &["main.toml:3:12", "names the sector `coal`, which does not exist", "sectors are traditional, solar"],
    ),
    text(
        "goods that replace new ones",
        main!(b"extends = \"baseline\"\n[sectors.solar]\nreplaces = \"energy_storage\"\n"),
        &[
            "main.toml:3:12",
            "names `energy_storage`, which replaces goods of others itself",
            "sectors that replace no others are traditional, semiconductors",
        ],
    ),
    text(
        "new goods that could replace more than there is",
        main!(b"extends = \"baseline\"\n[sectors.solar]\npotential = 400\n"),
        &["`sectors.traditional.taste` is 0.755", "could take", "lower the potential of sectors that replace `traditional`"],
    ),
    text(
        "an input from nowhere",
        main!(b"extends = \"baseline\"\n[sectors.solar]\ninputs = { steel = 0.1 }\n"),
        &["main.toml:3:20", "names the sector `steel`, which does not exist", "sectors are traditional, solar"],
    ),
    text(
        "an event for no parameter",
        main!(b"extends = \"baseline\"\n[events.war]\nyear = 3\npath = \"trade.elasticty\"\nvalue = 1\n"),
        &["main.toml:4:8", "`trade.elasticty`, which is no parameter"],
    ),
    text(
        "a panel of a region that does not exist",
        main!(b"extends = \"baseline\"\n[outputs]\nenterprises_regions = [\"delte\"]\n"),
        &["main.toml:3:23", "names `delte`", "did you mean `delta`?"],
    ),
    text(
        "a key that the instrument does not read",
        main!(b"extends = \"baseline\"\n[programmes.mine]\ninstrument = \"rd_grant\"\nrate = 0.5\n"),
        &["main.toml:4:8", "`programmes.mine.rate` is 0.5, but rd_grant does not read it", "it reads instrument, "],
    ),
    text(
        "a subsidy without a rate",
        main!(b"extends = \"baseline\"\n[programmes.mine]\ninstrument = \"interest_subsidy\"\n"),
        &["`programmes.mine.rate` is not given, so that interest_subsidy would pay nothing"],
    ),
    text(
        "a rule that nobody applies",
        main!(b"extends = \"baseline\"\n[programmes.mine]\nrule = \"stop\"\n"),
        &["main.toml:3:8", "`programmes.mine.rule` is \"stop\", but nobody evaluates the programme", "give patience_years"],
    ),
    text("ticks of a week", main!(b"extends = \"baseline\"\n[time]\nticks_per_year = 7\n"), &["main.toml:3:18", "allowed are 4 and 12"]),
];

const OVERRIDES: &[Case] = &[
    set("no equals sign", &["banking.banks"], &["--set banking.banks", "there is no `=`"]),
    set("no value", &["banking.banks="], &["--set banking.banks=", "path.to.key=value"]),
    set("unknown key", &["banking.bank=3"], &["--set banking.bank=3", "unknown key `banking.bank`", "did you mean `banks`?"]),
    set("out of range", &["banking.banks=0"], &["--set banking.banks=0", "allowed is 1 to 1000 count"]),
    set("wrong type", &["banking.banks=ten"], &["takes a whole number", "the text \"ten\""]),
    set("unknown sector", &["sectors.solr.taste=0.1"], &["unknown key `sectors.solr`", "did you mean `solar`?"]),
    set("unknown programme", &["programmes.zebra.active=false"], &["unknown key `programmes.zebra`", "a new one is added in a file"]),
    set("extends", &["extends=\"us-like\""], &["`extends` cannot be overridden"]),
    set("two lines", &["seed=1\nextends=\"us-like\""], &["more than one line"]),
    set("a broken rule", &["sectors.solar.taste=0.5"], &["--set sectors.solar.taste=0.5", "sums to 1.49"]),
];

const DRIVER: &[u8] = b"extends = \"baseline\"\n[time]\nstart_year = 2000\nyears = 3\n[drivers.price]\nsector = \"solar\"\nfile = \"data.csv\"\ncolumn = \"price\"\n";
const CHANGE: &[u8] = b"extends = \"baseline\"\n[time]\nstart_year = 2001\nyears = 2\n[drivers.price]\nsector = \"solar\"\nfile = \"data.csv\"\ncolumn = \"price\"\nchange = true\n";
const FILTER: &[u8] = b"extends = \"baseline\"\n[time]\nstart_year = 2000\nyears = 1\n[drivers.price]\nsector = \"solar\"\nfile = \"data.csv\"\ncolumn = \"price\"\nfilter_column = \"entity\"\nfilter_value = \"Wrld\"\n";

macro_rules! driver {
    ($about:literal, $data:literal, $fragments:expr) => {
        driver!($about, DRIVER, $data, $fragments)
    };
    ($about:literal, $main:expr, $data:literal, $fragments:expr) => {
        Case { about: $about, files: &[("main.toml", $main), ("data.csv", $data as &[u8])], overrides: &[], fragments: $fragments }
    };
}

const DRIVERS: &[Case] = &[
    text("missing data", &[("main.toml", DRIVER)], &["main.toml:7:8", "driver `price`: cannot read", "data.csv", "no such file"]),
    text("data that is a directory", &[("main.toml", DRIVER), ("data.csv/inner", b"")], &["main.toml:7:8", "it is a directory"]),
    driver!("not UTF-8", b"year,price\n2000,\xff\n", &["data.csv:2:6", "not UTF-8"]),
    driver!("empty file", b"", &["data.csv:1:1", "the file is empty"]),
    driver!("header alone", b"year,price\n", &["data.csv:1:6", "no row of data"]),
    driver!("missing column", b"year,prices\n2000,1\n", &["data.csv:1:1", "no column `price`", "did you mean `prices`?"]),
    driver!("missing year column", b"jahr,price\n2000,1\n", &["data.csv:1:1", "no column `year`", "columns are jahr, price"]),
    driver!("semicolons", b"year;price\n2000;1\n", &["data.csv:1:1", "separated by commas"]),
    driver!("column twice", b"year,price,price\n2000,1,1\n", &["data.csv:1:12", "stands twice"]),
    driver!("ragged row", b"year,price\n2000,1\n2001,1,2\n", &["data.csv:3:1", "3 cell(s) in this row, but 2 column(s)"]),
    driver!("gap", b"year,price\n2000,5\n2001,5\n2003,5\n", &["data.csv:4:6", "a gap: 2002 is missing between 2001 and 2003"]),
    driver!("unsorted", b"year,price\n2001,5\n2000,5\n", &["data.csv:3:6", "2000 stands after 2001", "sort the rows"]),
    driver!("year twice", b"year,price\n2000,5\n2000,6\n", &["data.csv:3:6", "2000 stands twice", "filter_column"]),
    driver!(
        "text for a number",
        b"year,price\n2000,5\n2001,\"n, a\"\n",
        &["data.csv:3:6", "column `price` holds `n, a`, which is not a number"]
    ),
    driver!("infinite number", b"year,price\n2000,inf\n", &["data.csv:2:6", "not a number"]),
    driver!("text for a year", b"year,price\nMM,5\n", &["data.csv:2:1", "column `year` holds `MM`"]),
    driver!("half a year", b"year,price\n2000.5,5\n", &["data.csv:2:1", "not a year"]),
    driver!("empty value", b"year,price\n2000,5\n2001,\n", &["data.csv:3:6", "column `price` is empty here"]),
    driver!("every cell at fault", b"year,price\n2000,x\n2001,\n", &["data.csv:2:6", "data.csv:3:6"]),
    driver!(
        "zero price",
        b"year,price\n2000,5\n2001,0\n2002,1\n2003,1\n",
        &["data.csv:3:6", "the value of 2001 is 0", "needs values above 0"]
    ),
    driver!("zero at the start", b"year,price\n2000,0\n2001,1\n2002,1\n2003,1\n", &["data.csv:2:6", "the value of 2000 is 0"]),
    driver!("units mixed up", b"year,price\n2000,1e-9\n2001,1e9\n2002,1\n2003,1\n", &["data.csv:3:6", "no economy's"]),
    driver!(
        "ends too early",
        b"year,price\n2000,5\n2001,5\n",
        &["main.toml:7:8", "ends in 2001", "2002 to 2003 are missing", "time.years to at most 1"]
    ),
    driver!("starts too late", b"year,price\n2010,5\n2011,5\n", &["main.toml:7:8", "starts in 2010", "set time.start_year to 2010"]),
    driver!("no growth", CHANGE, b"year,price\n2000,5\n2001,6\n2002,6\n2003,7\n", &["data.csv:4:6", "the value of 2002 is 0"]),
    driver!("one year has no change", CHANGE, b"year,price\n2000,5\n", &["main.toml:9:10", "at least two years"]),
    driver!(
        "nothing to filter",
        FILTER,
        b"entity,year,price\nWorld,2000,5\n",
        &["data.csv:1:1", "no row has `Wrld`", "did you mean `World`?"]
    ),
    text(
        "no such data built in",
        main!(b"extends = \"baseline\"\n[drivers.p]\nsector = \"solar\"\nfile = \"builtin:sun\"\ncolumn = \"x\"\n"),
        &["main.toml:4:8", "no data of the name `sun` is built in", "there are solar_pv"],
    ),
    text(
        "a driver without data",
        main!(b"extends = \"baseline\"\n[drivers.p]\nsector = \"solar\"\n"),
        &["main.toml:2:10", "`drivers.p.file` is empty"],
    ),
    text(
        "a driver of no sector",
        main!(b"extends = \"solar-history\"\n[drivers.module_price]\nsector = \"slar\"\n"),
        &["main.toml:3:10", "names the sector `slar`, which does not exist"],
    ),
    text(
        "two drivers of one path",
        main!(b"extends = \"solar-history\"\n[drivers.capacity_additions]\ntarget = \"foreign_price\"\n"),
        &["main.toml:3:10", "which the driver `module_price` drives already"],
    ),
    text(
        "filters that do not pair",
        main!(b"extends = \"electric-vehicles\"\n[drivers.china_car_share]\nfilter_value = \"World\"\n"),
        &["main.toml:3:16", "names 3 column(s), filter_value 1 text(s)"],
    ),
    text(
        "more years than the data",
        main!(b"extends = \"solar-history\"\n[time]\nyears = 50\n"),
        &["driver `module_price`: the data ends in 2019", "2020 to 2026 are missing", "set time.years to at most 43"],
    ),
    text(
        "a series without values",
        main!(b"extends = \"baseline\"\n[drivers.p]\nsector = \"solar\"\nseries = { first_year = 2000, vales = [1] }\n"),
        &["main.toml:4:31", "did you mean `values`?", "needs `values`"],
    ),
    text(
        "a series with a text",
        main!(b"extends = \"baseline\"\n[drivers.p]\nsector = \"solar\"\nseries = { first_year = 2000, values = [1, \"x\"] }\n"),
        &["main.toml:4:44", "finite numbers only"],
    ),
];

fn write(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, content) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a writable folder");
        std::fs::write(path, content).expect("a writable folder");
    }
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let mut failures = Vec::new();
    for case in [SYNTAX_AND_SOURCES, KEYS_AND_VALUES, RULES, OVERRIDES, DRIVERS].concat_cases() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(folder.path(), case.files);
        let overrides: Vec<String> = case.overrides.iter().map(|&text| text.to_owned()).collect();
        match load(&Source::File(folder.path().join("main.toml")), &overrides) {
            Ok(_) => failures.push(format!("{}: was accepted", case.about)),
            Err(error) => {
                let message = error.to_string();
                let missing: Vec<&&str> = case.fragments.iter().filter(|fragment| !message.contains(**fragment)).collect();
                if !missing.is_empty() {
                    failures.push(format!("{}: {missing:?} not in\n    {message}", case.about));
                }
                assert!(!format!("{:?}", error.report()).is_empty());
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

trait Cases {
    fn concat_cases(&self) -> impl Iterator<Item = &Case>;
}

impl<const N: usize> Cases for [&'static [Case]; N] {
    fn concat_cases(&self) -> impl Iterator<Item = &Case> {
        self.iter().flat_map(|cases| cases.iter())
    }
}

#[test]
fn an_unknown_preset_offers_the_nearest() {
    let message = load(&Source::from_argument("us-lik"), &[]).expect_err("there is none").to_string();
    assert!(message.contains("no preset `us-lik`") && message.contains("did you mean `us-like`?"), "{message}");
}

/// Deep nesting must not exhaust the stack, neither while reading nor afterwards.
#[test]
fn deep_nesting_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("main.toml");
    let depth = 200_000;
    let texts = [
        format!("x = {}{}", "[".repeat(depth), "]".repeat(depth)),
        format!("x = {}1{}", "{ a = ".repeat(depth), " }".repeat(depth)),
        format!("{}b = 1", "a.".repeat(depth)),
        format!("[{}b]", "a.".repeat(depth)),
        format!("banking = {}", "[".repeat(depth)),
    ];
    for text in texts {
        std::fs::write(&path, &text).expect("a writable folder");
        let error = load(&Source::File(path.clone()), &[]).expect_err("it is no configuration");
        assert!(error.to_string().len() < 10_000);
        load(&Source::Preset("baseline".to_owned()), &[text]).expect_err("it is no override");
    }
}
