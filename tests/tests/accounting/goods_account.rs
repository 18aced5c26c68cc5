//! Goods: what buyers pay is what suppliers are paid, and output is what is used at home and abroad.

use tripath_model::observe::FlowRow;
use tripath_tests::worlds::rows_of;

fn sum<'a>(flows: impl IntoIterator<Item = &'a FlowRow>, keep: impl Fn(&FlowRow) -> bool) -> f64 {
    flows.into_iter().filter(|flow| keep(flow)).map(|flow| flow.amount).sum()
}

#[test]
fn the_goods_account_closes_every_tick() {
    let rows = rows_of(&super::busy_economy(), 1, &["flows"]);
    let gross = super::gross_flows(&rows);
    for (flows, gross) in rows.flows.chunk_by(|a, b| a.tick == b.tick).zip(gross) {
        let balance = sum(flows, |flow| flow.payee == "goods_account") - sum(flows, |flow| flow.payer == "goods_account");
        assert!(balance.abs() < super::TOLERANCE * gross, "tick {}: {balance} stays on the goods account", flows[0].tick);
    }
}

/// Output is valued at market prices: what producers get, less the subsidies on it, is what users pay. So `Y = C + G + I + X − M`.
#[test]
fn output_is_what_is_used_without_the_subsidies_on_it() {
    let rows = rows_of(&super::busy_economy(), 1, &["macro", "flows"]);
    let mut subsidised = 0;
    for (row, flows) in rows.macro_economy.iter().zip(rows.flows.chunk_by(|a, b| a.tick == b.tick)) {
        assert_eq!(row.tick, flows[0].tick);
        let kind = |kind: &str| sum(flows, |flow| flow.kind == kind);
        let subsidies = kind("output_subsidies");
        subsidised += usize::from(subsidies > 0.0);
        let used = row.consumption + row.government_purchases + row.investment + row.exports - row.imports;
        let off = (used / row.output_nominal - 1.0).abs();
        assert!(off < 1e-9, "tick {}: {used} is used and {} made, {off:e} apart", row.tick, row.output_nominal);
        let made = kind("sales") - kind("intermediate_purchases") - subsidies;
        assert!((made / row.output_nominal - 1.0).abs() < 1e-12, "tick {}: value added is not sales less inputs and subsidies", row.tick);
        for (column, kind_of_flow) in [
            (row.consumption, "consumption"),
            (row.government_purchases, "government_purchases"),
            (row.investment, "investment"),
            (row.exports, "exports"),
            (row.imports, "imports"),
        ] {
            assert!(
                (column - kind(kind_of_flow)).abs() <= 1e-12 * column,
                "tick {}: `macro` and `flows` differ in {kind_of_flow}",
                row.tick
            );
        }
    }
    assert!(subsidised > 0, "no subsidy was paid: the test shows nothing of it");
}
