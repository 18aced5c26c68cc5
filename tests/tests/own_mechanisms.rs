//! Mechanisms from outside: what they bring is part of the model, what is wrong with them is told, and where they are not active nothing is changed.

#[path = "../../examples/cautious_rd.rs"]
#[allow(dead_code, reason = "an example is a program")]
mod cautious_rd;
#[path = "../../examples/debt_table.rs"]
#[allow(dead_code, reason = "an example is a program")]
mod debt_table;
#[path = "../../examples/laboratory_network.rs"]
#[allow(dead_code, reason = "an example is a program")]
mod laboratory_network;
#[path = "../../examples/output_tax.rs"]
#[allow(dead_code, reason = "an example is a program")]
mod output_tax;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tripath::prelude::*;
use tripath_experiments::configuration::Configuration;
use tripath_experiments::evidence::mechanism;
use tripath_model::kinds::InstitutionalSector as S;
use tripath_model::parameters::{Allowed, Event};
use tripath_model::{ModelError, Simulation};
use tripath_tests::worlds::{economy, economy_for, tick_rows, world, world_from};

const SMALL: [&str; 3] = ["time.years=6", "time.burn_in_years=3", "population.enterprises=200"];

/// The standard model with all examples.
fn with_all() -> Model {
    let model = Model::standard().with(output_tax::OutputTax).with(cautious_rd::CautiousRd);
    model.with(laboratory_network::LaboratoryNetwork).with(debt_table::DebtTable)
}

fn some_economy(model: &Model, more: &[&str]) -> Configuration {
    economy_for(model, "us-like", &[&SMALL[..], more].concat())
}

fn rows(world: &mut Simulation, ticks: usize) -> Vec<String> {
    (0..ticks).map(|_| tick_rows(world)).collect()
}

#[test]
fn what_is_not_active_changes_no_bit() {
    let off: Vec<String> = ["output_tax", "cautious_rd", "laboratory_network", "debt_table"]
        .iter()
        .map(|name| format!("mechanisms.{name}.active=false"))
        .chain(["mechanisms.output_tax.rates.traditional=0.02".to_owned()])
        .collect();
    let off: Vec<&str> = off.iter().map(String::as_str).collect();
    let standard = rows(&mut world(&economy("us-like", &SMALL), 1), 24);
    assert_eq!(rows(&mut world(&some_economy(&with_all(), &off), 1), 24), standard);
    // As the switch of `tripath ablate` does it.
    let configuration = some_economy(&with_all(), &["mechanisms.output_tax.rates.traditional=0.02"]);
    let mut without = configuration.clone();
    for name in ["output_tax", "cautious_rd", "laboratory_network", "debt_table"] {
        let switch = mechanism(configuration.model(), name).expect("a mechanism");
        without.parameters = switch.without(&without.parameters).expect("it is there");
    }
    assert_eq!(rows(&mut world(&without, 1), 24), standard);
    assert_ne!(rows(&mut world(&configuration, 1), 24), standard);
}

#[test]
fn a_run_with_mechanisms_from_outside_goes_on_to_the_same_rows() {
    let events = ["mechanisms.output_tax.rates.traditional=0.02", "mechanisms.laboratory_network.contract_years=0.5"];
    let configuration = some_economy(&with_all(), &events);
    let mut whole = world(&configuration, 2);
    rows(&mut whole, 20);
    let mut resumed = world_from(&configuration, 2, &whole.checkpoint());
    let rest = rows(&mut whole, 16);
    assert!(rest.iter().all(|rows| rows.contains("\nlaboratories,") && rows.contains("\ndebtors,") && rows.contains(",output_tax,")));
    assert_eq!(rows(&mut resumed, 16), rest);
    assert!(resumed.checkpoint() == whole.checkpoint());
    // A model without them does not take the checkpoint.
    let plan = tripath_model::observe::RecordPlan::default();
    let standard = economy("us-like", &SMALL);
    let refused = Simulation::resume(standard.parameters, standard.drivers, 2, plan, &whole.checkpoint());
    assert!(matches!(refused.err(), Some(ModelError::Checkpoint(why)) if why.contains("other mechanisms")));
}

