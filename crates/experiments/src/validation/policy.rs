//! Facts C: the policy path.

use super::boom;
use super::fact::{Fact, Gap, Measure, Part, Reading, Stop, Target, Targets, Unit, gap};
use super::pairs;
use super::run_tables::RunTables;
use super::statistics::regression_slope;

/// The sector that the electric-vehicle fact speaks of.
const VEHICLES: &str = "electric_vehicles";

/// Share of battery cars in new cars of China by year over that of 2022 (IEA: 1, 5.7, 29 %). Data end with 2023, and so do runs: that year is not
/// whole.
const VEHICLE_PATH: [(f64, f64); 2] = [(2015.0, 1.0 / 29.0), (2020.0, 5.7 / 29.0)];

/// Year that the path is held against.
const VEHICLE_BASE: f64 = 2022.0;

const fn within_twice(name: &'static str) -> Part {
    Part { name, unit: Unit::One, targets: Targets::all(Target::Between(0.5, 2.0)) }
}

/// C1 to C8.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        id: "C1",
        title: "subsidies over listed profits",
        definition: "enterprises.subsidies_annual over enterprises.profit_annual, each summed over listed enterprises and years; subsidies are \
                     grants, mission contracts, rescues, subsidies on fixed capital and interest, and R&D tax credits",
        source: "Lardy 2019: 2010-15",
        presets: &[],
        calibrated: false,
        tables: &["enterprises"],
        parts: &[Part {
            name: "subsidies over profits",
            unit: Unit::Percent,
            targets: Targets::by_regime(Target::ReportedOnly, Target::Between(0.05, 0.14), Target::ReportedOnly),
        }],
        measure: Measure::Run(listed_subsidies),
    },
    Fact {
        id: "C2",
        title: "industrial policy over output",
        definition: "sectors.subsidies (grants, mission contracts, rescues, subsidies on output, capital and interest, R&D tax credits) and \
                     capital calls paid by governments (flows) over macro.output_nominal, each summed",
        source: "CSIS 2022 (Red Ink): China 1.73, US 0.39 % in 2019",
        presets: &[],
        calibrated: false,
        tables: &["sectors", "flows", "macro"],
        parts: &[Part {
            name: "a year",
            unit: Unit::Percent,
            targets: Targets::by_regime(Target::Between(0.002, 0.006), Target::Between(0.012, 0.025), Target::ReportedOnly),
        }],
        measure: Measure::Run(industrial_policy),
    },
    Fact {
        id: "C3",
        title: "public share of R&D",
        definition: "Earmarked public money (grants, mission contracts) that enterprises spend on R&D over all their R&D, macro.rd times \
                     macro.rd_public_share over macro.rd, each summed; relief by taxes is their own money, public laboratories are not theirs",
        source: "15-25 %: a target of this project without published data",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[Part {
            name: "public share",
            unit: Unit::Percent,
            targets: Targets::by_regime(Target::ReportedOnly, Target::Between(0.15, 0.25), Target::ReportedOnly),
        }],
        measure: Measure::Run(public_research),
    },
    Fact {
        id: "C4",
        title: "guidance funds raised",
        definition: "Commitments over targets of guidance funds (guidance_funds.raised, guidance_funds.target), each fund once, summed",
        source: "CSET 2021: 0.43",
        presets: &[],
        calibrated: true,
        tables: &["guidance_funds"],
        parts: &[Part {
            name: "raised over target",
            unit: Unit::One,
            targets: Targets::by_regime(Target::ReportedOnly, Target::Between(0.3, 0.6), Target::ReportedOnly),
        }],
        measure: Measure::Run(guidance_funds),
    },
    Fact {
        id: "C5",
        title: "learning",
        definition: "1 - 2^b, b the slope of log unit cost (sectors.unit_cost over macro.consumer_price_index) on the log of the \
                     cumulative output of the world (sectors.world_experience) of solar, by tick, as in the data; reported too with b the slope on \
                     the log of home's own cumulative output, sales over price since the first recorded tick, from the sixth year on",
        source: "solar modules 1976-2019: 22.6 % (Farmer and Lafond 2016; IRENA)",
        presets: &["solar"],
        calibrated: true,
        tables: &["macro", "sectors"],
        parts: &[
            Part { name: "fall per doubling", unit: Unit::Percent, targets: Targets::all(Target::Between(0.18, 0.26)) },
            Part { name: "of own output", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
        ],
        measure: Measure::Run(learning),
    },
    Fact {
        id: "C6",
        title: "solar: boom, bust, dominance",
        definition: "Annual means of sectors.enterprise_count of solar: the largest fall from a peak to a later trough, and the \
                     calendar years of both; the peak over the mean of the first five years; price (sectors.price over macro.consumer_price_index) at the trough of enterprises against \
                     that at their peak; sectors.world_share in the last five years over that of the first five",
        source: "China 2004-13; world share of cells 43 % (2010) to 78 % (2021)",
        presets: &["solar"],
        calibrated: false,
        tables: &["sectors", "macro"],
        parts: boom::PARTS,
        measure: Measure::Run(boom::measure),
    },
    Fact {
        id: "C7",
        title: "electric vehicles",
        definition: "Home demand for electric vehicles (sales less exports plus imports, sectors) over macro.output_nominal, by calendar year, \
                     over that of 2022; the same path of the share of new cars in data, 1, 5.7 and 29 % in 2015, 2020 and 2022 (38 % in 2023, where data and runs end). Each \
                     statistic is the model's over the data's, within a factor of two: no table shows all cars, so that the level is not compared",
        source: "IEA Global EV Outlook 2024, China, battery cars",
        presets: &["electric-vehicles"],
        calibrated: true,
        tables: &["sectors", "macro"],
        parts: &[within_twice("2015 over data"), within_twice("2020 over data")],
        measure: Measure::Run(vehicles),
    },
    Fact {
        id: "C8a",
        title: "whole-nation: most fail",
        definition: "Failed attempts over all ended ones of whole-nation programmes: events `milestone` noted failed, over those and the key \
                     technologies brought home",
        source: "repeated failure, still worth it: the argument of whole-nation programmes",
        presets: &[],
        calibrated: false,
        tables: &["programmes", "events"],
        parts: &[
            Part { name: "attempts that failed", unit: Unit::Percent, targets: Targets::all(Target::AtLeast(0.5)) },
            Part { name: "key technologies", unit: Unit::One, targets: Targets::all(Target::ReportedOnly) },
        ],
        measure: Measure::Run(pairs::attempts),
    },
    Fact {
        id: "C8b",
        title: "whole-nation: patience pays",
        definition: "Key technologies brought home per 1 % of annual output spent by whole-nation programmes (programmes.spent over \
                     macro.output_nominal of its year), less the mean of runs given with it that differ in less patience of programmes alone",
        source: "repeated failure, still worth it: the argument of whole-nation programmes",
        presets: &[],
        calibrated: false,
        tables: &["programmes", "events", "macro"],
        parts: &[
            Part { name: "per 1 % of output", unit: Unit::One, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "less that of less patience", unit: Unit::One, targets: Targets::all(Target::Rule("mean > 2 se")) },
        ],
        measure: Measure::Pair(pairs::PATIENCE),
    },
];

