//! A run that diverges ends by name: bounds that no economy worth reading breaks, checked after every tick.
//!
//! They are far outside of what any preset shows. A run beyond them says nothing about an economy any more, and sooner or later its
//! numbers overflow; it is ended with the words of what broke which bound.

use bevy_ecs::prelude::World;

use crate::kinds::{InstitutionalSector as S, Instrument};
use crate::rules::entry::POPULATION_BOUND;
use crate::state::accounts::{Account, Ledger, StockTable};
use crate::state::calendar::Calendar;
use crate::state::economy::{Economy, Tally};

/// Most of a stock of money or fixed capital over annual output.
pub const STOCK_BOUND: f64 = 50.0;

/// Most value of enterprises over annual output.
pub const EQUITY_BOUND: f64 = 1000.0;

/// Most growth of consumer prices within a year: 1,000 %.
pub const INFLATION_BOUND: f64 = 10.0;

/// Least real output over that at the start.
pub const OUTPUT_BOUND: f64 = 1e-3;

/// Most of a balance sheet over the payments of a tick at which identities can still be told to their tolerance.
pub const BOOKS_BOUND: f64 = 1e5;

/// Names of the stocks that are held against annual output, in the order of [`Sight::stocks`].
const STOCKS: [(&str, f64); 6] = [
    ("public debt is", STOCK_BOUND),
    ("loans of enterprises are", STOCK_BOUND),
    ("deposits and bonds of households are", STOCK_BOUND),
    ("net foreign assets are", STOCK_BOUND),
    ("fixed capital at replacement cost is", STOCK_BOUND),
    ("the value of enterprises is", EQUITY_BOUND),
];

/// What is looked at after a tick.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sight {
    /// Variables that must be finite, by name.
    pub variables: Vec<(&'static str, f64)>,
    /// Value added of the last year, averaged, a year.
    pub annual_output: f64,
    /// Value added of the tick at constant prices, a year.
    pub real_output: f64,
    /// Consumer prices over those a year ago, or at the start of a younger run.
    pub price_ratio: f64,
    /// Public debt, loans of enterprises, deposits and bonds of households, net foreign assets, fixed capital, value of enterprises.
    pub stocks: [f64; 6],
    /// The largest stock in a balance sheet.
    pub largest_stock: f64,
    /// Payments of the tick.
    pub gross_flows: f64,
    /// Enterprises that wanted to enter beyond the bound of the population.
    pub turned_away: f64,
    /// Whether an accounting identity is broken.
    pub breach: bool,
}

/// What a run began with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Start {
    /// Value added a year, at prices of 1.
    pub output: f64,
    /// Stocks over it, as in [`Sight::stocks`].
    pub stocks: [f64; 6],
}

impl Start {
    /// Of a world that has just been built.
    pub(crate) fn of(world: &World) -> Self {
        let output = world.resource::<Economy>().annual_output;
        Self { output, stocks: stocks(world).map(|stock| stock.abs() / output) }
    }
}

fn stocks(world: &World) -> [f64; 6] {
    let (ledger, table) = (world.resource::<Ledger>(), world.resource::<StockTable>());
    [
        ledger.total_debt(),
        -table.get(Instrument::Loans, S::Enterprises),
        ledger.balance(Account::Households) + ledger.household_bonds,
        -ledger.balance(Account::RestOfWorld),
        table.get(Instrument::FixedCapital, S::Enterprises),
        -table.get(Instrument::Listed, S::Enterprises) - table.get(Instrument::Unlisted, S::Enterprises),
    ]
}

impl Sight {
    /// Of a world at the end of a tick.
    pub(crate) fn of(world: &World, breach: bool) -> Self {
        let (economy, ledger, table) = (world.resource::<Economy>(), world.resource::<Ledger>(), world.resource::<StockTable>());
        let all = Instrument::ALL.iter().flat_map(|instrument| S::ALL.iter().map(|sector| table.get(*instrument, *sector).abs()));
        // A stock that is no number must not be lost among the others, as it would be in a maximum.
        let largest_stock = all.fold(0.0, |most: f64, stock| if stock > most || stock.is_nan() { stock } else { most });
        Self {
            variables: vec![
                ("output", economy.output),
                ("real output", economy.real_output),
                ("the wage", economy.wage),
                ("the consumer price index", economy.consumer_price),
                ("the price of fixed capital", economy.capital_price),
                ("the exchange rate", economy.exchange_rate),
                ("the policy rate", economy.policy_rate),
                ("unemployment", economy.unemployment),
                ("disposable income", economy.disposable_income),
            ],
            annual_output: economy.annual_output,
            real_output: economy.real_output * world.resource::<Calendar>().ticks_per_year(),
            price_ratio: economy.consumer_price / economy.price_history.first().copied().unwrap_or(economy.consumer_price),
            stocks: stocks(world),
            largest_stock,
            gross_flows: ledger.gross_flows(),
            turned_away: world.resource::<Tally>().turned_away,
            breach,
        }
    }
}

