//! What tables know of one enterprise.

use std::path::Path;

use serde::Serialize;
use tripath_outputs::Manifest;

use super::TraceError;
use crate::summary::{SummaryError, Table};

/// Events whose subject is an enterprise.
const OF_ENTERPRISES: [&str; 14] = [
    "entry",
    "award",
    "conversion",
    "breakthrough",
    "round",
    "listing",
    "listing_refused",
    "listing_withdrawn",
    "exposure",
    "delisting",
    "rescue",
    "merger",
    "default",
    "exit",
];

/// Something that happened to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LifeEvent {
    /// When.
    pub year: f64,
    /// Kind, as in `events`; `acquisition` where it bought another.
    pub event: String,
    /// The other party.
    pub other: Option<u64>,
    /// Amount, or log points of a conversion.
    pub amount: Option<f64>,
    /// Cause or kind.
    pub note: String,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ending {
    /// When.
    pub year: f64,
    /// `merger`, `default` or `exit`.
    pub how: String,
    /// Why, or nothing.
    pub note: String,
    /// Who bought it.
    pub buyer: Option<u64>,
}

/// It at the end of a year, or of whatever interval the panel was taken at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearOfLife {
    /// When.
    pub year: f64,
    /// founding, private, venture_backed, listed or closed.
    pub stage: String,
    /// Client of a think tank at that time, where the panel tells.
    pub advised: Option<bool>,
    /// Columns of `enterprises` by name, in their order; missing cells are left out.
    pub values: std::collections::BTreeMap<&'static str, f64>,
}

/// Columns of the panel that the story shows.
pub(super) const SHOWN: [&str; 15] = [
    "sales_annual",
    "employment",
    "price",
    "markup",
    "productivity",
    "quality",
    "rd",
    "cash",
    "debt",
    "profit_annual",
    "subsidies_annual",
    "market_value",
    "attention_industrial",
    "attention_policy",
    "attention_capital",
];

/// A listing of it, from `listings`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListingOfLife {
    /// When.
    pub year: f64,
    /// Board.
    pub board: String,
    /// Regime.
    pub regime: String,
    /// First-day return.
    pub first_day_return: Option<f64>,
    /// Proceeds.
    pub proceeds: Option<f64>,
    /// Years in the queue.
    pub queue_years: Option<f64>,
}

/// A deal in it, from `deals`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DealOfLife {
    /// When.
    pub year: f64,
    /// round, purchase, exit or resale.
    pub kind: String,
    /// Round.
    pub round: String,
    /// Fund.
    pub fund: u64,
    /// Paid.
    pub amount: Option<f64>,
    /// Value before the round.
    pub pre_money: Option<f64>,
    /// Route of exit.
    pub route: String,
    /// Received over paid.
    pub multiple: Option<f64>,
}

/// The life of an enterprise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Life {
    /// Name of the run's preset or file.
    pub run: String,
    /// Seed of the run.
    pub seed: u64,
    /// Its id.
    pub enterprise: u64,
    /// Sector, where a table tells.
    pub sector: Option<String>,
    /// Region, where a table tells.
    pub region: Option<String>,
    /// Time of birth, where a table tells.
    pub birth_year: Option<f64>,
    /// How it ended; nothing while it lives.
    pub ending: Option<Ending>,
    /// Events in order.
    pub events: Vec<LifeEvent>,
    /// Deals in order.
    pub deals: Vec<DealOfLife>,
    /// Listings in order.
    pub listings: Vec<ListingOfLife>,
    /// Rows of the panel in order.
    pub path: Vec<YearOfLife>,
    /// Tables that were not recorded.
    pub missing: Vec<&'static str>,
}

/// Reads the life of an enterprise from the tables of a run.
///
/// # Errors
/// The folder holds no run, a table cannot be read, or none knows the enterprise.
pub fn life(folder: &Path, enterprise: u64) -> Result<Life, TraceError> {
    let manifest = Manifest::read(folder).map_err(SummaryError::from)?.ok_or_else(|| SummaryError::NoRun { folder: folder.to_owned() })?;
    let mut life = Life {
        run: manifest.name,
        seed: manifest.seed,
        enterprise,
        sector: None,
        region: None,
        birth_year: None,
        ending: None,
        events: Vec::new(),
        deals: Vec::new(),
        listings: Vec::new(),
        path: Vec::new(),
        missing: Vec::new(),
    };
    events(folder, &mut life)?;
    deals(folder, &mut life)?;
    listings(folder, &mut life)?;
    panel(folder, &mut life)?;
    if life.events.is_empty() && life.deals.is_empty() && life.path.is_empty() {
        return Err(TraceError::Unknown { folder: folder.to_owned(), enterprise });
    }
    life.ending = life.events.iter().find(|event| ["merger", "default", "exit"].contains(&event.event.as_str())).map(|event| Ending {
        year: event.year,
        how: event.event.clone(),
        note: event.note.clone(),
        buyer: event.other.filter(|_| event.event == "merger"),
    });
    Ok(life)
}