fn listed_subsidies(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let panel = run.panel()?;
    panel.needs(&["subsidies_annual", "profit_annual", "listed_board"])?;
    let (subsidies, profits) = panel.listed;
    if profits > 0.0 { Ok(vec![(subsidies / profits).into()]) } else { Err(gap("listed enterprises make no profit, or there is none")) }
}

fn total(values: Vec<f64>) -> f64 {
    values.into_iter().filter(|value| value.is_finite()).sum()
}

fn industrial_policy(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let subsidies = total(run.numbers("sectors", "subsidies")?);
    let (kinds, payers) = (run.texts("flows", "kind")?, run.texts("flows", "payer")?);
    let calls =
        run.numbers("flows", "amount")?.into_iter().enumerate().filter(|(row, _)| {
            kinds[*row] == "capital_calls" && ["central_government", "local_governments"].contains(&payers[*row].as_str())
        });
    let calls: f64 = calls.map(|(_, amount)| amount).sum();
    Ok(vec![((subsidies + calls) / total(run.numbers("macro", "output_nominal")?)).into()])
}

fn public_research(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (rd, share) = (run.numbers("macro", "rd")?, run.numbers("macro", "rd_public_share")?);
    Ok(vec![(total(rd.iter().zip(&share).map(|(rd, share)| rd * share).collect()) / total(rd)).into()])
}