/// Why a run has diverged, with the value and the bound; nothing where it has not.
///
/// A configuration may begin with a stock beyond its bound (much fixed capital and little value added): the bound of a stock is then
/// twice what the run began with.
pub fn divergence(start: &Start, now: &Sight) -> Option<String> {
    let watched =
        [("annual output", now.annual_output), ("the sum of the tick's payments", now.gross_flows), ("a balance sheet", now.largest_stock)];
    if let Some((name, value)) = now.variables.iter().chain(&watched).find(|(_, value)| !value.is_finite()) {
        return Some(format!("{name} is {}, no finite number", if value.is_nan() { "undefined".to_owned() } else { value.to_string() }));
    }
    if now.turned_away > 0.0 {
        return Some(format!(
            "{} more enterprises would enter than {POPULATION_BOUND} times the number at the start (bound {POPULATION_BOUND})",
            number(now.turned_away.round())
        ));
    }
    if now.real_output < OUTPUT_BOUND * start.output {
        let share = now.real_output / start.output;
        return Some(format!("real output is {share:.2e} times that at the start (bound {OUTPUT_BOUND})"));
    }
    let growth = now.price_ratio - 1.0;
    if growth > INFLATION_BOUND {
        let percent = |share: f64| number(100.0 * share);
        return Some(format!("consumer prices rose by {} % within a year (bound {} %)", percent(growth), percent(INFLATION_BOUND)));
    }
    for (((name, bound), stock), initial) in STOCKS.iter().zip(now.stocks).zip(start.stocks) {
        let bound = bound.max(2.0 * initial);
        let ratio = stock / now.annual_output;
        // Output at or below 0 leaves no ratio to tell.
        if ratio.is_nan() || ratio.abs() > bound {
            return Some(format!("{name} {} times annual output (bound {})", number(ratio), number(bound)));
        }
    }
    let over_flows = now.largest_stock / now.gross_flows;
    if now.breach && (over_flows.is_nan() || over_flows > BOOKS_BOUND) {
        return Some(format!(
            "a balance sheet is {} times the payments of the tick, so that books cannot be told to close (bound {})",
            number(over_flows),
            number(BOOKS_BOUND)
        ));
    }
    None
}

/// A number to one decimal; one too long for that by its exponent.
fn number(value: f64) -> String {
    if value.abs() >= 1e6 || !value.is_finite() {
        format!("{value:.1e}")
    } else if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Start = Start { output: 100.0, stocks: [0.4, 0.5, 1.0, 0.0, 2.0, 3.0] };

    fn sane() -> Sight {
        Sight {
            variables: vec![("the wage", 1.0)],
            annual_output: 200.0,
            real_output: 150.0,
            price_ratio: 1.02,
            stocks: [80.0, 100.0, 200.0, -20.0, 400.0, 600.0],
            largest_stock: 600.0,
            gross_flows: 500.0,
            turned_away: 0.0,
            breach: false,
        }
    }

    fn cause(change: impl FnOnce(&mut Sight)) -> Option<String> {
        let mut sight = sane();
        change(&mut sight);
        divergence(&START, &sight)
    }

    #[test]
    fn a_sane_economy_goes_on() {
        assert_eq!(cause(|_| ()), None);
        assert_eq!(cause(|sight| sight.stocks = [10_000.0, 10_000.0, -10_000.0, -10_000.0, 10_000.0, 200_000.0]), None);
        assert_eq!(cause(|sight| sight.price_ratio = 11.0), None);
        // A broken identity of ordinary numbers is a fault of the program.
        assert_eq!(cause(|sight| sight.breach = true), None);
    }

    #[test]
    fn stocks_are_held_against_annual_output() {
        assert_eq!(cause(|sight| sight.stocks[0] = 10_060.0).unwrap(), "public debt is 50.3 times annual output (bound 50)");
        assert_eq!(cause(|sight| sight.stocks[3] = -10_060.0).unwrap(), "net foreign assets are -50.3 times annual output (bound 50)");
        assert!(cause(|sight| sight.stocks[5] = 200_100.0).unwrap().starts_with("the value of enterprises is 1000.5 times"));
        assert!(cause(|sight| sight.annual_output = 0.0).unwrap().contains("public debt"));
        // Who begins with sixty times annual output may go to 120.
        let heavy = Start { stocks: [0.4, 0.5, 1.0, 0.0, 60.0, 3.0], ..START };
        let with = |capital: f64| divergence(&heavy, &Sight { stocks: [80.0, 100.0, 200.0, -20.0, capital, 600.0], ..sane() });
        assert_eq!(with(23_000.0), None);
        assert!(with(25_000.0).unwrap().ends_with("is 125 times annual output (bound 120)"));
    }

    #[test]
    fn prices_output_and_population_have_bounds() {
        assert_eq!(cause(|sight| sight.price_ratio = 12.0).unwrap(), "consumer prices rose by 1100 % within a year (bound 1000 %)");
        assert_eq!(cause(|sight| sight.real_output = 0.05).unwrap(), "real output is 5.00e-4 times that at the start (bound 0.001)");
        assert!(cause(|sight| sight.turned_away = 3.0).unwrap().starts_with("3 more enterprises would enter than 20 times"));
    }

    #[test]
    fn what_is_no_number_is_named() {
        assert_eq!(cause(|sight| sight.variables[0].1 = f64::NAN).unwrap(), "the wage is undefined, no finite number");
        assert_eq!(cause(|sight| sight.gross_flows = f64::INFINITY).unwrap(), "the sum of the tick's payments is inf, no finite number");
        assert!(cause(|sight| sight.largest_stock = f64::NAN).unwrap().starts_with("a balance sheet is undefined"));
    }

    #[test]
    fn books_that_cannot_be_told_to_close_are_no_fault_of_the_program() {
        let huge = |sight: &mut Sight| (sight.breach, sight.largest_stock) = (true, 6e7);
        assert!(cause(huge).unwrap().starts_with("a balance sheet is 120000 times the payments of the tick"));
        assert_eq!(cause(|sight| (sight.breach, sight.largest_stock) = (true, 4e7)), None);
    }
}
