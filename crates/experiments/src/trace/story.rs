//! A life in words, year by year.

use std::fmt::Write;

use super::life::{Life, LifeEvent, YearOfLife};

impl Life {
    /// The life as a text for people.
    pub fn story(&self) -> String {
        let unknown = || "a place no table tells".to_owned();
        let sector = self.sector.clone().unwrap_or_else(|| "an unknown sector".to_owned());
        let mut text = format!(
            "Enterprise {}, {sector}, {} ({}, seed {})\n",
            self.enterprise,
            self.region.clone().unwrap_or_else(unknown),
            self.run,
            self.seed
        );
        for table in &self.missing {
            let _ = writeln!(text, "The table `{table}` was not recorded: what it tells is missing here.");
        }
        match self.birth_year {
            Some(year) => {
                let _ = writeln!(text, "Born in year {}.", number(year));
            }
            None => text.push_str("Born before the first recorded year.\n"),
        }
        text.push('\n');
        for moment in self.moments() {
            let _ = writeln!(text, "{:>9}  {}", format!("{:.2}", moment.0), moment.1);
        }
        let _ = match &self.ending {
            Some(ending) => {
                let age = self.birth_year.map(|birth| format!(", {} years old", number(ending.year - birth))).unwrap_or_default();
                writeln!(text, "\nIt ended in year {:.2}{age}.", ending.year)
            }
            None => writeln!(text, "\nIt lives at the end of the run."),
        };
        text.push_str(&self.path_table());
        text.push_str(&self.sums());
        text
    }

    /// What happened, in order; conversions and awards of a year are told together.
    fn moments(&self) -> Vec<(f64, String)> {
        let mut moments: Vec<(f64, String)> = Vec::new();
        for year in self.events.chunk_by(|a, b| a.year.ceil() == b.year.ceil()) {
            let of = |kind: &str| year.iter().filter(|event| event.event == kind).collect::<Vec<_>>();
            let amounts = |events: &[&LifeEvent]| events.iter().filter_map(|event| event.amount).sum::<f64>();
            let (conversions, awards) = (of("conversion"), of("award"));
            if let Some(last) = conversions.last() {
                let (kinds, points) = (kinds_of(&conversions), number(amounts(&conversions)));
                moments.push((last.year, format!("turned projects into productivity: {kinds} (+{points} log points)")));
            }
            if let Some(last) = awards.last() {
                let times = if awards.len() == 1 { "an award".to_owned() } else { format!("{} awards", awards.len()) };
                moments.push((last.year, format!("won {times} of {}", number(amounts(&awards)))));
            }
            for event in year {
                if let Some(words) = words(event) {
                    moments.push((event.year, words));
                }
            }
        }
        for deal in &self.deals {
            let amount = deal.amount.map_or_else(|| "nothing".to_owned(), number);
            moments.push((
                deal.year,
                match deal.kind.as_str() {
                    "round" => {
                        let value = deal.pre_money.map(|value| format!(" at a value of {} before it", number(value))).unwrap_or_default();
                        format!("raised {amount} in round {} from fund {}{value}", deal.round, deal.fund)
                    }
                    "purchase" => format!("fund {} bought a stake of another fund for {amount}", deal.fund),
                    _ => {
                        let multiple =
                            deal.multiple.map(|multiple| format!(", {} times what it paid", number(multiple))).unwrap_or_default();
                        format!("fund {} left by {} with {amount}{multiple}", deal.fund, deal.route.replace('_', " "))
                    }
                },
            ));
        }
        for listing in &self.listings {
            let gain = listing.first_day_return.map(|gain| format!(", up {} % on the first day", number(gain * 100.0))).unwrap_or_default();
            let proceeds = listing.proceeds.map(|proceeds| format!(", new shares for {}", number(proceeds))).unwrap_or_default();
            let queue = listing.queue_years.map(|years| format!(", after {} years in the queue", number(years))).unwrap_or_default();
            moments.push((listing.year, format!("was listed on `{}` by {}{queue}{proceeds}{gain}", listing.board, listing.regime)));
        }
        moments.sort_by(|a, b| a.0.total_cmp(&b.0));
        moments
    }

