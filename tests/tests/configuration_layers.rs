//! How configurations lie over each other: what a later one says holds, and nothing else changes.

use std::path::PathBuf;

use tempfile::TempDir;
use tripath_experiments::configuration::{Configuration, ConfigurationError, Source, load};
use tripath_model::parameters::Value;

struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("a writable folder");
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn load(&self, name: &str) -> Result<Configuration, ConfigurationError> {
        load(&Source::File(self.path(name)), &[])
    }
}

fn good(outcome: Result<Configuration, ConfigurationError>) -> Configuration {
    outcome.unwrap_or_else(|error| panic!("{error}"))
}

fn preset(name: &str, overrides: &[&str]) -> Configuration {
    let overrides: Vec<String> = overrides.iter().map(|&text| text.to_owned()).collect();
    good(load(&Source::Preset(name.to_owned()), &overrides))
}

const OWN_COUNTRY: &str = r#"
extends = "baseline"
name = "two-towns"
seed = 18446744073709551615

[sectors]
inherit = false
[sectors.steel]
enterprise_share = 0.5
taste = 0.25
government_weight = 1.0
investment_weight = 1.0
inputs = { cars = 0.1 }
[sectors.cars]
enterprise_share = 0.5
taste = 0.75
inputs = { steel = 0.3, cars = 0.05 }

[regions]
inherit = false
[regions.upper]
population_share = 0.25
[regions.lower]
population_share = 0.75
specialisation = { cars = 2 }

[outputs]
tables = ["macro", "sectors"]
enterprises_regions = ["lower"]
"#;

#[test]
fn a_user_brings_sectors_and_regions() {
    let configuration = good(Folder::with(&[("own.toml", OWN_COUNTRY)]).load("own.toml"));
    let parameters = &configuration.parameters;
    assert_eq!(parameters.names("sectors"), Some(vec!["steel", "cars"]));
    assert_eq!(parameters.names("regions"), Some(vec!["upper", "lower"]));
    assert_eq!(parameters.names("programmes"), Some(vec!["grants_central", "grants_local"]), "other lists are inherited");
    assert_eq!((configuration.name.as_str(), configuration.seed), ("two-towns", u64::MAX));
    assert_eq!(configuration.outputs.tables, ["macro", "sectors"]);
    assert_eq!(configuration.outputs.enterprises.regions, ["lower"]);
}

#[test]
fn members_keep_the_order_of_their_first_appearance() {
    let files = [
        ("a.toml", "extends = \"baseline\"\n[programmes.z]\n[programmes.a]\n"),
        (
            "b.toml",
            "extends = \"./a.toml\"\nseed = 3\n[programmes.m]\n[programmes.a]\nbudget_share = 0.002\n[programmes.grants_local]\nactive = false\n",
        ),
    ];
    let configuration = good(Folder::with(&files).load("b.toml"));
    assert_eq!(configuration.parameters.names("programmes"), Some(vec!["grants_central", "grants_local", "z", "a", "m"]));
    assert_eq!(configuration.parameters.value_at("programmes.grants_local.budget_share"), Some(Value::Real(0.0008)), "the rest is kept");
    assert_eq!((configuration.name.as_str(), configuration.seed), ("b", 3));
}

#[test]
fn a_table_of_weights_replaces_the_inherited_one() {
    let files = [
        ("a.toml", "extends = \"baseline\"\nname = \"first\"\n[sectors.solar]\ninputs = { software = 0.1 }\n"),
        ("b c.toml", "extends = \"a.toml\""),
    ];
    let configuration = good(Folder::with(&files).load("b c.toml"));
    assert_eq!(configuration.parameters.value_at("sectors.solar.inputs"), Some(Value::Weights(vec![("software".to_owned(), 0.1)])));
    assert_eq!(configuration.name, "b-c", "a name is of one file, and names a folder");
}

#[test]
fn overrides_come_last_and_in_order() {
    let configuration = preset(
        "us-like",
        &["banking.banks=3", "banking.banks=4", "capital_market.regime=approval", "seed=9", "capital_market.open = false"],
    );
    assert_eq!(configuration.parameters.banking.banks, 4);
    assert_eq!(configuration.parameters.capital_market.regime, "approval");
    assert!(!configuration.parameters.capital_market.open);
    assert_eq!(configuration.seed, 9);
}

