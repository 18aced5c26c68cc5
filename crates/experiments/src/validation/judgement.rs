//! From readings of runs to verdicts on groups: the same economy under several seeds.

use super::fact::{Fact, Gap, Measure, Part, Reading, Regime, Target};
use super::measured::MeasuredRun;
use super::pairs::Economy;
use super::statistics::{mean, standard_deviation, student_95};
use super::verdict::{FactResult, Group, PartResult, Validation, Verdict};

/// Share of runs that must be in target for a fact: eight of ten.
const SHARE_IN_TARGET: (usize, usize) = (8, 10);

/// Share of runs that must be in target for all facts of the gate at once: six of ten.
pub(super) const SHARE_OF_GATE: (usize, usize) = (6, 10);

/// Judges runs: those of one economy under several seeds are a group.
pub fn judge(facts: &[&'static Fact], runs: &[MeasuredRun]) -> Validation {
    let mut grouped: Vec<Vec<&MeasuredRun>> = Vec::new();
    for run in runs {
        match grouped.iter_mut().find(|group| group[0].name == run.name && group[0].economy == run.economy) {
            Some(group) => group.push(run),
            None => grouped.push(vec![run]),
        }
    }
    let groups: Vec<Group> = (0..grouped.len()).map(|place| group(facts, &grouped, place)).collect();
    Validation {
        passed: groups.iter().all(|group| group.gate_passed && group.sanity_missed.is_empty()),
        in_full: groups.iter().all(|group| group.gate_open.is_empty()),
        groups,
    }
}

fn group(facts: &[&'static Fact], all: &[Vec<&MeasuredRun>], place: usize) -> Group {
    let runs = &all[place];
    let judged: Vec<FactResult> = facts
        .iter()
        .enumerate()
        .map(|(index, fact)| {
            let readings = match fact.measure {
                Measure::Run(_) => runs.iter().map(|run| run.readings[index].clone()).collect(),
                Measure::Pair(rule) => {
                    let economy = |runs: &Vec<&MeasuredRun>| Economy {
                        settings: runs[0].economy.clone(),
                        seeds: runs.iter().map(|run| run.seed).collect(),
                        singles: runs.iter().map(|run| run.readings[index].clone()).collect(),
                    };
                    let others: Vec<Economy> =
                        all.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, runs)| economy(runs)).collect();
                    (rule.combine)(&economy(runs), &others)
                }
            };
            fact_result(fact, runs[0].regime, &readings)
        })
        .collect();
    let missed = |belongs: fn(&Fact) -> bool| {
        let facts = facts.iter().zip(&judged).filter(|(fact, result)| belongs(fact) && MISSED.contains(&result.verdict));
        facts.map(|(fact, _)| fact.id).collect::<Vec<_>>()
    };
    let gate_missed = missed(Fact::of_gate);
    let gate_runs = runs_through_gate(facts, &judged, runs.len());
    let gate_runs_passed = gate_runs.iter().filter(|passes| **passes).count();
    let gate_runs_needed = (runs.len() * SHARE_OF_GATE.0).div_ceil(SHARE_OF_GATE.1);
    Group {
        name: label(all, place),
        regime: runs[0].regime,
        seeds: runs.iter().map(|run| run.seed).collect(),
        gate_passed: gate_missed.is_empty() && gate_runs_passed >= gate_runs_needed,
        gate_missed,
        gate_runs,
        gate_runs_passed,
        gate_runs_needed,
        gate_open: not_judged(facts, &judged),
        sanity_missed: missed(Fact::of_sanity),
        incomplete: runs
            .iter()
            .filter(|run| run.status != tripath_outputs::Status::Complete)
            .map(|run| {
                let reason = run.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
                format!("{} ({}{reason})", run.folder.display(), run.status.word())
            })
            .collect(),
        facts: judged,
    }
}

/// Verdicts with which nothing passes.
const MISSED: [Verdict; 2] = [Verdict::Missed, Verdict::NotMeasurable];

