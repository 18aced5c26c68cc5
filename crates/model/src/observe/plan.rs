//! Which tables are recorded, and which enterprises.

use bevy_ecs::prelude::Resource;

use super::{TABLES, TableSchema};

/// Which enterprises the panel holds, and how often.
#[derive(Debug, Clone, PartialEq)]
pub struct EnterpriseSample {
    /// Every so many ticks, at the end of each interval; 1 for each.
    pub every_ticks: u32,
    /// Share of enterprises, chosen by stable id; 1 for all.
    pub fraction: f64,
    /// Sectors kept; empty for all.
    pub sectors: Vec<String>,
    /// Regions kept; empty for all.
    pub regions: Vec<String>,
    /// Stages kept (founding, private, venture_backed, listed, closed); empty for all.
    pub stages: Vec<String>,
}

impl Default for EnterpriseSample {
    fn default() -> Self {
        Self { every_ticks: 4, fraction: 1.0, sectors: Vec::new(), regions: Vec::new(), stages: Vec::new() }
    }
}

impl EnterpriseSample {
    /// Whether the panel is taken at the end of a recorded tick.
    pub fn takes(&self, recorded_tick: u32) -> bool {
        (recorded_tick + 1).is_multiple_of(self.every_ticks.max(1))
    }

    /// Whether an id belongs to the sampled fraction: the same ids in every run and whatever else is recorded.
    pub fn holds_id(&self, id: u64) -> bool {
        if self.fraction >= 1.0 {
            return true;
        }
        // A bijective mix (splitmix64) spreads consecutive ids evenly.
        let mut mixed = id.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        ((mixed >> 11) as f64) < self.fraction * 9_007_199_254_740_992.0
    }
}

/// What is recorded.
#[derive(Debug, Clone, PartialEq, Resource)]
pub struct RecordPlan {
    /// All tables of the model, each with whether it is recorded.
    tables: Vec<(TableSchema, bool)>,
    /// The panel of enterprises.
    pub enterprises: EnterpriseSample,
}

impl Default for RecordPlan {
    fn default() -> Self {
        Self::all(TABLES.to_vec())
    }
}

impl RecordPlan {
    /// Records all of these tables of a model.
    pub(crate) fn all(tables: Vec<TableSchema>) -> Self {
        Self { tables: tables.into_iter().map(|table| (table, true)).collect(), enterprises: EnterpriseSample::default() }
    }

    /// Records only the named tables of the standard model.
    ///
    /// # Errors
    /// The first name that is no table.
    pub fn only<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        Self::default().keeping(names)
    }

    /// The same tables, of which only the named ones are recorded.
    ///
    /// # Errors
    /// The first name that is no table.
    pub fn keeping<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        self.tables.iter_mut().for_each(|(_, kept)| *kept = false);
        for name in names {
            let found = self.tables.iter_mut().find(|(table, _)| table.name == name);
            found.ok_or_else(|| name.to_owned())?.1 = true;
        }
        Ok(self)
    }

    /// All tables of the model, in order.
    pub fn tables(&self) -> impl Iterator<Item = &TableSchema> {
        self.tables.iter().map(|(table, _)| table)
    }

    /// Tables that are recorded, in order.
    pub fn kept(&self) -> impl Iterator<Item = &TableSchema> {
        self.tables.iter().filter(|(_, kept)| *kept).map(|(table, _)| table)
    }

    /// Whether the panel of enterprises is recorded.
    pub fn keeps_panel(&self) -> bool {
        self.keeps("enterprises") && self.enterprises.fraction > 0.0
    }

    /// Whether a table is recorded.
    pub fn keeps(&self, table: &str) -> bool {
        self.tables.iter().any(|(schema, kept)| schema.name == table && *kept)
    }
}