#[test]
fn a_tax_of_ones_own_is_a_tax_wherever_taxes_are_summed() {
    let configuration =
        some_economy(&with_all(), &["mechanisms.output_tax.rates.traditional=0.02", "mechanisms.output_tax.rates.software=0.01"]);
    let (one, other) = (
        configuration.parameters.sector_index("traditional").expect("a sector"),
        configuration.parameters.sector_index("software").expect("one"),
    );
    let mut run = world(&configuration, 1);
    rows(&mut run, 16);
    let ecs = run.world();
    let owed: f64 = ecs
        .query::<(&Identity, &Operation)>()
        .iter(ecs)
        .map(|(who, operation)| {
            [0.0, 0.02, 0.01][usize::from(usize::from(who.sector) == one) + 2 * usize::from(usize::from(who.sector) == other)]
                * operation.sales
        })
        .sum();
    let ledger = ecs.resource::<Ledger>();
    let tax = ledger.taxes().find(|tax| tax.word() == "output_tax").expect("it is among taxes");
    let paid = ledger.flow(tax, S::Enterprises, S::CentralGovernment);
    // Those that closed in the tick have paid, too, and are gone.
    assert!(paid >= owed * (1.0 - 1e-12) && paid < 1.02 * owed, "{paid} paid, {owed} owed by those that are left");
    assert_eq!(ledger.government_receipts(0, tax), paid);
}

/// A mechanism that is what a test needs.
struct Some {
    name: &'static str,
    declare: fn(&mut Declaration),
}

impl Mechanism for Some {
    fn name(&self) -> &'static str {
        self.name
    }
    fn meaning(&self) -> &'static str {
        "What a test needs"
    }
    fn declare(&self, declaration: &mut Declaration) {
        (self.declare)(declaration);
    }
}

const BONUS: FlowKind = FlowKind::own("bonus", FlowClass::Transfer, "A gift.");
const TAKEN: FlowKind = FlowKind::own("wages", FlowClass::Transfer, "A name that is taken.");

table! {
    /// One tick
    TestRow in "test_ticks" by ["tick"] {
        tick: u32, "1", "Tick";
    }
}

table! {
    /// A name that is taken
    TakenRow in "macro" by ["tick"] {
        tick: u32, "1", "Tick";
    }
}

parameters! {
    /// A name that every mechanism has.
    Switched {
        active: f64 = 1.0, "1", Allowed::Any, "A name that is taken", "none";
    }
}

/// What an enterprise remembers: of all of them.
#[derive(Debug, Clone, Component, Serialize, Deserialize)]
struct Memory {
    ticks: u64,
    #[entities]
    #[serde(with = "as_bits")]
    rival: Entity,
}

impl Default for Memory {
    fn default() -> Self {
        Self { ticks: 0, rival: Entity::PLACEHOLDER }
    }
}

/// Some are watched.
#[derive(Debug, Clone, Default, Component, Serialize, Deserialize)]
#[component(storage = "SparseSet")]
struct Watched(u64);

/// How often it was looked.
#[derive(Debug, Clone, Default, Resource, Serialize, Deserialize)]
struct Looks(u64);

fn look(mut commands: Commands, enterprises: Rows<(Entity, &'static Identity, &'static mut Memory)>, mut looks: ResMut<Looks>) {
    let (entities, identity, memory) = enterprises.slices();
    looks.0 += 1;
    for row in 0..identity.len() {
        memory[row].ticks += 1;
        memory[row].rival = entities[(row * 7 + 3) % identity.len()];
        if identity[row].id % 5 == 0 {
            commands.entity(entities[row]).insert(Watched(looks.0));
        }
    }
}

fn remembering() -> Model {
    let parts = |mechanism: &mut Declaration| {
        mechanism.component::<Memory>().sparse_component::<Watched>().resource::<Looks>().systems(Place::Before(Phase::Market), look);
    };
    Model::standard().with(Some { name: "remembering", declare: parts })
}

