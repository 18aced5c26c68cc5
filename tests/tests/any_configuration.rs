//! Whatever stands in a configuration, an override or a driver's data: it is accepted or refused, and nothing panics.

use proptest::prelude::*;
use tripath_experiments::configuration::{Source, load};
use tripath_model::parameters::Parameters;

/// Keys that exist, near misses and strangers.
fn path() -> impl Strategy<Value = String> {
    let parameters = Parameters::default();
    let mut known: Vec<String> =
        ["extends", "name", "seed", "outputs.tables", "outputs.enterprises_fraction", "sectors.inherit", "drivers.x.series"]
            .map(str::to_owned)
            .to_vec();
    for (group, _) in Parameters::GROUPS {
        let definitions = parameters.group(group).map(|group| group.definitions()).unwrap_or_default();
        known.extend(definitions.iter().map(|definition| format!("{group}.{}", definition.key)));
    }
    for (list, _) in Parameters::LISTS {
        let definitions = Parameters::member_definitions(list).unwrap_or_default();
        known.extend(definitions.iter().map(|definition| format!("{list}.solar.{}", definition.key)));
        known.push((*list).to_owned());
    }
    prop_oneof![8 => proptest::sample::select(known), 1 => "[a-z_.\"]{0,12}", 1 => "\\PC{0,8}"]
}

/// Values of every type, sane and not.
fn value() -> impl Strategy<Value = String> {
    let words = [
        "true",
        "nan",
        "-inf",
        "1e999",
        "-1e-999",
        "99999999999999999999",
        "0x7fffffffffffffff",
        "1979-05-27",
        "{}",
        "[]",
        "\"\"",
        "-0.0",
        "''",
    ];
    prop_oneof![
        any::<f64>().prop_map(|number| format!("{number:?}")),
        any::<i64>().prop_map(|number| number.to_string()),
        (0.0..1.0).prop_map(|number: f64| format!("{number:?}")),
        proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        "[a-z:./]{0,12}".prop_map(|text| format!("\"{text}\"")),
        "[a-z]{1,6}".prop_map(|key| format!("{{ {key} = 0.5, first_year = -7, values = [1, 2.5] }}")),
        (1usize..200).prop_map(|depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth))),
        "\\PC{0,10}",
    ]
}

fn outcome(text: &[u8], overrides: &[String]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("main.toml");
    std::fs::write(&path, text).expect("a writable folder");
    check(&Source::File(path), overrides);
}

fn check(source: &Source, overrides: &[String]) {
    match load(source, overrides) {
        Ok(configuration) => {
            assert_eq!(configuration.parameters.violations(), []);
            let folder = tempfile::tempdir().expect("a temporary folder");
            let path = folder.path().join("resolved.toml");
            std::fs::write(&path, configuration.to_toml(true)).expect("a writable folder");
            assert_eq!(load(&Source::File(path), &[]).unwrap_or_else(|error| panic!("{error}")), configuration);
        }
        Err(error) => {
            assert!(!error.problems().is_empty());
            assert!(!error.to_string().is_empty() && !format!("{:?}", error.report()).is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_keys_and_values(lines in prop::collection::vec((path(), value()), 0..6), preset in prop::bool::ANY) {
        let head = if preset { "extends = \"solar\"\n" } else { "" };
        let body: String = lines.iter().map(|(path, value)| format!("{path} = {value}\n")).collect();
        outcome(format!("{head}{body}").as_bytes(), &[]);
    }

    #[test]
    fn any_overrides(lines in prop::collection::vec((path(), value()), 0..4)) {
        let overrides: Vec<String> = lines.iter().map(|(path, value)| format!("{path}={value}")).collect();
        check(&Source::Preset("solar".to_owned()), &overrides);
    }

    #[test]
    fn any_text(text in "\\PC{0,200}", overrides in prop::collection::vec("\\PC{0,40}", 0..3)) {
        outcome(text.as_bytes(), &overrides);
    }

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        outcome(&bytes, &[]);
    }

    #[test]
    fn any_data(data in "(year,price\n)?([0-9.,\"ex\u{e9}\n-]{0,60}|(20[0-9][0-9],[0-9]{1,3}\r?\n){0,20})", change in prop::bool::ANY) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("data.csv"), data).expect("a writable folder");
        let text = format!("extends = \"baseline\"\ntime = {{ start_year = 2000, years = 2 }}\n[drivers.p]\nsector = \"solar\"\nfile = \"data.csv\"\ncolumn = \"price\"\nchange = {change}\n");
        let path = folder.path().join("main.toml");
        std::fs::write(&path, text).expect("a writable folder");
        check(&Source::File(path), &[]);
    }
}