fn guidance_funds(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (raised, target) = (total(run.numbers("guidance_funds", "raised")?), total(run.numbers("guidance_funds", "target")?));
    if target > 0.0 { Ok(vec![(raised / target).into()]) } else { Err(Gap::NotHere("no guidance fund in this run").into()) }
}

/// Column of one sector of `sectors`, in the order of the ticks.
pub(super) fn of_sector(run: &RunTables, sector: &str, column: &'static str) -> Result<Vec<f64>, Stop> {
    let rows = run.texts("sectors", "sector")?.into_iter().zip(run.numbers("sectors", column)?);
    let values: Vec<f64> = rows.filter(|(name, _)| name == sector).map(|(_, value)| value).collect();
    if values.is_empty() { Err(gap(format!("there is no sector {sector}"))) } else { Ok(values) }
}

fn learning(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let prices = run.numbers("macro", "consumer_price_index")?;
    let costs = of_sector(run, "solar", "unit_cost")?;
    let experience: Vec<f64> = of_sector(run, "solar", "world_experience")?.into_iter().map(f64::ln).collect();
    let real: Vec<f64> = costs.iter().zip(&prices).map(|(cost, price)| (cost / price).ln()).collect();
    let fall = |experience: &[f64], real: &[f64]| Reading::from(1.0 - 2f64.powf(regression_slope(experience, real)));
    Ok(vec![fall(&experience, &real), own_learning(run, &real, fall)?])
}

/// The same on home's own output since the first recorded tick; what was made before it is not in the tables, so that the first years,
/// in which it doubles from nothing, are left out.
fn own_learning(run: &RunTables, real: &[f64], fall: impl Fn(&[f64], &[f64]) -> Reading) -> Result<Reading, Stop> {
    const LEFT_OUT: usize = 5;
    let (sales, prices) = match (of_sector(run, "solar", "sales"), of_sector(run, "solar", "price")) {
        (Ok(sales), Ok(prices)) => (sales, prices),
        (Err(Stop::Broken(error)), _) | (_, Err(Stop::Broken(error))) => return Err(error.into()),
        _ => return Ok(f64::NAN.into()),
    };
    let mut made = 0.0;
    let own = sales.iter().zip(&prices).map(|(sales, price)| {
        made += sales / price;
        f64::ln(made)
    });
    let own: Vec<f64> = own.collect();
    let start = (LEFT_OUT * run.per_year()).min(own.len());
    Ok(fall(&own[start..], &real[start..]))
}

fn vehicles(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (sales, exports, imports) =
        (of_sector(run, VEHICLES, "sales")?, of_sector(run, VEHICLES, "exports")?, of_sector(run, VEHICLES, "imports")?);
    let (years, output) = (run.numbers("macro", "year")?, run.numbers("macro", "output_nominal")?);
    // A tick belongs to the year in which it ends; the last tick of a year ends at the turn.
    let share = |year: f64| {
        let ticks: Vec<usize> = (0..years.len()).filter(|tick| years[*tick] > year && years[*tick] <= year + 1.0 + 1e-9).collect();
        let demand: f64 = ticks.iter().map(|tick| sales[*tick] - exports[*tick] + imports[*tick]).sum();
        if ticks.len() < run.per_year() { f64::NAN } else { demand / ticks.iter().map(|tick| output[*tick]).sum::<f64>() }
    };
    let base = share(VEHICLE_BASE);
    if base.is_nan() {
        return Err(Gap::Other("the run does not hold 2022".to_owned()).into());
    }
    Ok(VEHICLE_PATH.iter().map(|(year, data)| (share(*year) / base / data).into()).collect())
}