/// Ticks, id of the rival, and when it was last watched, by id.
fn remembered(run: &mut Simulation) -> BTreeMap<u64, (u64, Option<u64>, Option<u64>)> {
    let ecs = run.world();
    let parts = ecs.query::<(&Identity, &Memory, Option<&Watched>)>();
    let mut parts = parts;
    let found: Vec<(u64, u64, Entity, Option<u64>)> =
        parts.iter(ecs).map(|(who, memory, watched)| (who.id, memory.ticks, memory.rival, watched.map(|watched| watched.0))).collect();
    let by_id =
        found.into_iter().map(|(id, ticks, rival, watched)| (id, (ticks, ecs.get::<Identity>(rival).map(|rival| rival.id), watched)));
    by_id.collect()
}

#[test]
fn components_of_ones_own_are_founded_kept_and_saved_with_their_enterprises() {
    let configuration = economy_for(&remembering(), "us-like", &SMALL);
    let mut whole = world(&configuration, 3);
    rows(&mut whole, 20);
    let kept = remembered(&mut whole);
    assert!(kept.values().any(|(ticks, ..)| *ticks == 20) && kept.values().any(|(ticks, ..)| *ticks < 20), "old and young are there");
    assert!(kept.values().any(|(_, rival, _)| rival.is_some()) && kept.values().any(|(_, _, watched)| watched.is_some()));
    let mut resumed = world_from(&configuration, 3, &whole.checkpoint());
    assert_eq!(remembered(&mut resumed), kept);
    assert_eq!(resumed.world().resource::<Looks>().0, 20);
    assert_eq!(rows(&mut resumed, 8), rows(&mut whole, 8));
    assert_eq!(remembered(&mut resumed), remembered(&mut whole));
    // It reads and changes nothing of the economy: rows are those without it.
    assert_eq!(rows(&mut world(&configuration, 3), 8), rows(&mut world(&economy("us-like", &SMALL), 3), 8));
}

fn refused(name: &'static str, declare: fn(&mut Declaration)) -> String {
    let model = with_all().with(Some { name, declare });
    assert_eq!(model.mechanisms().count(), with_all().mechanisms().count(), "{name} does not join");
    // No run begins with it.
    let configuration = economy_for(&model, "us-like", &SMALL);
    let run = Simulation::new(configuration.parameters, configuration.drivers, 1, tripath_model::observe::RecordPlan::default());
    let error = run.err().expect("it is refused");
    assert!(matches!(&error, ModelError::Mechanism(_)), "{error}");
    error.to_string()
}

#[test]
fn what_is_wrong_with_a_mechanism_is_told() {
    type Case = (&'static str, fn(&mut Declaration), &'static str);
    let cases: [Case; 12] = [
        (
            "rates",
            |m| {
                m.parameters::<output_tax::Rates>();
            },
            "`output_tax` has parameters of the same type",
        ),
        (
            "switch",
            |m| {
                m.parameters::<Switched>();
            },
            "every mechanism has a parameter `active`",
        ),
        ("output_tax", |_| {}, "has a mechanism `output_tax`"),
        ("exchange", |_| {}, "has a mechanism `exchange`"),
        ("Bad name", |_| {}, "not in snake_case"),
        (
            "tables",
            |m| {
                m.table::<TakenRow>();
            },
            "the standard model has a table `macro`",
        ),
        (
            "tables",
            |m| {
                m.table::<debt_table::DebtRow>();
            },
            "`debt_table` has a table `debtors`",
        ),
        (
            "tables",
            |m| {
                m.table::<TestRow>().table::<TestRow>();
            },
            "declares the table `test_ticks` twice",
        ),
        (
            "payments",
            |m| {
                m.payment(TAKEN);
            },
            "the standard model has a kind of payment `wages`",
        ),
        (
            "draws",
            |m| {
                m.stream(NamedStream::new("laboratory_network"));
            },
            "draws from the stream `laboratory_network`",
        ),
        (
            "parts",
            |m| {
                m.component::<Watched>();
            },
            "must be a table component",
        ),
        (
            "parts",
            |m| {
                m.agents::<laboratory_network::Laboratory>();
            },
            "`laboratory_network` keeps",
        ),
    ];
    for (name, declare, told) in cases {
        let message = refused(name, declare);
        assert!(message.contains(told), "{message}");
    }
    assert!(
        refused("parts", |m| {
            m.sparse_component::<Memory>();
        })
        .contains("storage = \"SparseSet\"")
    );
}