    fn path_table(&self) -> String {
        if self.path.is_empty() {
            return String::new();
        }
        const HEADS: [(&str, &str); 10] = [
            ("sales", "sales_annual"),
            ("persons", "employment"),
            ("price", "price"),
            ("mark-up", "markup"),
            ("R&D", "rd"),
            ("profit", "profit_annual"),
            ("cash", "cash"),
            ("debt", "debt"),
            ("subsidies", "subsidies_annual"),
            ("value", "market_value"),
        ];
        let mut text = String::from(
            "\nYear by year (sales, profit and subsidies of the four quarters that end then; R&D of the last tick; attention in % to\n\
             industry/policy/capital).\n\
             Value is the price on the exchange where it is listed; before, the last round's, and the books' where there was no round: it jumps\n\
             when the measure changes. * client of a think tank. Dividends and projects given up are in no table of one enterprise.\n",
        );
        let heads: String = HEADS.iter().map(|(head, _)| format!("{head:>11}")).collect();
        let _ = writeln!(text, "{:>9}  {:<15}{heads}   attention", "year", "stage");
        for (at, year) in self.path.iter().enumerate() {
            let value = |column: &'static str| match column.strip_suffix("_annual") {
                Some(_) => over_a_year(&self.path, at, column, self.birth_year),
                None => year.values.get(column).copied(),
            };
            let cells: String =
                HEADS.iter().map(|(_, column)| format!("{:>11}", value(column).map_or_else(|| "–".to_owned(), number))).collect();
            let attention: Vec<String> = ["attention_industrial", "attention_policy", "attention_capital"]
                .iter()
                .map(|column| year.values.get(column).map_or_else(|| "–".to_owned(), |share| format!("{:.0}", share * 100.0)))
                .collect();
            let client = if year.advised == Some(true) { " *" } else { "" };
            let _ = writeln!(text, "{:>9}  {:<15}{cells}   {}{client}", format!("{:.2}", year.year), year.stage, attention.join("/"));
        }
        text
    }

    fn sums(&self) -> String {
        let of = |kind: &'static str| self.events.iter().filter(move |event| event.event == kind);
        let awarded: f64 = of("award").filter_map(|event| event.amount).sum();
        let raised: f64 = self.deals.iter().filter(|deal| deal.kind == "round").filter_map(|deal| deal.amount).sum();
        format!(
            "\nIn all: {} conversions, {} breakthroughs, {} awards of {}, {} rounds of {}, {} acquisitions.\n",
            of("conversion").count(),
            of("breakthrough").count(),
            of("award").count(),
            number(awarded),
            self.deals.iter().filter(|deal| deal.kind == "round").count(),
            number(raised),
            of("acquisition").count()
        )
    }
}

/// Flow of the year that ends with a row of the panel, from a column that runs from the start of the calendar year: what it has this year so far, and
/// of the year before what came after this time. Nothing where the panel lacks a row that is needed.
fn over_a_year(path: &[YearOfLife], at: usize, column: &'static str, birth_year: Option<f64>) -> Option<f64> {
    let now = path[at].year;
    let so_far = path[at].values.get(column).copied()?;
    let new_year = (now - 1e-6).floor();
    let born_since = |year: f64| birth_year.is_some_and(|birth| birth > year - 1e-6);
    if (now - new_year - 1.0).abs() < 1e-6 || born_since(new_year) {
        return Some(so_far);
    }
    let then = |year: f64| path[..at].iter().find(|row| (row.year - year).abs() < 1e-6)?.values.get(column).copied();
    let before = if born_since(now - 1.0) { 0.0 } else { then(now - 1.0)? };
    Some(so_far + then(new_year)? - before)
}

/// How many conversions there were of each kind, such as `2 process, 1 adopted product`, in the order in which they first came.
fn kinds_of(conversions: &[&LifeEvent]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for conversion in conversions {
        match counts.iter_mut().find(|(kind, _)| *kind == conversion.note) {
            Some((_, count)) => *count += 1,
            None => counts.push((&conversion.note, 1)),
        }
    }
    let named: Vec<String> = counts.iter().map(|(kind, count)| format!("{count} {}", kind.replace('_', " "))).collect();
    named.join(", ")
}

