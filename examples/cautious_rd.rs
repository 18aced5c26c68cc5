//! A behaviour of one's own: enterprises that owe much cut R&D in a slump.
//!
//! `cargo run --release -p tripath-examples --bin cautious_rd -- ablate us-like --mechanism cautious_rd --pairs 10`

use std::process::ExitCode;

use tripath::model::parameters::Allowed;
use tripath::prelude::*;

parameters! {
    /// When who cuts how much.
    Caution {
        slump: f64 = 0.01, "1", Allowed::Between(0.0, 0.5), "Unemployment above its natural rate from which there is a slump", "assumption";
        leverage: f64 = 0.3, "1", Allowed::Between(0.0, 10.0), "Debt over the value of fixed capital from which an enterprise is cautious", "assumption";
        cut: f64 = 0.5, "1", Allowed::Between(0.0, 1.0), "Part of its R&D that a cautious enterprise cuts in a slump", "after Aghion and others (2012): R&D of credit-constrained firms is procyclical";
    }
}

/// What is left of the R&D share of an enterprise: `1 − cut` where it owes more than `leverage` of its capital, else 1.
pub fn part_kept(caution: &Caution, debt: f64, capital_value: f64) -> f64 {
    if debt > caution.leverage * capital_value { 1.0 - caution.cut } else { 1.0 }
}

/// Before R&D is decided, cautious enterprises put their factor into its door.
fn cut_rd(
    enterprises: Rows<(&'static Plant, &'static Treasury)>,
    parameters: Res<Parameters>,
    economy: Res<Economy>,
    mut decisions: ResMut<Decisions>,
) {
    let caution = parameters.of::<Caution>();
    if economy.unemployment <= parameters.labour.natural_unemployment + caution.slump {
        return;
    }
    let (plant, treasury) = enterprises.slices();
    for row in 0..plant.len() {
        decisions.rd_share.scale(row, part_kept(&caution, treasury[row].debt, plant[row].capital * economy.capital_price));
    }
}

/// The mechanism: it holds nothing itself, for its parameters are in the configuration.
pub struct CautiousRd;

impl Mechanism for CautiousRd {
    fn name(&self) -> &'static str {
        "cautious_rd"
    }

    fn meaning(&self) -> &'static str {
        "Indebted enterprises cut R&D in a slump"
    }

    fn declare(&self, mechanism: &mut Declaration) {
        mechanism.parameters::<Caution>().systems(Place::Before(Phase::Technology), cut_rd);
    }
}

fn main() -> ExitCode {
    tripath::main_with(Model::standard().with(CautiousRd))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_indebted_cut() {
        let caution = Caution { leverage: 0.3, cut: 0.5, ..Caution::default() };
        assert_eq!((part_kept(&caution, 31.0, 100.0), part_kept(&caution, 30.0, 100.0)), (0.5, 1.0));
    }
}
