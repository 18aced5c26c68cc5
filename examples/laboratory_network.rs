//! An agent kind of one's own: a network of public laboratories that do research for enterprises.
//!
//! `cargo run --release -p tripath-examples --bin laboratory_network -- run china-like --tables macro,laboratories,flows`

use std::process::ExitCode;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tripath::model::parameters::Allowed;
use tripath::prelude::*;

parameters! {
    /// How large the network is and what it does.
    Network {
        laboratories: u32 = 12, "count", Allowed::Between(0.0, 1000.0), "Laboratories, spread over sectors and regions in turn", "scenario: about as many as Fraunhofer institutes of a federal state";
        budget: f64 = 0.001, "1", Allowed::Between(0.0, 0.05), "Spending of all laboratories over output", "Fraunhofer-Gesellschaft: about 0.001 of output";
        contract_share: f64 = 0.5, "1", Allowed::Between(0.0, 1.0), "Part of it that is paid to partners for research of their own", "assumption";
        contract_years: f64 = 3.0, "years", Allowed::Between(0.25, 20.0), "Time that a laboratory works with a partner", "usual length of joint projects";
        fade: f64 = 0.15, "1/year", Allowed::Between(0.0, 1.0), "Part of knowledge that is lost in a year", "perpetual inventory of R&D capital";
    }
}

/// A laboratory: an entity with this as its state.
#[derive(Debug, Clone, Component, Serialize, Deserialize)]
pub struct Laboratory {
    number: u32,
    sector: u16,
    region: u16,
    /// Stock of its own research, numeraire.
    knowledge: f64,
    /// The enterprise that it works with, and the tick in which that ends.
    #[entities]
    #[serde(with = "as_bits")]
    partner: Entity,
    until: u32,
}

/// Money for research of partners. A subsidy: it is paid for what they do.
const CONTRACTS: FlowKind = FlowKind::own("laboratory_contracts", FlowClass::Subsidy, "Research of partners of public laboratories.");

/// Which partner a laboratory meets.
const MEETING: NamedStream = NamedStream::new("laboratory_network");

table! {
    /// One laboratory
    LaboratoryRow in "laboratories" by ["tick", "laboratory"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        laboratory: u32, "1", "Laboratory";
        sector: Arc<str>, "1", "Sector that it works for";
        region: Arc<str>, "1", "Region that it works for";
        knowledge: f64, "numeraire", "Stock of its own research";
        partner: Option<u64>, "1", "Stable id of the enterprise that it works with";
        contract: f64, "numeraire", "Paid to the partner in the tick";
    }
}

/// Knowledge after a tick: `k (1 − δ Δt) + spent`.
fn knowledge_after(knowledge: f64, fade: f64, years: f64, spent: f64) -> f64 {
    knowledge * (1.0 - fade * years) + spent
}

/// Founds the laboratories when the network begins: the first for the first sector and region, and on in turn.
fn found_laboratories(world: &mut World) {
    let parameters = world.resource::<Parameters>();
    let (sectors, regions) = (parameters.sectors.len() as u32, parameters.regions.len() as u32);
    for number in 0..parameters.of::<Network>().laboratories {
        let (sector, region) = ((number % sectors) as u16, (number % regions) as u16);
        world.spawn(Laboratory { number, sector, region, knowledge: 0.0, partner: Entity::PLACEHOLDER, until: 0 });
    }
}

/// Laboratories look for partners, do research, and pay for that of their partners.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
fn work_laboratories(
    mut laboratories: Query<&mut Laboratory>,
    enterprises: Rows<(Entity, &'static Identity, &'static mut Treasury, &'static mut TickAccount)>,
    rows: RowOf,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let network = parameters.of::<Network>();
    let years = calendar.years_per_tick();
    let (entities, identity, treasury, account) = enterprises.slices();
    let money = network.budget * economy.annual_output * years / f64::from(network.laboratories.max(1));
    for mut laboratory in &mut laboratories {
        if calendar.tick >= laboratory.until || rows.get(laboratory.partner).is_none() {
            laboratory.partner = meet(&laboratory, entities, identity, &calendar);
            laboratory.until = calendar.tick + (network.contract_years * calendar.ticks_per_year()) as u32;
        }
        let partner = rows.get(laboratory.partner);
        let contract = if partner.is_some() { network.contract_share * money } else { 0.0 };
        let own = money - contract;
        ledger.pay(FlowKind::PublicResearch, End::Of(Account::Central), End::Of(Account::Households), own);
        laboratory.knowledge = knowledge_after(laboratory.knowledge, network.fade, years, own);
        if let Some(row) = partner {
            ledger.pay(CONTRACTS, End::Of(Account::Central), End::Enterprise(&mut treasury[row].cash), contract);
            // It is spent on R&D, like a grant.
            treasury[row].policy_money += contract;
            account[row].subsidies += contract;
        }
        records.push(LaboratoryRow {
            tick: calendar.recorded_tick(),
            year: calendar.year(),
            laboratory: laboratory.number,
            sector: tables.sector_names[usize::from(laboratory.sector)].clone(),
            region: tables.region_names[usize::from(laboratory.region)].clone(),
            knowledge: laboratory.knowledge,
            partner: partner.map(|row| identity[row].id),
            contract,
        });
    }
}

/// A partner: the first at work in its sector and region of those that it happens to meet; none if there is no such.
fn meet(laboratory: &Laboratory, entities: &[Entity], identity: &[Identity], calendar: &Calendar) -> Entity {
    if identity.is_empty() {
        return Entity::PLACEHOLDER;
    }
    let mut draws = calendar.seed.draws(MEETING, u64::from(laboratory.number), calendar.tick);
    let fits = |who: &Identity| who.active() && (who.sector, who.region) == (laboratory.sector, laboratory.region);
    let met = (0..64).map(|_| draws.below(identity.len())).find(|row| fits(&identity[*row]));
    met.map_or(Entity::PLACEHOLDER, |row| entities[row])
}

/// The mechanism: its agents are in the world, its parameters in the configuration.
pub struct LaboratoryNetwork;

impl Mechanism for LaboratoryNetwork {
    fn name(&self) -> &'static str {
        "laboratory_network"
    }

    fn meaning(&self) -> &'static str {
        "Public laboratories do research and pay for that of partners among enterprises"
    }

    fn declare(&self, mechanism: &mut Declaration) {
        mechanism
            .parameters::<Network>()
            .agents::<Laboratory>()
            .payment(CONTRACTS)
            .stream(MEETING)
            .table::<LaboratoryRow>()
            .at_start(found_laboratories)
            .systems(Place::After(Phase::Awards), work_laboratories);
    }
}

fn main() -> ExitCode {
    tripath::main_with(Model::standard().with(LaboratoryNetwork))
}

#[cfg(test)]
mod tests {
    #[test]
    fn knowledge_by_hand() {
        // A quarter: 100 (1 − 0.2/4) + 8 = 103.
        assert_eq!(super::knowledge_after(100.0, 0.2, 0.25, 8.0), 103.0);
    }
}
