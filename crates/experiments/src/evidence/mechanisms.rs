//! Mechanisms that can be switched off, each by values of parameters.

use tripath_model::Model;
use tripath_model::parameters::{self, Parameters, Value};

use super::EvidenceError;
use crate::configuration::nearest::did_you_mean;

/// A mechanism.
#[derive(Debug, Clone, Copy)]
pub struct Mechanism {
    /// Name on the command line.
    pub name: &'static str,
    /// What off means.
    pub off: &'static str,
    changes: Changes,
}

/// What is set where a mechanism is switched off.
#[derive(Debug, Clone, Copy)]
enum Changes {
    /// These values, of the standard model.
    Of(fn(&Parameters) -> Vec<(String, Value)>),
    /// The switch of a mechanism from outside.
    Switch,
}

impl Mechanism {
    /// The configuration without the mechanism; nothing where it has none to switch off.
    pub fn without(&self, parameters: &Parameters) -> Option<Parameters> {
        let mut changed = parameters.clone();
        let changes = match self.changes {
            Changes::Of(changes) => changes(parameters),
            Changes::Switch => vec![(format!("{}.{}.active", parameters::MECHANISMS, self.name), Value::Flag(false))],
        };
        for (path, value) in changes {
            let outcome = changed.set_at(&path, value);
            debug_assert_eq!(outcome, Ok(()), "{path}");
        }
        (changed != *parameters).then_some(changed)
    }
}

fn set(path: &str, value: f64) -> (String, Value) {
    (path.to_owned(), Value::Real(value))
}

fn programmes_off(parameters: &Parameters, instrument: &str) -> Vec<(String, Value)> {
    let programmes = parameters.programmes.iter().filter(|programme| programme.value.instrument == instrument);
    programmes.map(|programme| (format!("programmes.{}.active", programme.name), Value::Flag(false))).collect()
}

fn of_sectors(parameters: &Parameters, key: &str, value: f64) -> Vec<(String, Value)> {
    parameters.sector_names().map(|name| set(&format!("sectors.{name}.{key}"), value)).collect()
}

/// No board asks for approval.
fn approval_off(parameters: &Parameters) -> Vec<(String, Value)> {
    let registration = || Value::Text("registration".to_owned());
    let mut changes = vec![("capital_market.regime".to_owned(), registration())];
    let own = parameters.boards.iter().filter(|board| board.value.regime == "approval");
    changes.extend(own.map(|board| (format!("boards.{}.regime", board.name), registration())));
    changes
}

/// A rule of approval, where any board asks for it: elsewhere there is nothing to switch off.
fn if_approval(parameters: &Parameters, path: &str, value: f64) -> Vec<(String, Value)> {
    let market = &parameters.capital_market.regime;
    let regime = |own: &String| if own == "exchange" { market.clone() } else { own.clone() };
    let asked = parameters.boards.iter().any(|board| regime(&board.value.regime) == "approval");
    if asked { vec![set(path, value)] } else { Vec::new() }
}

/// Inputs without which a user stands still, where a sector has any.
fn if_critical(parameters: &Parameters) -> Vec<(String, Value)> {
    let any = parameters.sectors.iter().any(|sector| sector.value.critical_inputs.0.iter().any(|(_, share)| *share > 0.0));
    if any { vec![set("production.input_criticality", 0.0)] } else { Vec::new() }
}

/// No programme is evaluated, so that none grows, shrinks or stops for what it brought.
fn evaluation_off(parameters: &Parameters) -> Vec<(String, Value)> {
    let evaluated = parameters.programmes.iter().filter(|programme| programme.value.patience_years > 0.0);
    evaluated
        .flat_map(|programme| {
            let path = |key| format!("programmes.{}.{key}", programme.name);
            [(path("rule"), Value::Text("keep".to_owned())), (path("patience_years"), Value::Real(0.0))]
        })
        .collect()
}

/// Embargoes of the timeline leave all imports.
fn embargo_off(parameters: &Parameters) -> Vec<(String, Value)> {
    let embargoes = parameters.events.iter().filter(|event| event.value.action == "embargo");
    embargoes.map(|event| set(&format!("events.{}.value", event.name), 1.0)).collect()
}

/// The services of think tanks share their capacity: weights sum to 1.
const SERVICES: [&str; 5] = ["advice_weight", "research_weight", "matchmaking_weight", "support_weight", "attraction_weight"];

