//! Projects: every invention is somewhere, by who paid most.

use std::collections::BTreeMap;

use tripath_model::observe::FunnelRow;
use tripath_tests::worlds::rows_of;

/// What a stage's columns say, signed: entered, turned, went on (entered the next stage or was converted), ended, under way.
struct Stage {
    entered: i64,
    turned: i64,
    went_on: i64,
    ended: i64,
    advanced: i64,
    under_way: i64,
}

fn stages(row: &FunnelRow) -> [Stage; 3] {
    let whole = |count: u64| i64::try_from(count).expect("a small count");
    let ended = |ends: [u64; 3]| whole(ends.iter().sum());
    [
        Stage {
            entered: whole(row.pilot_entered),
            turned: row.pilot_turned,
            went_on: whole(row.pilot_advanced),
            ended: ended([row.pilot_failed, row.pilot_abandoned, row.pilot_lost]),
            advanced: whole(row.pilot_advanced),
            under_way: whole(row.pilot_under_way),
        },
        Stage {
            entered: whole(row.demonstration_entered),
            turned: row.demonstration_turned,
            went_on: whole(row.demonstration_advanced),
            ended: ended([row.demonstration_failed, row.demonstration_abandoned, row.demonstration_lost]),
            advanced: whole(row.demonstration_advanced),
            under_way: whole(row.demonstration_under_way),
        },
        Stage {
            entered: whole(row.line_entered),
            turned: row.line_turned,
            went_on: whole(row.conversions),
            ended: ended([row.line_failed, row.line_abandoned, row.line_lost]),
            advanced: whole(row.line_advanced),
            under_way: whole(row.line_under_way),
        },
    ]
}

/// Entered + turned = went on + failed + abandoned + lost + change of those under way, in every sector, source, stage and tick; those under
/// way are those of the enterprises, counted in their own table; nothing turns in sum.
#[test]
fn every_project_is_accounted_for() {
    let mut economy = super::busy_economy();
    economy.parameters.time.burn_in_years = 0;
    let rows = rows_of(&economy, 1, &["funnel", "enterprises"]);
    let mut before: BTreeMap<(String, &str), [i64; 3]> = BTreeMap::new();
    let (mut lost, mut turned, mut conversions, mut inventions) = (0, [0; 3], 0, BTreeMap::<&str, u64>::new());
    let mut under_way = BTreeMap::<u32, [i64; 3]>::new();
    for row in &rows.funnel {
        let adopted = row.line_entered - row.demonstration_advanced;
        assert_eq!(row.inventions + row.adoptions, row.inventions_shelved + row.pilot_entered + adopted, "tick {}", row.tick);
        assert!(row.pilot_joined <= row.pilot_entered && row.line_joined <= row.line_entered);
        let had = before.entry((row.sector.to_string(), row.source)).or_default();
        for (number, stage) in stages(row).into_iter().enumerate() {
            let left = stage.went_on + stage.ended + stage.under_way - had[number];
            assert_eq!(stage.entered + stage.turned, left, "tick {}, {}, {}, stage {number}", row.tick, row.sector, row.source);
            if number == 2 {
                assert_eq!(stage.advanced, stage.went_on, "what passes the last stage is converted at once");
            }
            had[number] = stage.under_way;
            under_way.entry(row.tick).or_default()[number] += stage.under_way;
            turned[number] += stage.turned;
        }
        lost += row.pilot_lost + row.demonstration_lost + row.line_lost;
        conversions += row.conversions;
        *inventions.entry(row.source).or_default() += row.inventions;
    }
    assert_eq!(turned, [0; 3], "what turns to one source turns from another");
    // The table of enterprises keeps its last tick alone.
    let last = rows.enterprises[0].tick;
    let mut in_enterprises = [0; 3];
    for row in &rows.enterprises {
        for (count, there) in in_enterprises.iter_mut().zip([row.project_pilot, row.project_demonstration, row.project_line]) {
            *count += i64::from(there);
        }
    }
    assert_eq!(under_way[&last], in_enterprises, "projects under way by `funnel` and by `enterprises`");
    assert!(lost > 0 && conversions > 0, "{lost} lost, {conversions} converted: the test shows nothing");
    assert!(inventions["policy"] > 0, "policy paid for no search: {inventions:?}");
}
