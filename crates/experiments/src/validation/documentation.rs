//! The facts as Markdown, for `docs/validation.md`.

use std::fmt::Write;

use super::fact::{Regime, Target};
use super::facts;

/// Titles of the parts of the evidence.
const LETTERS: [(&str, &str); 4] = [
    ("S", "Sanity: every run, every seed, also of presets that are not held to the gate"),
    ("A", "Plausibility gate: every preset, every seed"),
    ("B", "Capital path"),
    ("C", "Policy path"),
];

/// Every fact as it is computed and judged.
pub fn facts_markdown() -> String {
    let mut text = String::new();
    for (letter, title) in LETTERS {
        let _ = write!(text, "## {letter}. {title}\n\n| fact | definition | statistic: target | source |\n|---|---|---|---|\n");
        for fact in facts().into_iter().filter(|fact| fact.id.starts_with(letter)) {
            let parts: Vec<String> = fact
                .parts
                .iter()
                .map(|part| {
                    let words = |regime| part.unit.show_target(part.targets.of(regime));
                    let (us, china, neither) = (words(Regime::UsLike), words(Regime::ChinaLike), words(Regime::Neither));
                    let india = words(Regime::IndiaLike);
                    let target = if us == china && china == neither && india == neither {
                        us
                    } else {
                        let judged = |regime| part.targets.of(regime) != Target::NotApplicable;
                        let mut named = vec![(Regime::UsLike, us), (Regime::ChinaLike, china)];
                        if india != neither {
                            named.push((Regime::IndiaLike, india));
                        }
                        named.push((Regime::Neither, neither));
                        let named: Vec<String> = named
                            .into_iter()
                            .filter(|(regime, _)| judged(*regime))
                            .map(|(regime, words)| format!("{} {words}", regime.word()))
                            .collect();
                        named.join("; ")
                    };
                    format!("{}: {target}", part.name)
                })
                .collect();
            let asked = if fact.presets.is_empty() { String::new() } else { format!(" Applies to {} only.", fact.presets.join(", ")) };
            let calibrated = if fact.calibrated { " **Calibrated**: no evidence." } else { "" };
            let _ = writeln!(
                text,
                "| **{}** {} | {}.{asked}{calibrated} | {} | {} |",
                fact.id,
                fact.title,
                fact.definition,
                parts.join("<br>"),
                fact.source
            );
        }
        text.push('\n');
    }
    text
}