/// One service has no capacity, the others share it in proportion to what they have.
fn service_off(parameters: &Parameters, service: usize) -> Vec<(String, Value)> {
    let tanks = &parameters.think_tanks;
    let mut weights = [tanks.advice_weight, tanks.research_weight, tanks.matchmaking_weight, tanks.support_weight, tanks.attraction_weight];
    let rest = weights.iter().sum::<f64>() - weights[service];
    if rest <= 0.0 || tanks.count == 0 || weights[service] == 0.0 {
        return Vec::new();
    }
    weights[service] = 0.0;
    SERVICES.iter().zip(weights).map(|(name, weight)| set(&format!("think_tanks.{name}"), weight / rest)).collect()
}

/// Kinds of innovation share the draw: weights sum to 1.
const KINDS: [&str; 4] = ["process_weight", "product_weight", "scale_weight", "breakthrough_weight"];

/// One kind of innovation is never drawn, the others in proportion to what they were.
fn kind_off(parameters: &Parameters, kind: usize) -> Vec<(String, Value)> {
    let technology = &parameters.technology;
    let mut weights = [technology.process_weight, technology.product_weight, technology.scale_weight, technology.breakthrough_weight];
    let rest = weights.iter().sum::<f64>() - weights[kind];
    if rest <= 0.0 || weights[kind] == 0.0 {
        return Vec::new();
    }
    weights[kind] = 0.0;
    KINDS.iter().zip(weights).map(|(name, weight)| set(&format!("technology.{name}"), weight / rest)).collect()
}

/// Without the valley the second stage costs what the usual rise makes of it, owners may pay all of it, and it succeeds as often as
/// the stages around it (their geometric mean).
fn valley_off(parameters: &Parameters) -> Vec<(String, Value)> {
    let technology = &parameters.technology;
    let easy = (technology.success_pilot * technology.success_line).sqrt();
    vec![set("technology.valley_cost", 1.0), set("technology.valley_own_share", 1.0), set("technology.success_demonstration", easy)]
}

/// Neither guidance funds as programmes nor the central government's part in other funds.
fn guidance_off(parameters: &Parameters) -> Vec<(String, Value)> {
    let venture = &parameters.venture;
    let mut changes = programmes_off(parameters, "guidance_fund");
    changes.push(set("venture.supply_share", venture.supply_share * (1.0 - venture.guidance_share)));
    changes.push(set("venture.guidance_share", 0.0));
    changes
}

macro_rules! mechanisms {
    ($($name:literal, $off:literal, $changes:expr;)+) => {
        &[$(Mechanism { name: $name, off: $off, changes: Changes::Of($changes) },)+]
    };
}