#[test]
fn an_override_reaches_one_weight() {
    let whole = preset("baseline", &["sectors.solar.inputs={software=0.1}"]);
    assert_eq!(whole.parameters.value_at("sectors.solar.inputs"), Some(Value::Weights(vec![("software".to_owned(), 0.1)])));
    let one = preset("baseline", &["sectors.solar.inputs.software=0.1"]);
    assert_eq!(one.parameters.value_at("sectors.solar.inputs.software"), Some(Value::Real(0.1)));
    assert_eq!(one.parameters.value_at("sectors.solar.inputs.traditional"), Some(Value::Real(0.2)));
}

const OWN_DRIVER: &str = r#"
extends = "baseline"
[time]
start_year = 2000
years = 2
[drivers.price]
sector = "solar"
file = "data/price.csv"
column = "price, index"
filter_column = "place,kind"
filter_value = "World, new"
"#;

/// As a spreadsheet writes it: byte order mark, carriage returns, quotes, blank lines.
const OWN_DATA: &str = "\u{feff}year,place,kind,\"price, index\"\r\n2001,World,new,\"4\"\r\n2001,Home,new,7\r\n2001,World,old,x\r\n\r\n2002, World ,new,2e0\r\n";

#[test]
fn a_users_csv_works_as_the_built_in_ones_do() {
    let folder = Folder::with(&[("own.toml", OWN_DRIVER)]);
    std::fs::create_dir(folder.path("data")).expect("a writable folder");
    std::fs::write(folder.path("data/price.csv"), OWN_DATA).expect("a writable folder");
    let configuration = good(folder.load("own.toml"));
    let series = &configuration.drivers[0];
    assert_eq!((series.driver.as_str(), series.first_year, series.values.as_slice()), ("price", 2001, &[4.0, 2.0][..]));

    // The resolved text stands alone: it needs the data no more.
    let alone = Folder::with(&[("config.toml", &configuration.to_toml(true))]);
    assert_eq!(good(alone.load("config.toml")).drivers, configuration.drivers);
}

#[test]
fn values_in_place_need_no_file() {
    let text = "extends = \"baseline\"\n[time]\nstart_year = 2000\nyears = 1\n[drivers.p]\nsector = \"solar\"\nseries = { first_year = 1999, values = [3, 2.5, 1] }\n";
    let folder = Folder::with(&[
        ("a.toml", text),
        ("b.toml", "extends = \"a.toml\"\n[drivers.p]\nexponent = 0.5\n"),
        ("c.toml", "extends = \"a.toml\"\n[drivers.p]\nfile = \"none.csv\"\n"),
    ]);
    assert_eq!(good(folder.load("b.toml")).drivers[0].values, [3.0, 2.5, 1.0]);
    let message = folder.load("c.toml").expect_err("a file asked for anew must exist").to_string();
    assert!(message.contains("c.toml:3:8") && message.contains("none.csv"), "{message}");
}

#[test]
fn published_series_drive_the_presets() {
    let solar = preset("solar-history", &[]);
    let values = |name: &str| {
        solar
            .drivers
            .iter()
            .find(|series| series.driver == name)
            .map(|series| (series.first_year, series.values.clone()))
            .expect("a driver")
    };
    let (first, price) = values("module_price");
    assert_eq!((first, price.len(), price[0], price[43]), (1976, 44, 106.0862215, 0.37725));
    let (first, additions) = values("capacity_additions");
    assert_eq!((first, additions.len(), additions[42]), (1977, 43, 578_553.0 - 480_984.0));
    let vehicles = &preset("electric-vehicles", &[]).drivers[0];
    assert_eq!((vehicles.first_year, vehicles.values.len(), vehicles.values[13]), (2010, 14, 38.0));
}

#[test]
fn the_digest_tells_configurations_apart() {
    let digest = |overrides: &[&str]| preset("baseline", overrides).digest();
    assert_eq!(digest(&[]), digest(&["banking.banks=10"]), "a default said aloud changes nothing");
    assert_ne!(digest(&[]), digest(&["seed=2"]));
    assert_ne!(digest(&[]), digest(&["banking.base_spread=0.030000000000000002"]));
    assert_eq!(digest(&[]).len(), 64);
}
