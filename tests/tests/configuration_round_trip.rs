//! What a run leaves as its configuration gives the same run again.

use tripath_experiments::configuration::{Configuration, Source, load, presets};

fn preset(name: &str) -> Configuration {
    load(&Source::Preset(name.to_owned()), &[]).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_preset_loads_without_a_broken_rule() {
    for embedded in presets() {
        let configuration = preset(embedded.name);
        assert_eq!(configuration.parameters.violations(), [], "{}", embedded.name);
        assert_eq!(configuration.name, embedded.name);
        assert_eq!(configuration.drivers.len(), configuration.parameters.drivers.len());
        assert!(!embedded.description.is_empty());
    }
}

#[test]
fn the_resolved_text_gives_an_equal_configuration() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for embedded in presets() {
        let configuration = preset(embedded.name);
        for commented in [false, true] {
            let path = folder.path().join(format!("{}-{commented}.toml", embedded.name));
            std::fs::write(&path, configuration.to_toml(commented)).expect("a writable folder");
            let again = load(&Source::File(path), &[]).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(again, configuration);
            assert_eq!(again.digest(), configuration.digest());
        }
    }
}
