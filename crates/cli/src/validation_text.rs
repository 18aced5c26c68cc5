//! Verdicts on facts as text for people.

use tripath_experiments::validation::{FactResult, Group, PartResult, Validation, Verdict};

/// Every group: a line for each statistic, then the gate.
pub(crate) fn whole(validation: &Validation) -> String {
    let mut text = String::new();
    for group in &validation.groups {
        let seeds: Vec<String> = group.seeds.iter().map(ToString::to_string).collect();
        let runs = if seeds.len() == 1 { "seed" } else { "seeds" };
        text.push_str(&format!("{}, judged as {}, {runs} {}\n", group.name, group.regime.word(), seeds.join(", ")));
        for run in &group.incomplete {
            text.push_str(&format!("  not complete, judged on what is there: {run}\n"));
        }
        text.push_str(&format!(
            "  {:<5}{:<32}{:<29}{:>22}  {:<18}{:>7}  {:<15}source\n",
            "fact", "", "statistic", "mean ± 95 %", "target", "runs", "verdict"
        ));
        for fact in &group.facts {
            for (place, part) in fact.parts.iter().enumerate() {
                text.push_str(&line(group, fact, part, place == 0));
                if fact.reason.is_some() && part.mean.is_none() {
                    break;
                }
            }
        }
        text.push_str(&gate(group));
        text.push('\n');
    }
    if validation.groups.iter().any(|group| group.facts.iter().any(|fact| fact.id.starts_with('A'))) {
        text.push_str(match (validation.passed, validation.in_full) {
            (false, _) => "The gate is NOT passed.\n",
            (true, true) => "The gate is passed.\n",
            (true, false) => "The gate is not judged in full: what was judged of it is in target.\n",
        });
    }
    text
}

fn line(group: &Group, fact: &FactResult, part: &PartResult, first: bool) -> String {
    let (id, title) = if first { (fact.id, fact.title) } else { ("", "") };
    if let Some(reason) = fact.reason.as_ref().filter(|_| part.mean.is_none()) {
        return format!("  {id:<5}{title:<32}{}: {reason}\n", fact.verdict.word());
    }
    let runs = part.in_target.map_or_else(String::new, |count| format!("{count}/{}", group.seeds.len()));
    let verdict = if first { fact.verdict.word() } else { "" };
    let source = if first { fact.source } else { "" };
    let target = if part.target == "shown" { "" } else { &part.target };
    let text = format!("  {id:<5}{title:<32}{:<29}{:>22}  {target:<18}{runs:>7}  {verdict:<15}{source}", part.name, part.shown);
    text.trim_end().to_owned() + "\n"
}

/// What the gate says, and how many facts stand how.
fn gate(group: &Group) -> String {
    let count = |verdict: Verdict| group.facts.iter().filter(|fact| fact.verdict == verdict).count();
    let counts = format!(
        "{} in target, {} missed, {} not measurable, {} not judged, {} not asked, {} shown",
        count(Verdict::InTarget),
        count(Verdict::Missed),
        count(Verdict::NotMeasurable),
        count(Verdict::NotJudged),
        count(Verdict::NotAsked),
        count(Verdict::Shown)
    );
    if !group.facts.iter().any(|fact| fact.id.starts_with('A')) {
        return format!("  Facts: {counts}\n");
    }
    let open = group.gate_open.join(", ");
    let said = match (group.gate_missed.is_empty(), group.gate_open.is_empty()) {
        (true, true) => "passed".to_owned(),
        (true, false) => format!("not judged in full; not judged: {open}"),
        (false, true) => format!("NOT passed: {}", group.gate_missed.join(", ")),
        (false, false) => format!("NOT passed: {}; not judged: {open}", group.gate_missed.join(", ")),
    };
    format!("  Facts: {counts}\n  Gate A: {said}\n")
}
