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
fn a_file_that_extends_a_preset_knows_what_it_stands_on() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, "extends = \"solar\"\n").expect("a writable folder");
    let mine = load(&Source::File(path), &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((mine.name.as_str(), mine.lineage.join(" ").as_str()), ("mine", "solar china-like baseline"));
    assert_eq!(preset("solar").lineage, mine.lineage);
    // The resolved text extends nothing and says it all the same.
    let resolved = folder.path().join("resolved.toml");
    std::fs::write(&resolved, mine.to_toml(false)).expect("a writable folder");
    assert_eq!(load(&Source::File(resolved), &[]).unwrap_or_else(|error| panic!("{error}")).lineage, mine.lineage);
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
