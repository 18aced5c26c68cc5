//! A mechanism that is switched off does nothing any more, and what it was there for is missing.

use tripath_experiments::evidence::{Ablation, ablate, mechanism};
use tripath_model::Model;
use tripath_tests::worlds::economy;

fn without(names: &[&str], overrides: &[&str]) -> Ablation {
    let mechanisms: Vec<_> = names.iter().map(|name| mechanism(&Model::standard(), name).expect("a mechanism")).collect();
    let economy = economy("baseline", &[&super::SMALL, overrides].concat());
    ablate(&economy, &mechanisms, 2, 2, &|_, _| ()).expect("the worlds end")
}

fn on_and_off(ablation: &Ablation, mechanism: &str, outcome: &str) -> (f64, f64) {
    let effect = ablation.effect(mechanism, outcome).unwrap_or_else(|| panic!("{mechanism} has no {outcome}"));
    (effect.on, effect.off)
}

#[test]
fn what_is_off_is_gone() {
    let gone = [
        ("funds", "rounds"),
        ("exchange", "listings"),
        ("grants", "rd_public_share"),
        ("grants", "conversions_policy"),
        ("think_tanks", "contracts"),
    ];
    let ablation = without(&["funds", "exchange", "grants", "think_tanks"], &[]);
    for (mechanism, outcome) in gone {
        let (on, off) = on_and_off(&ablation, mechanism, outcome);
        assert!(on > 0.0, "{outcome} is {on} with {mechanism}: it shows nothing");
        assert_eq!(off, 0.0, "{outcome} is {off} without {mechanism}, {on} with it");
    }
}

/// Listings bring money for R&D as well: with the exchange closed, funds are the only source of the capital path.
#[test]
fn without_funds_and_exchange_capital_converts_nothing() {
    let ablation = without(&["funds"], &["capital_market.open=false"]);
    let (on, off) = on_and_off(&ablation, "funds", "conversions_capital");
    assert!(on > 0.0 && off == 0.0, "capital makes {off} of conversions without funds and {on} with them");
}

#[test]
fn without_learning_the_sectors_that_learn_make_less() {
    let (on, off) = on_and_off(&without(&["learning"], &[]), "learning", "solar_output");
    assert!(off < on - 0.05, "log solar output is {off} without learning and {on} with it");
}

#[test]
fn a_mechanism_that_is_not_there_is_said_to_be_absent() {
    let ablation = without(&["output_subsidy"], &[]);
    assert!(ablation.mechanisms[0].absent && ablation.mechanisms[0].effects.is_empty());
}
