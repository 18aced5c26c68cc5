//! Verdicts on facts as text for people, within about a hundred columns. Sources and definitions are in CSV and JSON.

use tripath_experiments::validation::{FactResult, Group, PartResult, Validation, Verdict};

/// Columns of what a line is about: longer names of facts take a line of their own.
const LABEL: usize = 34;

/// Every group: a table of facts, then what it says of sanity and of the gate.
pub(crate) fn whole(validation: &Validation) -> String {
    let mut text = String::new();
    for group in &validation.groups {
        text.push_str(&table(group));
        text.push_str(&summary(group));
        text.push('\n');
    }
    if validation.groups.iter().any(|group| !group.sanity_missed.is_empty()) {
        text.push_str("Not every run is sane.\n");
    }
    if validation.groups.iter().any(Group::judges_gate) {
        let passed = validation.groups.iter().all(|group| group.gate_passed);
        text.push_str(match (passed, validation.in_full) {
            (false, _) => "The gate is NOT passed.\n",
            (true, true) => "The gate is passed.\n",
            (true, false) => "The gate is not judged in full: what was judged of it is passed.\n",
        });
    }
    text
}

fn table(group: &Group) -> String {
    let noun = if group.seeds.len() == 1 { "seed" } else { "seeds" };
    let mut text = format!("{}, judged as {}, {noun} {}\n", group.name, group.regime.word(), ranges(&group.seeds));
    for run in &group.incomplete {
        text.push_str(&format!("  not complete, judged on what is there: {run}\n"));
    }
    text.push_str(&row("fact", "statistic", "mean ± 95 %", "target", "runs", "verdict"));
    for fact in &group.facts {
        text.push_str(&lines(group, fact));
    }
    text
}

fn row(id: &str, label: &str, value: &str, target: &str, runs: &str, verdict: &str) -> String {
    format!("  {id:<5}{label:<LABEL$}{value:>19}  {target:<16}{runs:>7}  {verdict}").trim_end().to_owned() + "\n"
}

/// A fact of one statistic in one line; of several, its name with all of them at once, and a line for each.
fn lines(group: &Group, fact: &FactResult) -> String {
    if let Some(reason) = fact.reason.as_ref().filter(|_| fact.parts.iter().all(|part| part.mean.is_none())) {
        return format!("  {:<5}{:<LABEL$}{}: {reason}\n", fact.id, fact.title, fact.word());
    }
    let of_all = |count: usize| format!("{count}/{}", group.seeds.len());
    let statistic = |id: &str, label: &str, part: &PartResult, verdict: &str| {
        let target = if part.in_target.is_none() { "" } else { &part.target };
        row(id, label, &part.shown, target, &part.in_target.map(of_all).unwrap_or_default(), verdict)
    };
    let label = |part: &PartResult| format!("{}: {}", fact.title, part.name);
    let mut text = match fact.parts.as_slice() {
        [part] if label(part).chars().count() < LABEL => statistic(fact.id, &label(part), part, fact.word()),
        parts => {
            let open = fact.verdict == Verdict::NotJudged || parts.iter().all(|part| part.in_target.is_none());
            let runs = if open { String::new() } else { of_all(fact.runs_in_target) };
            let head = row(fact.id, fact.title, "", "", &runs, fact.word());
            head + &parts.iter().map(|part| statistic("", &format!("  {}", part.name), part, "")).collect::<String>()
        }
    };
    if let Some(reason) = &fact.reason {
        let in_all = fact.parts.iter().any(|part| part.values.iter().all(Option::is_none));
        let which = if in_all || fact.verdict == Verdict::NotMeasurable { "" } else { "in some runs: " };
        text.push_str(&format!("         {which}{reason}\n"));
    }
    text
}

/// How many facts stand how, whether all runs are sane, and what the gate says.
fn summary(group: &Group) -> String {
    let count = |verdict: Verdict, calibrated: bool| {
        group.facts.iter().filter(|fact| fact.verdict == verdict && fact.calibrated == calibrated).count()
    };
    let both = |verdict: Verdict| count(verdict, false) + count(verdict, true);
    let mut text = format!(
        "  Facts: {} in target, {} missed, {} not measurable, {} not judged, {} not applicable, {} reported only\n",
        count(Verdict::InTarget, false),
        count(Verdict::Missed, false),
        both(Verdict::NotMeasurable),
        both(Verdict::NotJudged),
        both(Verdict::NotApplicable),
        both(Verdict::ReportedOnly)
    );
    let (kept, missed) = (count(Verdict::InTarget, true), count(Verdict::Missed, true));
    if kept + missed > 0 {
        text.push_str(&format!("  Calibrated, no evidence: {kept} in target, {missed} missed\n"));
    }
    if group.facts.iter().any(|fact| fact.id.starts_with('S')) {
        let missed = group.sanity_missed.join(", ");
        text.push_str(&if missed.is_empty() { "  Sanity S: passed\n".to_owned() } else { format!("  Sanity S: NOT passed: {missed}\n") });
    }
    if group.judges_gate() {
        text.push_str(&format!("  Gate A: {}\n", gate(group)));
    }
    text
}

fn gate(group: &Group) -> String {
    let open = few(&group.gate_open);
    let verdict = match (group.gate_passed, group.gate_open.is_empty()) {
        (true, true) => "passed".to_owned(),
        (true, false) => format!("not judged in full; not judged: {open}"),
        (false, _) => {
            let missed = if group.gate_missed.is_empty() { "too few runs pass all of it".to_owned() } else { group.gate_missed.join(", ") };
            let open = if open.is_empty() { String::new() } else { format!("; not judged: {open}") };
            format!("NOT passed: {missed}{open}")
        }
    };
    let runs = group.seeds.len();
    format!(
        "{verdict}\n  Runs in target for all judged facts A at once: {} of {runs} ({} needed)",
        group.gate_runs_passed, group.gate_runs_needed
    )
}

/// The first few ids, and how many more.
fn few(ids: &[&str]) -> String {
    const MOST: usize = 8;
    let more = if ids.len() > MOST { format!(" and {} more", ids.len() - MOST) } else { String::new() };
    format!("{}{more}", ids[..ids.len().min(MOST)].join(", "))
}

/// Seeds with their runs as ranges.
fn ranges(seeds: &[u64]) -> String {
    let chunks = seeds.chunk_by(|one, next| *next == one.wrapping_add(1));
    let words = chunks.map(|chunk| match chunk {
        [first, .., last] => format!("{first}-{last}"),
        _ => chunk.iter().map(ToString::to_string).collect(),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_that_follow_each_other_are_a_range() {
        assert_eq!((ranges(&[1, 2, 3, 7, 9, 10]), ranges(&[4]), ranges(&[])), ("1-3, 7, 9-10".to_owned(), "4".to_owned(), String::new()));
    }
}
