//! Tables that tell of the same thing tell the same.

use tripath_model::observe::Records;
use tripath_tests::worlds::{economy, rows_of};

const TABLES: [&str; 13] = [
    "macro",
    "sectors",
    "regions",
    "governments",
    "banks",
    "funds",
    "deals",
    "boards",
    "think_tanks",
    "events",
    "flows",
    "balance_sheets",
    "listings",
];

/// Sum over the rows of a tick.
fn sum<R>(rows: &[R], of: impl Fn(&R) -> Option<f64>) -> f64 {
    rows.iter().filter_map(of).fold(0.0, |sum, value| sum + value)
}

macro_rules! in_tick {
    ($rows:expr, $tick:expr, $row:ident => $value:expr) => {
        sum($rows, |$row| ($row.tick == $tick).then(|| $value))
    };
}

fn compare(preset: &str, rows: &Records) {
    assert!(rows.macro_economy.len() > 40);
    for row in &rows.macro_economy {
        let tick = row.tick;
        let flow = |kind: &str| in_tick!(&rows.flows, tick, flow => if flow.kind == kind { flow.amount } else { 0.0 });
        let of_funds = |instruments: &[&str]| {
            let held = rows.balance_sheets.iter().filter(|stock| stock.tick == tick && stock.institutional_sector == "funds");
            held.filter(|stock| instruments.contains(&stock.instrument)).fold(0.0, |sum, stock| sum + stock.amount)
        };
        let events = |kinds: &[&str]| in_tick!(&rows.events, tick, event => f64::from(u8::from(kinds.contains(&event.event))));
        let pairs = [
            // Value added of producers is at their prices, output at those of buyers.
            ("value added of sectors", in_tick!(&rows.sectors, tick, s => s.value_added) - flow("output_subsidies"), row.output_nominal),
            ("value added of regions", in_tick!(&rows.regions, tick, r => r.output) - flow("output_subsidies"), row.output_nominal),
            ("investment of sectors", in_tick!(&rows.sectors, tick, s => s.investment), row.investment),
            ("exports of sectors", in_tick!(&rows.sectors, tick, s => s.exports), row.exports),
            ("R&D of sectors", in_tick!(&rows.sectors, tick, s => s.rd), row.rd),
            ("enterprises of sectors", in_tick!(&rows.sectors, tick, s => s.enterprise_count as f64), row.enterprise_count as f64),
            ("enterprises of regions", in_tick!(&rows.regions, tick, r => r.enterprise_count as f64), row.enterprise_count as f64),
            ("entrants of sectors", in_tick!(&rows.sectors, tick, s => s.entry_count as f64), row.entry_count as f64),
            ("entrants of regions", in_tick!(&rows.regions, tick, r => r.entry_count as f64), row.entry_count as f64),
            ("exits of sectors", in_tick!(&rows.sectors, tick, s => s.exit_count as f64), row.exit_count as f64),
            ("events of exit", events(&["exit", "default", "merger"]), row.exit_count as f64),
            ("events of default", events(&["default"]), row.default_count as f64),
            ("employment of regions", in_tick!(&rows.regions, tick, r => r.employment), in_tick!(&rows.sectors, tick, s => s.employment)),
            ("debt of regions", in_tick!(&rows.regions, tick, r => r.debt), row.local_government_debt),
            (
                "taxes of governments",
                in_tick!(&rows.governments, tick, g => g.vat + g.corporate_tax + g.personal_tax + g.stamp_duty),
                row.government_revenue,
            ),
            ("loans of banks", in_tick!(&rows.banks, tick, b => b.loans), row.enterprise_debt),
            ("listed on boards", in_tick!(&rows.boards, tick, b => b.listed_count as f64), row.listed_count as f64),
            ("listings of boards", in_tick!(&rows.boards, tick, b => b.listing_count as f64), events(&["listing"])),
            ("listings", in_tick!(&rows.listings, tick, _l => 1.0), events(&["listing"])),
            ("proceeds of listings", in_tick!(&rows.listings, tick, l => l.proceeds), flow("ipo_primary_proceeds")),
            ("rounds", in_tick!(&rows.deals, tick, d => if d.kind == "round" { d.amount } else { 0.0 }), flow("equity_rounds")),
            ("marks of funds", in_tick!(&rows.funds, tick, f => f.marks), of_funds(&["unlisted_stakes", "listed_shares"])),
            ("deposits of funds", in_tick!(&rows.funds, tick, f => f.cash), of_funds(&["deposits"])),
            ("commissions", in_tick!(&rows.think_tanks, tick, t => t.income_commissions), flow("matchmaking_commissions")),
        ];
        for (what, found, expected) in pairs {
            let scale = found.abs().max(expected.abs()).max(1e-6 * row.output_nominal);
            assert!((found - expected).abs() <= 1e-9 * scale, "{preset}, tick {tick}, {what}: {found}, elsewhere {expected}");
        }
    }
}

#[test]
fn tables_tell_the_same_of_one_economy() {
    for preset in ["us-like", "china-like"] {
        let overrides = ["time.years=12", "time.burn_in_years=5", "population.enterprises=300"];
        compare(preset, &rows_of(&economy(preset, &overrides), 2, &TABLES));
    }
}
