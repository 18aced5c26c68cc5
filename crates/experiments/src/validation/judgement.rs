//! From readings of runs to verdicts on groups: the same economy under several seeds.

use serde::Serialize;

use super::fact::{Fact, Gap, Measure, Part, Reading, Regime, Target};
use super::measured::MeasuredRun;
use super::pairs::Economy;
use super::statistics::{mean, standard_deviation, student_95};

/// Share of runs that must be in target: eight of ten.
const SHARE_IN_TARGET: (usize, usize) = (8, 10);

/// What is said of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// In target for eight of ten runs.
    InTarget,
    /// Not in target for eight of ten runs.
    Missed,
    /// The runs do not show it.
    NotMeasurable,
    /// The runs are too short for it, or lack their counterpart.
    NotJudged,
    /// No target is set.
    Shown,
    /// It is asked of other economies.
    NotAsked,
}

impl Verdict {
    /// As people read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::InTarget => "in target",
            Self::Missed => "MISSED",
            Self::NotMeasurable => "NOT MEASURABLE",
            Self::NotJudged => "not judged",
            Self::Shown => "shown",
            Self::NotAsked => "not asked",
        }
    }
}

/// One statistic over the runs of a group.
#[derive(Debug, Clone, Serialize)]
pub struct PartResult {
    /// The statistic.
    pub name: &'static str,
    /// Its target as text.
    pub target: String,
    /// Mean over runs; missing where no run shows it.
    pub mean: Option<f64>,
    /// 95 % interval of the mean, from the spread over seeds; missing for fewer than two runs.
    pub interval: Option<[f64; 2]>,
    /// Runs in target; missing where it is not judged.
    pub in_target: Option<usize>,
    /// Value of each run in the order of the group's seeds; missing where a run does not show it.
    pub values: Vec<Option<f64>>,
    /// Mean as people read it.
    #[serde(skip)]
    pub shown: String,
}

/// A fact over the runs of a group.
#[derive(Debug, Clone, Serialize)]
pub struct FactResult {
    /// Letter and number.
    pub id: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// How it is computed.
    pub definition: &'static str,
    /// Where its target is from.
    pub source: &'static str,
    /// Statistics.
    pub parts: Vec<PartResult>,
    /// Runs in which every judged statistic is in target.
    pub runs_in_target: usize,
    /// What is said of it.
    pub verdict: Verdict,
    /// Why it could not be measured.
    pub reason: Option<String>,
}

/// Runs of one economy.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Name of the preset or file; what differs is added where several economies have one name.
    pub name: String,
    /// Which targets hold.
    pub regime: Regime,
    /// Seeds.
    pub seeds: Vec<u64>,
    /// Whether every fact of the gate that was judged is in target.
    pub gate_passed: bool,
    /// Facts of the gate that are not in target, or not measurable.
    pub gate_missed: Vec<&'static str>,
    /// Facts of the gate that are not judged: these runs are too short for them, or they were not computed.
    pub gate_open: Vec<&'static str>,
    /// Folders of runs that are not complete.
    pub incomplete: Vec<String>,
    /// Facts.
    pub facts: Vec<FactResult>,
}

