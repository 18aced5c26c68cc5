//! Evidence as text for people.

use serde_json::{Map, Value, json};
use tripath_experiments::evidence::{Ablation, Drift, Effect, OUTCOMES, SANITY, SanityPreset, Statistic};

/// Columns of a table that fit in a line.
const COLUMNS_A_LINE: usize = 12;

/// Sanity: for each preset a row for each seed, means, ranges and verdicts, in blocks of columns.
pub(crate) fn sanity(presets: &[SanityPreset]) -> String {
    let mut text = String::new();
    for preset in presets {
        text.push_str(&format!("{}, {} years, {} seeds: {}\n", preset.name, preset.years, preset.rows.len(), verdict(preset.passed)));
        for (block, statistics) in SANITY.chunks(COLUMNS_A_LINE).enumerate() {
            let first = block * COLUMNS_A_LINE;
            text.push('\n');
            text.push_str(&line("seed", statistics.iter().map(|statistic| statistic.head.to_owned())));
            text.push_str(&line("", statistics.iter().map(|statistic| statistic.unit().to_owned())));
            for row in &preset.rows {
                let cells = statistics.iter().zip(&row.values[first..]).map(|(statistic, value)| {
                    let mark = if statistic.passes(*value) { "" } else { "!" };
                    format!("{mark}{}", statistic.show(*value))
                });
                text.push_str(&line(&row.seed.to_string(), cells));
            }
            let means = statistics.iter().zip(&preset.means[first..]).map(|(statistic, value)| statistic.show(*value));
            text.push_str(&line("mean", means));
            text.push_str(&line("range", statistics.iter().map(Statistic::show_gate)));
            let verdicts = statistics.iter().map(|statistic| match statistic.gate {
                None => String::new(),
                Some(_) => verdict(preset.column_passes(statistic.name)).to_owned(),
            });
            text.push_str(&line("", verdicts));
        }
        for row in preset.rows.iter().filter(|row| !row.passed()) {
            let why = row.failure.clone().unwrap_or_else(|| row.out_of_range.join(", "));
            text.push_str(&format!("  seed {}: {why}\n", row.seed));
        }
        text.push('\n');
    }
    let failed: Vec<&str> = presets.iter().filter(|preset| !preset.passed).map(|preset| preset.name.as_str()).collect();
    let overall = if failed.is_empty() { "all pass".to_owned() } else { format!("not passed: {}", failed.join(", ")) };
    text.push_str(&format!("Overall: {overall}\n"));
    text
}

/// Sanity with a name on every number.
pub(crate) fn sanity_json(presets: &[SanityPreset]) -> Value {
    let named = |values: &[f64]| SANITY.iter().zip(values).map(|(s, v)| (s.name.to_owned(), json!(v))).collect::<Map<_, _>>();
    let presets = presets.iter().map(|preset| {
        let rows = preset.rows.iter().map(|row| {
            json!({ "seed": row.seed, "passed": row.passed(), "failure": row.failure, "out_of_range": row.out_of_range, "values": named(&row.values) })
        });
        json!({ "preset": preset.name, "years": preset.years, "passed": preset.passed, "means": named(&preset.means), "runs": rows.collect::<Vec<_>>() })
    });
    Value::Array(presets.collect())
}

/// Drift: a line for each variable, with its path in steps of twenty years.
pub(crate) fn drift(drifts: &[Drift]) -> String {
    let mut text = String::new();
    for drift in drifts {
        let [start, middle, end] = drift.windows;
        text.push_str(&format!("{}, seed {}: years {start} to {middle} against {middle} to {end}\n", drift.name, drift.seed));
        let head = ["earlier", "later", "difference", "2 se", "allowed", "verdict"];
        text.push_str(&format!("  {:<32}", ""));
        text.push_str(&head.map(|word| format!("{word:>17}")).concat());
        text.push('\n');
        for row in &drift.rows {
            text.push_str(&format!("  {:<32}", row.name));
            for value in [row.early, row.late, row.difference, 2.0 * row.standard_error] {
                text.push_str(&format!("{:>17}", four_digits(value)));
            }
            text.push_str(&format!("{:>17}{:>17}\n", row.rule, if row.drifts { "drifts" } else { "holds" }));
        }
        text.push_str("  Path, means of twenty years\n");
        for row in &drift.rows {
            text.push_str(&format!("  {:<32}", row.name));
            for point in &row.path {
                text.push_str(&format!("{:>20}", format!("{}–{}: {}", point.from, point.to, four_digits(point.mean))));
            }
            text.push('\n');
        }
        let drifting: Vec<&str> = drift.rows.iter().filter(|row| row.drifts).map(|row| row.name).collect();
        let which = if drifting.is_empty() { "nothing drifts".to_owned() } else { format!("drifting: {}", drifting.join(", ")) };
        let debt = if drift.explosive { "debt is EXPLOSIVE" } else { "debt is not explosive" };
        text.push_str(&format!("  {which}; {debt}\n\n"));
    }
    text
}

/// A number to four decimals, a large one to one.
fn four_digits(value: f64) -> String {
    if value.abs() < 100.0 { format!("{value:.4}") } else { format!("{value:.1}") }
}

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

fn verdict(passed: bool) -> &'static str {
    if passed { "pass" } else { "FAIL" }
}

fn line(first: &str, cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells.map(|cell| format!("{cell:>11}")).collect();
    format!("  {:<6}{}\n", first, cells).trim_end().to_owned() + "\n"
}