/// Whether each run is in target for all facts of the gate that have a verdict.
fn runs_through_gate(facts: &[&'static Fact], judged: &[FactResult], runs: usize) -> Vec<bool> {
    let counts = |(fact, result): &(&&Fact, &FactResult)| {
        fact.of_gate() && (result.verdict == Verdict::InTarget || MISSED.contains(&result.verdict))
    };
    let gate: Vec<&FactResult> = facts.iter().zip(judged).filter(counts).map(|(_, result)| result).collect();
    (0..runs).map(|run| gate.iter().all(|fact| fact.in_target[run])).collect()
}

/// Facts of the gate without a verdict, in their order: left open by the runs, or not computed.
fn not_judged(facts: &[&'static Fact], judged: &[FactResult]) -> Vec<&'static str> {
    let open = |fact: &&'static Fact| match facts.iter().position(|asked| asked.id == fact.id) {
        Some(place) => judged[place].verdict == Verdict::NotJudged,
        None => true,
    };
    super::facts().into_iter().filter(|fact| fact.of_gate()).filter(open).map(|fact| fact.id).collect()
}

/// Name of a group; where several economies bear it, with what differs from the first of them.
fn label(all: &[Vec<&MeasuredRun>], place: usize) -> String {
    const MOST: usize = 3;
    let own = all[place][0];
    match all[..place].iter().find(|group| group[0].name == own.name) {
        None => own.name.clone(),
        Some(first) => {
            let keys = own.economy.differing(&first[0].economy);
            let shown: Vec<String> =
                keys.iter().take(MOST).map(|key| format!("{key} = {}", own.economy.get(key).unwrap_or("none"))).collect();
            let more = if keys.len() > MOST { format!(" and {} more", keys.len() - MOST) } else { String::new() };
            format!("{} with {}{more}", own.name, shown.join(", "))
        }
    }
}

fn fact_result(fact: &'static Fact, regime: Regime, readings: &[Result<Vec<Reading>, Gap>]) -> FactResult {
    let parts: Vec<PartResult> = fact.parts.iter().enumerate().map(|(index, part)| part_result(part, index, regime, readings)).collect();
    let targets: Vec<Target> = fact.parts.iter().map(|part| part.targets.of(regime)).collect();
    let lacks: Vec<Option<&'static str>> = readings.iter().flatten().map(|readings| lacking(&targets, readings)).collect();
    // Where no run has its counterpart, the runs are held to the rest; where some have, it is missing for the others.
    let unpaired = !lacks.is_empty() && lacks.iter().all(Option::is_some);
    let holds = |readings: &Vec<Reading>| {
        let kept = targets.iter().zip(readings).all(|(target, reading)| target.holds(reading) != Some(false));
        kept && (unpaired || lacking(&targets, readings).is_none())
    };
    let in_target: Vec<bool> = readings.iter().map(|readings| readings.as_ref().is_ok_and(holds)).collect();
    let runs_in_target = in_target.iter().filter(|inside| **inside).count();
    let verdict = verdict(fact, &targets, readings, runs_in_target, unpaired);
    let gap = readings.iter().filter_map(|reading| reading.as_ref().err()).next();
    let counterpart = || lacks.iter().flatten().next().map(|words| Gap::Pair(words).to_string());
    let reason = gap.map(ToString::to_string).or_else(counterpart);
    let reason = reason.or_else(|| (verdict == Verdict::NotMeasurable).then(|| "too few observations in these runs".to_owned()));
    FactResult {
        id: fact.id,
        title: fact.title,
        definition: fact.definition,
        source: fact.source,
        calibrated: fact.calibrated,
        parts,
        in_target,
        runs_in_target,
        verdict,
        reason,
    }
}

/// Which other run a judged statistic needs that was not given.
fn lacking(targets: &[Target], readings: &[Reading]) -> Option<&'static str> {
    targets.iter().zip(readings).find_map(|(target, reading)| reading.lacks.filter(|_| target.judges()))
}

fn verdict(fact: &Fact, targets: &[Target], readings: &[Result<Vec<Reading>, Gap>], runs_in_target: usize, unpaired: bool) -> Verdict {
    let share = if fact.of_sanity() { (1, 1) } else { SHARE_IN_TARGET };
    let enough = runs_in_target * share.1 >= readings.len() * share.0;
    let missing = |(target, reading): (&Target, &Reading)| target.judges() && reading.lacks.is_none() && reading.value.is_nan();
    let unseen = readings.iter().flatten().all(|readings| targets.iter().zip(readings).any(missing));
    let all_gaps = readings.iter().all(Result::is_err);
    match readings.iter().filter_map(|reading| reading.as_ref().err()).next() {
        Some(Gap::NotApplicable(_) | Gap::NotHere(_)) if all_gaps => Verdict::NotApplicable,
        _ if targets.iter().all(|target| *target == Target::NotApplicable) => Verdict::NotApplicable,
        _ if targets.iter().all(|target| !target.judges()) && !all_gaps => Verdict::ReportedOnly,
        Some(Gap::Years(_) | Gap::Quarters | Gap::Pair(_)) if all_gaps => Verdict::NotJudged,
        // What is missed without the counterpart is missed with it.
        _ if unpaired && enough => Verdict::NotJudged,
        _ if unseen => Verdict::NotMeasurable,
        _ if enough => Verdict::InTarget,
        _ => Verdict::Missed,
    }
}

fn part_result(part: &Part, index: usize, regime: Regime, readings: &[Result<Vec<Reading>, Gap>]) -> PartResult {
    let target = part.targets.of(regime);
    let of_runs: Vec<Option<Reading>> =
        readings.iter().map(|readings| readings.as_ref().ok().and_then(|readings| readings.get(index).copied())).collect();
    let known: Vec<f64> = of_runs.iter().flatten().map(|reading| reading.value).filter(|value| value.is_finite()).collect();
    let centre = mean(&known);
    let half = student_95(known.len().saturating_sub(1)) * standard_deviation(&known) / (known.len() as f64).sqrt();
    let holds = |reading: &Option<Reading>| reading.as_ref().map_or(Some(false), |reading| target.holds(reading));
    let shown: Vec<&Reading> = of_runs.iter().flatten().collect();
    let lacking = !shown.is_empty() && shown.iter().all(|reading| reading.lacks.is_some());
    PartResult {
        name: part.name,
        target: part.unit.show_target(target),
        mean: centre.is_finite().then_some(centre),
        interval: half.is_finite().then_some([centre - half, centre + half]),
        in_target: (target.judges() && !lacking).then(|| of_runs.iter().filter(|reading| holds(reading) == Some(true)).count()),
        values: of_runs.iter().map(|reading| reading.map(|reading| reading.value).filter(|value| value.is_finite())).collect(),
        shown: if half.is_finite() { format!("{} ± {}", part.unit.show(centre), part.unit.show(half)) } else { part.unit.show(centre) },
    }
}

#[cfg(test)]
mod tests {
    use super::super::fact::{Targets, Unit};
    use super::*;

    const FACT: Fact = Fact {
        id: "A0",
        title: "",
        definition: "",
        source: "",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[Part { name: "x", unit: Unit::One, targets: Targets::all(Target::Between(1.0, 2.0)) }],
        measure: Measure::Run(|_| Ok(Vec::new())),
    };

    fn verdict(values: &[Result<f64, Gap>]) -> (Verdict, usize) {
        let readings: Vec<Result<Vec<Reading>, Gap>> = values.iter().map(|value| value.clone().map(|value| vec![value.into()])).collect();
        let result = fact_result(&FACT, Regime::Neither, &readings);
        (result.verdict, result.runs_in_target)
    }

    #[test]
    fn eight_of_ten_runs_make_a_fact() {
        let runs = |inside: usize| (0..10).map(|run| Ok(if run < inside { 1.5 } else { 3.0 })).collect::<Vec<_>>();
        assert_eq!(verdict(&runs(8)), (Verdict::InTarget, 8));
        assert_eq!(verdict(&runs(7)), (Verdict::Missed, 7));
        assert_eq!(verdict(&[Ok(f64::NAN)]), (Verdict::NotMeasurable, 0));
        assert_eq!(verdict(&[Err(Gap::Table("macro"))]), (Verdict::NotMeasurable, 0));
        assert_eq!(verdict(&[Err(Gap::Years(100))]), (Verdict::NotJudged, 0));
        assert_eq!(verdict(&[Ok(1.5), Err(Gap::Table("macro"))]), (Verdict::Missed, 1), "what is missing does not pass");
    }

    #[test]
    fn a_run_passes_the_gate_with_all_facts_at_once() {
        // Two facts, each in target in eight of ten runs, but together in six or in five only.
        const OTHER: Fact = Fact { id: "A00", ..FACT };
        const APART: Fact = Fact { id: "B0", calibrated: true, ..FACT };
        static FACTS: [&Fact; 3] = [&FACT, &OTHER, &APART];
        let result = |fact: &'static Fact, out: &[usize]| {
            let readings = (0..10).map(|run| Ok(vec![Reading::from(if out.contains(&run) { 3.0 } else { 1.5 })]));
            fact_result(fact, Regime::Neither, &readings.collect::<Vec<_>>())
        };
        let judged = [result(FACTS[0], &[0, 1]), result(FACTS[1], &[2, 3]), result(FACTS[2], &[4, 5, 6])];
        let runs = runs_through_gate(&FACTS, &judged, 10);
        assert_eq!(runs, [[false; 4].as_slice(), &[true; 6]].concat());
        assert!(judged[..2].iter().all(|fact| fact.verdict == Verdict::InTarget));
        assert_eq!((judged[0].word(), judged[2].word()), ("in target", "calibrated, missed"));
        // What no run is long enough for holds nobody up.
        let open = fact_result(FACTS[1], Regime::Neither, &vec![Err(Gap::Years(100)); 10]);
        assert_eq!(runs_through_gate(&FACTS[..2], &[result(FACTS[0], &[]), open], 10), [true; 10]);
    }

    #[test]
    fn what_needs_no_counterpart_is_judged_without_it() {
        const PAIRED: Part = Part { name: "y", unit: Unit::One, targets: Targets::all(Target::AtLeast(0.5)) };
        const BOTH: Fact = Fact { parts: &[FACT.parts[0], PAIRED], ..FACT };
        let run = |own: f64, paired: Option<f64>| Ok(vec![own.into(), paired.map_or(Reading::lacking("the other"), Reading::from)]);
        let result = |runs: &[Result<Vec<Reading>, Gap>]| fact_result(&BOTH, Regime::Neither, runs);
        let open = result(&[run(1.5, None), run(1.5, None)]);
        assert_eq!((open.verdict, open.runs_in_target, open.reason.as_deref()), (Verdict::NotJudged, 2, Some("needs a pair: the other")));
        assert_eq!(
            (open.parts[0].in_target, open.parts[0].mean, open.parts[1].in_target, open.parts[1].mean),
            (Some(2), Some(1.5), None, None)
        );
        let missed = result(&[run(3.0, None), run(1.5, None)]);
        assert_eq!((missed.verdict, missed.in_target), (Verdict::Missed, vec![false, true]));
        let some = result(&[run(1.5, Some(0.6)), run(1.5, None)]);
        assert_eq!((some.verdict, some.in_target, some.parts[1].in_target), (Verdict::Missed, vec![true, false], Some(1)));
        assert_eq!(result(&[run(f64::NAN, None)]).verdict, Verdict::NotMeasurable);
        assert_eq!(result(&[run(1.5, Some(0.6))]).verdict, Verdict::InTarget);
    }

    #[test]
    fn sanity_is_asked_of_every_run() {
        const SANE: Fact = Fact { id: "S0", ..FACT };
        let readings: Vec<_> = (0..10).map(|run| Ok(vec![Reading::from(if run == 0 { 3.0 } else { 1.5 })])).collect();
        assert_eq!(fact_result(&SANE, Regime::Neither, &readings).verdict, Verdict::Missed);
        assert_eq!(fact_result(&SANE, Regime::Neither, &readings[1..]).verdict, Verdict::InTarget);
    }

    #[test]
    fn the_interval_is_that_of_students_t() {
        let readings = [Ok(vec![Reading::from(1.0)]), Ok(vec![Reading::from(3.0)])];
        let result = part_result(&FACT.parts[0], 0, Regime::Neither, &readings);
        // Standard deviation √2, of the mean 1, times 12.706.
        let [low, high] = result.interval.expect("two runs");
        assert!((low - (2.0 - 12.706)).abs() < 1e-9 && (high - (2.0 + 12.706)).abs() < 1e-9);
        assert_eq!((result.in_target, result.mean), (Some(1), Some(2.0)));
    }
}
