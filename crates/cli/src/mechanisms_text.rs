//! The model as a list of mechanisms, and the order of a tick.

use std::fmt::Write;

use tripath_model::tick::Phase;
use tripath_model::{Model, Place};

/// All mechanisms, then the phases of a tick with the systems that act in them.
pub(crate) fn whole(model: &Model) -> String {
    let width = model.mechanisms().map(|mechanism| mechanism.name().len()).max().unwrap_or(0);
    let mut text = "Mechanisms, in the order in which they act within a phase (+ from outside):\n\n".to_owned();
    for mechanism in model.mechanisms() {
        let mark = if mechanism.is_standard() { ' ' } else { '+' };
        let _ = writeln!(text, "{mark} {:width$}  {}", mechanism.name(), mechanism.meaning());
        for table in mechanism.tables() {
            let _ = writeln!(text, "  {:width$}    table {}: {}", "", table.name, table.meaning.trim());
        }
        for kind in mechanism.payments() {
            let _ = writeln!(text, "  {:width$}    payment {} ({}): {}", "", kind.word(), kind.class().word(), kind.meaning());
        }
    }
    text.push_str("\nA tick, from top to bottom:\n\n");
    for (number, phase) in Phase::ALL.into_iter().enumerate() {
        add_place(&mut text, model, Place::Before(phase), &format!("   before {phase:?}"));
        add_place(&mut text, model, Place::Within(phase), &format!("{:2} {phase:?}", number + 1));
        add_place(&mut text, model, Place::After(phase), &format!("   after {phase:?}"));
    }
    text
}

/// A line with the systems of a place, where there are any.
fn add_place(text: &mut String, model: &Model, place: Place, label: &str) {
    let of = |mechanism: &tripath_model::Declaration| {
        let systems = mechanism.system_names().filter(|(other, _)| *other == place);
        systems.map(|(_, system)| format!("{} ({})", system, mechanism.name())).collect::<Vec<_>>()
    };
    let systems: Vec<String> = model.mechanisms().flat_map(of).collect();
    if !systems.is_empty() {
        let _ = writeln!(text, "{label:24}  {}", systems.join(", "));
    }
}