/// All mechanisms.
#[rustfmt::skip]
pub const MECHANISMS: &[Mechanism] = mechanisms! {
    "grants", "no programme gives R&D grants", |p| programmes_off(p, "rd_grant");
    "output_subsidy", "no programme gives output subsidies", |p| programmes_off(p, "output_subsidy");
    "tax_credit", "no credit and no extra deduction for R&D", |_| vec![set("government.rd_credit_rate", 0.0), set("government.rd_super_deduction", 0.0)];
    "funds", "nobody commits money to venture funds", |_| vec![set("venture.supply_share", 0.0)];
    "exchange", "nobody can go public", |_| vec![("capital_market.open".to_owned(), Value::Flag(false))];
    "think_tanks", "there are no think tanks", |_| vec![("think_tanks.count".to_owned(), Value::Integer(0))];
    "advice", "think tanks give no policy advice; the other services share the capacity", |p| service_off(p, 0);
    "research", "think tanks do no research; the other services share the capacity", |p| service_off(p, 1);
    "matchmaking", "think tanks match nobody; the other services share the capacity", |p| service_off(p, 2);
    "support_seeking", "think tanks do not help enterprises; the other services share the capacity", |p| service_off(p, 3);
    "attraction", "think tanks attract no entrants; the other services share the capacity", |p| service_off(p, 4);
    "herding", "localities do not look at each other", |_| vec![set("government.herding_weight", 0.0)];
    "promotion", "local plans move neither entrants nor expectations", |_| vec![
        set("government.promotion_pull", 0.0),
        set("government.promotion_entry", 0.0),
        set("investment.promotion_optimism", 0.0),
    ];
    "lobbying", "appraisal cannot be lobbied", |_| vec![set("government.transparency", 1.0)];
    "learning", "cumulative output lowers no cost", |_| vec![("technology.learning_enabled".to_owned(), Value::Flag(false))];
    "diffusion", "those behind do not catch up without projects", |_| vec![set("technology.diffusion_rate", 0.0)];
    "own_innovation", "nobody invents: no search for the new, no radical entrants", |_| vec![
        set("technology.search_rate", 0.0),
        set("population.radical_share", 0.0),
    ];
    "radical_entry", "no entrant brings a radical project", |_| vec![set("population.radical_share", 0.0)];
    "entrants_spread", "all entrants know what their sector's mean does, less the gap", |_| vec![
        set("population.entrant_productivity_spread", 0.0),
        set("population.entrant_quality_spread", 0.0),
    ];
    "efficiency", "all enterprises use what they know equally well", |_| vec![
        set("production.efficiency_spread", 0.0),
        set("population.entrant_efficiency_spread", 0.0),
    ];
    "newcomers", "buyers know a new enterprise as well as an old one", |_| vec![set("market.newcomer_growth", 0.0)];
    "new_goods", "new goods replace no old ones", |p| of_sectors(p, "potential", 1.0);
    "income_effects", "the richer buy what the poorer do", |p| of_sectors(p, "income_elasticity", 1.0);
    "founders_stay", "founders settle where regions pull them", |_| vec![set("population.founders_stay", 0.0)];
    "ideas_harder", "ideas cost what they did, however much was found", |_| vec![set("technology.ideas_harder", 0.0)];
    "rd_adaptation", "the R&D share of an enterprise stays its sector's norm", |_| vec![set("technology.rd_adaptation", 0.0)];
    "guidance_funds", "no government puts money into funds; there is that much less", guidance_off;
    "valley_of_death", "the second stage of projects is as the others in cost, owners' money and success", valley_off;
    "process_innovation", "no invention is a new process; the other kinds take its place", |p| kind_off(p, 0);
    "product_innovation", "no invention is a better product; the other kinds take its place", |p| kind_off(p, 1);
    "scale_innovation", "no invention saves capital; the other kinds take its place", |p| kind_off(p, 2);
    "breakthroughs", "no invention is a breakthrough; the other kinds take its place", |p| kind_off(p, 3);
    "obsolescence", "neither edges nor projects under way grow stale", |_| vec![set("technology.obsolescence_pace", 0.0), set("technology.obsolescence_floor", 0.0)];
    "abandonment", "no project is given up before its end", |_| vec![set("technology.abandonment_hurdle", 0.0)];
    "dressing", "no enterprise dresses its earnings before a listing", |_| vec![set("capital_market.temptation", 0.0)];
    "concept_premium", "investors pay nothing for support by the state", |_| vec![set("venture.policy_premium", 0.0)];
    "capture", "think tanks favour, flatter and praise no client", |_| vec![
        set("think_tanks.capture", 0.0),
        set("think_tanks.flattery", 0.0),
        set("think_tanks.praise", 0.0),
    ];
    "path_choice", "attention to the paths stays as it begins", |_| vec![("path_choice.adaptive".to_owned(), Value::Flag(false))];
    "capital_subsidy", "no programme pays a part of fixed capital formation", |p| programmes_off(p, "capital_subsidy");
    "whole_nation", "no whole-nation programme", |p| programmes_off(p, "whole_nation");
    "direct_guidance", "no guidance fund with a mandate", |p| programmes_off(p, "guidance_fund");
    "rescue", "no failing champion is rescued", |p| programmes_off(p, "rescue");
    "corporate_sales", "no enterprise may be sold to another", |_| vec![set("capital_market.merger_approval", 0.0)];
    "approval", "every board lists by registration", approval_off;
    "price_cap", "approval caps no offer price", |p| if_approval(p, "capital_market.price_cap", 1000.0);
    "quota", "approval has a place for all", |p| if_approval(p, "capital_market.quota", 1000.0);
    "suspension", "approval never stops in a fall of prices", |p| if_approval(p, "capital_market.suspension_fall", 10.0);
    "sentiment", "boards have no moods: no shocks to them, no extrapolation", |_| vec![
        set("capital_market.sentiment_noise", 0.0),
        set("capital_market.extrapolation", 0.0),
    ];
    "seasoned_issues", "nobody listed issues again", |_| vec![set("capital_market.seasoned_rate", 0.0)];
    "buybacks", "nobody listed buys shares back", |_| vec![set("capital_market.buyback_share", 0.0)];
    "lock_ups", "funds and founders may sell from the first day", |_| vec![
        set("capital_market.lockup_years", 0.0),
        set("capital_market.founder_lockup_years", 0.0),
    ];
    "evaluation", "no programme is evaluated", evaluation_off;
    "laboratory", "no programme pays a public laboratory", |p| programmes_off(p, "public_laboratory");
    "procurement", "no programme buys", |p| programmes_off(p, "procurement");
    "interest_subsidy", "no programme pays a part of interest", |p| programmes_off(p, "interest_subsidy");
    "critical_inputs", "a lack of any input can be replaced", if_critical;
    "embargo", "no embargo", embargo_off;
    "adoption", "nobody takes over techniques of others", |_| vec![set("technology.adoption_rate", 0.0)];
    "spill_overs", "breakthroughs lift nobody else's opportunity", |_| vec![set("technology.breakthrough_spillover", 0.0)];
    "promise", "investors see all enterprises grow alike", |_| vec![set("venture.promise_spread", 0.0)];
    "monitoring", "owners learn nothing of an enterprise's promise", |_| vec![set("venture.monitoring", 0.0)];
    "stabiliser", "purchases do not answer unemployment", |_| vec![set("government.counter_cycle", 0.0)];
    "time_to_build", "what is ordered comes in the next quarter, founders' plants too", |_| vec![
        set("investment.build_years", 0.0),
        set("investment.founding_years", 0.0),
    ];
    "cost_of_capital", "desired capital does not answer what capital costs", |_| vec![set("investment.cost_elasticity", 0.0)];
    "worry", "households do not fear for their jobs", |_| vec![set("households.worry", 0.0)];
    "neutral_learning", "the central bank's neutral rate stays what it was", |_| vec![set("banking.neutral_learning", 0.0)];
    "world_cycle", "world demand has no business cycle", |_| vec![set("trade.cycle_spread", 0.0)];
};