fn events(folder: &Path, life: &mut Life) -> Result<(), SummaryError> {
    let Some(table) = Table::open(folder, "events")? else {
        life.missing.push("events");
        return Ok(());
    };
    let [year, event, subject, other, sector, region, amount, note] =
        table.columns(["year", "event", "subject", "other", "sector", "region", "amount", "note"])?;
    table.for_each(|row| {
        let kind = row.text(event);
        let own = OF_ENTERPRISES.contains(&kind) && row.whole(subject)? == life.enterprise;
        let buys = kind == "merger" && row.text(other).parse() == Ok(life.enterprise);
        if !own && !buys {
            return Ok(());
        }
        let when = row.number(year)?.unwrap_or(f64::NAN);
        if own && !row.text(sector).is_empty() {
            life.sector = Some(row.text(sector).to_owned());
            life.region = Some(row.text(region).to_owned()).filter(|region| !region.is_empty()).or(life.region.take());
        }
        if own && kind == "entry" {
            life.birth_year = Some(when);
        }
        life.events.push(LifeEvent {
            year: when,
            event: if own { kind.to_owned() } else { "acquisition".to_owned() },
            other: if own { row.text(other).parse().ok() } else { Some(row.whole(subject)?) },
            amount: row.number(amount)?,
            note: row.text(note).to_owned(),
        });
        Ok(())
    })
}

fn deals(folder: &Path, life: &mut Life) -> Result<(), SummaryError> {
    let Some(table) = Table::open(folder, "deals")? else {
        life.missing.push("deals");
        return Ok(());
    };
    let [year, kind, round, enterprise, fund, amount, pre_money, route, multiple] =
        table.columns(["year", "kind", "round", "enterprise", "fund", "amount", "pre_money", "route", "multiple"])?;
    table.for_each(|row| {
        if row.whole(enterprise)? == life.enterprise {
            life.deals.push(DealOfLife {
                year: row.number(year)?.unwrap_or(f64::NAN),
                kind: row.text(kind).to_owned(),
                round: row.text(round).to_owned(),
                fund: row.whole(fund)?,
                amount: row.number(amount)?,
                pre_money: row.number(pre_money)?,
                route: row.text(route).to_owned(),
                multiple: row.number(multiple)?,
            });
        }
        Ok(())
    })
}

fn listings(folder: &Path, life: &mut Life) -> Result<(), SummaryError> {
    let Some(table) = Table::open(folder, "listings")? else {
        life.missing.push("listings");
        return Ok(());
    };
    let [year, enterprise, board, regime, first_day_return, proceeds, queue_years] =
        table.columns(["year", "enterprise", "board", "regime", "first_day_return", "proceeds", "queue_years"])?;
    table.for_each(|row| {
        if row.whole(enterprise)? == life.enterprise {
            life.listings.push(ListingOfLife {
                year: row.number(year)?.unwrap_or(f64::NAN),
                board: row.text(board).to_owned(),
                regime: row.text(regime).to_owned(),
                first_day_return: row.number(first_day_return)?,
                proceeds: row.number(proceeds)?,
                queue_years: row.number(queue_years)?,
            });
        }
        Ok(())
    })
}

fn panel(folder: &Path, life: &mut Life) -> Result<(), SummaryError> {
    let Some(table) = Table::open(folder, "enterprises")? else {
        life.missing.push("enterprises");
        return Ok(());
    };
    let [year, enterprise, sector, region, birth, stage] =
        table.columns(["year", "enterprise", "sector", "region", "birth_year", "stage"])?;
    let advised = table.column("advised").ok();
    let shown = SHOWN.map(|name| (name, table.column(name).ok()));
    let wanted = life.enterprise.to_string();
    table.for_each(|row| {
        if row.text(enterprise) != wanted {
            return Ok(());
        }
        life.sector = Some(row.text(sector).to_owned());
        life.region = Some(row.text(region).to_owned());
        // The panel tells when the tick of birth began, the event when it ended: the story keeps to one of them.
        life.birth_year = life.birth_year.or(row.number(birth)?);
        let mut values = std::collections::BTreeMap::new();
        for (name, column) in shown.iter().filter_map(|(name, column)| column.map(|column| (*name, column))) {
            if let Some(value) = row.number(column)? {
                values.insert(name, value);
            }
        }
        let advised = advised.map(|column| row.text(column) == "true");
        life.path.push(YearOfLife { year: row.number(year)?.unwrap_or(f64::NAN), stage: row.text(stage).to_owned(), advised, values });
        Ok(())
    })
}