/// Verdicts on all groups.
#[derive(Debug, Clone, Serialize)]
pub struct Validation {
    /// Whether every fact of the gate that was judged is in target, in every group.
    pub passed: bool,
    /// Whether all facts of the gate were judged in every group; without it `passed` speaks of a part of the gate alone.
    pub in_full: bool,
    /// Groups.
    pub groups: Vec<Group>,
}

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
        passed: groups.iter().all(|group| group.gate_passed),
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
    let of_gate = |wanted: &[Verdict]| {
        let gate = facts.iter().zip(&judged).filter(|(fact, result)| fact.of_gate() && wanted.contains(&result.verdict));
        gate.map(|(fact, _)| fact.id).collect::<Vec<_>>()
    };
    let gate_missed = of_gate(&[Verdict::Missed, Verdict::NotMeasurable]);
    Group {
        name: label(all, place),
        regime: runs[0].regime,
        seeds: runs.iter().map(|run| run.seed).collect(),
        gate_passed: gate_missed.is_empty(),
        gate_missed,
        gate_open: not_judged(facts, &judged),
        incomplete: runs
            .iter()
            .filter(|run| run.status != tripath_outputs::Status::Complete)
            .map(|run| format!("{} ({})", run.folder.display(), run.status.word()))
            .collect(),
        facts: judged,
    }
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
    let in_target = |readings: &[Reading]| targets.iter().zip(readings).all(|(target, reading)| target.holds(reading) != Some(false));
    let runs_in_target = readings.iter().flatten().filter(|readings| in_target(readings)).count();
    let gap = readings.iter().filter_map(|reading| reading.as_ref().err()).next();
    let judged: Vec<bool> = targets.iter().map(|target| !matches!(target, Target::Shown | Target::NotAsked)).collect();
    let unseen =
        readings.iter().flatten().all(|readings| judged.iter().zip(readings).any(|(judged, reading)| *judged && reading.value.is_nan()));
    let all_gaps = readings.iter().all(Result::is_err);
    let verdict = match gap {
        Some(Gap::NotAsked(_) | Gap::NotHere(_)) if all_gaps => Verdict::NotAsked,
        _ if targets.iter().all(|target| *target == Target::NotAsked) => Verdict::NotAsked,
        _ if judged.iter().all(|judged| !judged) && !all_gaps => Verdict::Shown,
        Some(Gap::Years(_) | Gap::Pair(_)) if all_gaps => Verdict::NotJudged,
        _ if unseen => Verdict::NotMeasurable,
        _ if runs_in_target * SHARE_IN_TARGET.1 >= readings.len() * SHARE_IN_TARGET.0 => Verdict::InTarget,
        _ => Verdict::Missed,
    };
    let reason = gap.map(ToString::to_string);
    let reason = reason.or_else(|| (verdict == Verdict::NotMeasurable).then(|| "too few observations in these runs".to_owned()));
    FactResult { id: fact.id, title: fact.title, definition: fact.definition, source: fact.source, parts, runs_in_target, verdict, reason }
}

fn part_result(part: &Part, index: usize, regime: Regime, readings: &[Result<Vec<Reading>, Gap>]) -> PartResult {
    let target = part.targets.of(regime);
    let of_runs: Vec<Option<Reading>> =
        readings.iter().map(|readings| readings.as_ref().ok().and_then(|readings| readings.get(index).copied())).collect();
    let known: Vec<f64> = of_runs.iter().flatten().map(|reading| reading.value).filter(|value| value.is_finite()).collect();
    let centre = mean(&known);
    let half = student_95(known.len().saturating_sub(1)) * standard_deviation(&known) / (known.len() as f64).sqrt();
    let holds = |reading: &Option<Reading>| reading.as_ref().map_or(Some(false), |reading| target.holds(reading));
    let judged = !matches!(target, Target::Shown | Target::NotAsked);
    PartResult {
        name: part.name,
        target: part.unit.show_target(target),
        mean: centre.is_finite().then_some(centre),
        interval: half.is_finite().then_some([centre - half, centre + half]),
        in_target: judged.then(|| of_runs.iter().filter(|reading| holds(reading) == Some(true)).count()),
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
    fn the_interval_is_that_of_students_t() {
        let readings = [Ok(vec![Reading::from(1.0)]), Ok(vec![Reading::from(3.0)])];
        let result = part_result(&FACT.parts[0], 0, Regime::Neither, &readings);
        // Standard deviation √2, of the mean 1, times 12.706.
        let [low, high] = result.interval.expect("two runs");
        assert!((low - (2.0 - 12.706)).abs() < 1e-9 && (high - (2.0 + 12.706)).abs() < 1e-9);
        assert_eq!((result.in_target, result.mean), (Some(1), Some(2.0)));
    }
}
