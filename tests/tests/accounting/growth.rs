//! Growth accounting: what the table tells is what is measured.

use std::collections::BTreeMap;

use tripath_tests::worlds::rows_of;

/// A year's rows sum up to growth of quality-adjusted output per person employed, and each channel is at work.
#[test]
fn contributions_sum_up_to_growth() {
    let economy = super::busy_economy();
    let rows = rows_of(&economy, 1, &["growth", "macro"]);
    let per_person: BTreeMap<u32, f64> =
        rows.macro_economy.iter().map(|row| (row.tick, (row.output_real_adjusted / row.employment).ln())).collect();
    let mut years: BTreeMap<u32, f64> = BTreeMap::new();
    let mut channels: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &rows.growth {
        *years.entry(row.tick).or_default() += row.growth;
        *channels.entry(row.channel).or_default() += row.growth.abs();
        assert_eq!(
            row.payer.is_some(),
            ["process", "product", "breakthrough", "adopted_process", "adopted_product"].contains(&row.channel)
        );
    }
    assert!(years.len() > 2, "there are years");
    let per_year = economy.parameters.time.ticks_per_year;
    for (tick, told) in years {
        if let Some(before) = tick.checked_sub(per_year).and_then(|before| per_person.get(&before)) {
            assert!((per_person[&tick] - before - told).abs() < 1e-9, "tick {tick}: {told}");
        }
    }
    for channel in
        ["process", "product", "adopted_process", "adopted_product", "diffusion", "learning", "entry", "exit", "reallocation", "other"]
    {
        assert!(channels[channel] > 0.0, "{channel} brings nothing: {channels:?}");
    }
}