/// An event that stands alone; nothing for what is told from another table or with others.
fn words(event: &LifeEvent) -> Option<String> {
    let amount = event.amount.map_or_else(|| "an unknown amount".to_owned(), number);
    let other = event.other.map_or_else(|| "another".to_owned(), |other| other.to_string());
    Some(match event.event.as_str() {
        "entry" if event.other.is_some() => format!("was founded with {amount} of its founders, who came out of enterprise {other}"),
        "entry" => format!("was founded with {amount} of its founders"),
        "breakthrough" => format!("made a breakthrough (+{amount} log points)"),
        "exposure" => "was exposed: its earnings had been dressed".to_owned(),
        "listing_refused" => match event.note.as_str() {
            "closed" => "could not be listed: its board had closed".to_owned(),
            _ => "was refused a listing: it no longer met the rules of its board".to_owned(),
        },
        "listing_withdrawn" => match event.note.as_str() {
            "waited" => "withdrew from the queue for a listing: it had waited too long".to_owned(),
            "below_book" => "withdrew from its listing: the offer was below its books".to_owned(),
            _ => "withdrew from its listing: the issue was too large for the buyers' money".to_owned(),
        },
        "delisting" => match event.note.as_str() {
            "exposed" => "lost its listing: its earnings had been dressed".to_owned(),
            "small" => "left the exchange: it had become small, and was taken private".to_owned(),
            _ => "left the exchange".to_owned(),
        },
        "rescue" if event.note == "government" => format!("was rescued by government with {amount}"),
        "rescue" => format!("was reorganised by its bank, which wrote off {amount}; its old owners lost all"),
        "acquisition" => format!("bought enterprise {other} for {amount}"),
        "merger" => format!("was bought by enterprise {other} for {amount}"),
        "default" => format!("failed; creditors lost {amount}"),
        "exit" => "gave up and was wound up".to_owned(),
        _ => return None,
    })
}

/// A number to three or four digits.
fn number(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        "0".to_owned()
    } else if size >= 100.0 {
        format!("{value:.0}")
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else if size >= 0.005 {
        format!("{value:.2}")
    } else {
        format!("{value:.1e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_of_all_kinds_are_told() {
        let event =
            |note: &str| LifeEvent { year: 1.0, event: "conversion".to_owned(), other: None, amount: Some(0.1), note: note.to_owned() };
        let events = ["adopted_process", "product", "adopted_process"].map(event);
        assert_eq!(kinds_of(&events.iter().collect::<Vec<_>>()), "2 adopted process, 1 product");
    }

    fn path(rows: &[(f64, f64)]) -> Vec<YearOfLife> {
        let row = |(year, sales): &(f64, f64)| YearOfLife {
            year: *year,
            stage: "private".to_owned(),
            advised: None,
            values: [("sales_annual", *sales)].into(),
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn sales_of_four_quarters_from_what_was_sold_since_new_year() {
        // 1, 2, 3, 4 in one year, 5, 6 in the next.
        let quarters = path(&[(1.25, 1.0), (1.5, 3.0), (1.75, 6.0), (2.0, 10.0), (2.25, 5.0), (2.5, 11.0)]);
        let of = |at, birth| over_a_year(&quarters, at, "sales_annual", birth);
        assert_eq!(of(3, None), Some(10.0));
        assert_eq!(of(4, None), Some(14.0));
        assert_eq!(of(5, None), Some(18.0));
        // Before the panel began nobody knows; who was born in the year has no more than it.
        assert_eq!(of(1, None), None);
        assert_eq!(of(1, Some(1.25)), Some(3.0));
        // Born within the four quarters: all of them count.
        let young = path(&[(1.75, 2.0), (2.0, 5.0), (2.25, 4.0), (2.5, 9.0)]);
        assert_eq!(over_a_year(&young, 2, "sales_annual", Some(1.5)), Some(9.0));
        assert_eq!(over_a_year(&young, 3, "sales_annual", Some(1.5)), Some(14.0));
    }
}
