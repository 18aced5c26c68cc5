//! Evidence as text for people.

use tripath_experiments::evidence::{Ablation, Effect, OUTCOMES, Statistic};

/// Ablation: for each mechanism a line for each outcome, then what lies beyond two standard errors.
pub(crate) fn ablation(ablation: &Ablation) -> String {
    let mut text = format!("{}, {} years, {} pairs; effect is off − on\n", ablation.name, ablation.years, ablation.pairs);
    let mut marked = String::new();
    for mechanism in &ablation.mechanisms {
        text.push_str(&format!("\n{} off: {}\n", mechanism.mechanism, mechanism.off));
        if mechanism.absent {
            text.push_str(&format!("  {} has none: nothing to switch off\n", ablation.name));
            marked.push_str(&format!("  {:<18}absent\n", mechanism.mechanism));
            continue;
        }
        let head = ["on", "off", "effect", "std error", "t"].map(|word| format!("{word:>14}")).concat();
        text.push_str(&format!("    {:<28}{:<4}{head}\n", "", ""));
        for (effect, outcome) in mechanism.effects.iter().zip(OUTCOMES) {
            text.push_str(&effect_line(effect, outcome));
        }
        let names: Vec<String> = mechanism
            .effects
            .iter()
            .filter(|e| e.beyond)
            .map(|e| format!("{} {}", e.outcome, if e.effect > 0.0 { "+" } else { "−" }))
            .collect();
        let names = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        marked.push_str(&format!("  {:<18}{names}\n", mechanism.mechanism));
    }
    text.push_str(&format!("\nBeyond two standard errors when off\n{marked}"));
    text
}

fn effect_line(effect: &Effect, outcome: &Statistic) -> String {
    let cells =
        [effect.on, effect.off, effect.effect, effect.standard_error].map(|value| format!("{:>14}", finer(outcome, value))).concat();
    let t = if effect.t.is_finite() { format!("{:.1}", effect.t) } else { "–".to_owned() };
    let few = if effect.pairs < 2 { "   too few pairs show it" } else { "" };
    format!("  {} {:<28}{:<4}{cells}{t:>14}{few}\n", if effect.beyond { '*' } else { ' ' }, outcome.name, outcome.unit())
}

/// As the statistic is shown, to a thousandth: effects are smaller than levels.
fn finer(outcome: &Statistic, value: f64) -> String {
    let scale = if outcome.unit() == "%" { 100.0 } else { 1.0 };
    if value.is_finite() { format!("{:.4}", value * scale) } else { "–".to_owned() }
}