/// All mechanisms of a model that can be switched off: those of the standard model, then those from outside.
pub fn mechanisms(model: &Model) -> Vec<Mechanism> {
    let own = model.from_outside();
    let own = own.map(|own| Mechanism { name: own.name(), off: "it does not act", changes: Changes::Switch });
    MECHANISMS.iter().copied().chain(own).collect()
}

/// A mechanism of a model by name.
///
/// # Errors
/// There is none of that name.
pub fn mechanism(model: &Model, name: &str) -> Result<Mechanism, EvidenceError> {
    let all = mechanisms(model);
    let names = || all.iter().map(|mechanism| mechanism.name);
    all.iter().find(|mechanism| mechanism.name == name).copied().ok_or_else(|| EvidenceError::UnknownMechanism {
        name: name.to_owned(),
        hint: did_you_mean(name, names()).unwrap_or_else(|| format!("mechanisms are {}", names().collect::<Vec<_>>().join(", "))),
    })
}

#[cfg(test)]
mod tests {
    use crate::configuration::{Source, load};

    use super::*;

    #[test]
    fn every_mechanism_can_be_switched_off_and_leaves_a_configuration_that_can_be_run() {
        // No preset pays interest: it is there for configurations that do. Three presets have all the rest.
        let load = |name: &str, changes: &[String]| load(&Source::from_argument(name), changes).expect("a preset").parameters;
        let interest = ["instrument=\"interest_subsidy\"", "rate=0.5"].map(|set| format!("programmes.land_local.{set}"));
        let interest = interest.into_iter().chain(["programmes.land_local.level=\"central\"".to_owned()]).collect::<Vec<_>>();
        let all = [load("china-like", &[]), load("us-like", &[]), load("semiconductors", &[]), load("china-like", &interest)];
        for mechanism in MECHANISMS {
            let found = all.iter().find_map(|parameters| mechanism.without(parameters));
            let changed = found.unwrap_or_else(|| panic!("{} is nowhere", mechanism.name));
            assert_eq!(changed.violations(), [], "{}", mechanism.name);
            assert!(mechanism.without(&changed).is_none(), "{} is off already", mechanism.name);
        }
    }
}