#[test]
fn what_is_not_declared_ends_the_tick_by_name() {
    let pay = |m: &mut Declaration| {
        m.systems(Place::After(Phase::Awards), |mut ledger: ResMut<Ledger>| {
            ledger.pay(BONUS, End::Of(Account::Central), End::Of(Account::Households), 1.0);
        });
    };
    let tell = |m: &mut Declaration| {
        m.systems(Place::Before(Phase::Record), |mut records: ResMut<Records>| records.push(TestRow { tick: 1 }));
    };
    for (declare, what) in [(pay as fn(&mut Declaration), "kind of payment `bonus`"), (tell, "table `test_ticks`")] {
        let model = Model::standard().with(Some { name: "forgetful", declare });
        let mut run = world(&economy_for(&model, "us-like", &SMALL), 1);
        let error = run.tick().expect_err("it is not declared").to_string();
        assert!(error.contains(what), "{error}");
    }
}

#[test]
fn a_transfer_of_ones_own_is_income_of_households() {
    // A gift of a tenth of output a year to households from the central government: they spend more, and nothing is lost.
    let gift = |m: &mut Declaration| {
        m.payment(BONUS).systems(
            Place::After(Phase::Awards),
            |economy: Res<Economy>, calendar: Res<Calendar>, mut ledger: ResMut<Ledger>| {
                let amount = 0.1 * economy.annual_output * calendar.years_per_tick();
                ledger.pay(BONUS, End::Of(Account::Central), End::Of(Account::Households), amount);
            },
        );
    };
    let model = Model::standard().with(Some { name: "gift", declare: gift });
    let income = |configuration: &Configuration| {
        let mut run = world(configuration, 1);
        rows(&mut run, 8);
        run.world().resource::<Economy>().disposable_income
    };
    let (with, without) = (income(&economy_for(&model, "us-like", &SMALL)), income(&economy("us-like", &SMALL)));
    assert!(with > 1.05 * without, "{with} with the gift, {without} without");
}

#[test]
fn the_list_of_mechanisms_is_the_quarter() {
    let model = with_all();
    let before_technology: Vec<&str> = model
        .mechanisms()
        .filter(|mechanism| mechanism.system_names().any(|(place, _)| place == Place::Before(Phase::Technology)))
        .map(Declaration::name)
        .collect();
    assert_eq!(before_technology, ["cautious_rd"]);
    let phases: std::collections::BTreeSet<usize> = Model::standard()
        .mechanisms()
        .flat_map(|mechanism| mechanism.system_names().collect::<Vec<_>>())
        .map(|(place, _)| match place {
            Place::Within(phase) => Phase::ALL.iter().position(|other| *other == phase).expect("a phase"),
            other => panic!("the standard model stands within phases, not {other:?}"),
        })
        .collect();
    assert_eq!(phases.len(), Phase::ALL.len(), "every phase has a mechanism");
}

#[test]
fn a_mechanism_that_is_switched_on_later_begins_then() {
    let mut configuration = some_economy(&with_all(), &["mechanisms.laboratory_network.active=false"]);
    let on = Event {
        year: 1.0,
        action: "set".to_owned(),
        path: "mechanisms.laboratory_network.active".to_owned(),
        value: 1.0,
        ..Event::default()
    };
    configuration.parameters.events.push(tripath_model::parameters::Named { name: "on".to_owned(), value: on });
    let mut run = world(&configuration, 1);
    // Three years of burn-in and one more go by without.
    let before = rows(&mut run, 16);
    assert!(before.iter().all(|rows| !rows.contains("\nlaboratories,")));
    let mut resumed = world_from(&configuration, 1, &run.checkpoint());
    let after = rows(&mut run, 8);
    assert!(after.iter().all(|rows| rows.matches("\nlaboratories,").count() == 12));
    assert_eq!(rows(&mut resumed, 8), after);
}
