//! Parameters of time, people, goods and work.

use crate::parameters;
use crate::parameters::Allowed::{Any, Between};

parameters! {
    /// Length and grain of a run.
    Time {
        years: u32 = 40, "years", Between(1.0, 10_000.0), "Years recorded after the burn-in", "choice of the user";
        burn_in_years: u32 = 60, "years", Between(0.0, 500.0), "Years simulated before year 0 and not recorded", "sizes of enterprises take 60 years to find their own distribution (A1 in the first recorded decade)";
        ticks_per_year: u32 = 4, "1/year", Between(1.0, 12.0), "Ticks in a year: 4 or 12", "model: a tick is a quarter";
        start_year: u32 = 0, "year", Between(0.0, 3000.0), "Calendar year of the first recorded tick; drivers are read from this year on", "choice of the user";
    }
}

parameters! {
    /// How many agents, and how enterprises come and go.
    Population {
        enterprises: u32 = 2000, "count", Between(1.0, 16_000_000.0), "Enterprises at the start", "calibration sketch";
        workers_per_enterprise: f64 = 10.0, "persons", Between(1.0, 1000.0), "Labour force per initial enterprise", "calibration sketch: 20,000 over 2,000";
        entry_rate: f64 = 0.118, "1/year", Between(0.0, 0.5), "Entrants over enterprises at normal opportunity", "calibrated: entry of 8 to 14 % a year (A4); US establishments enter at 0.10 to 0.12 a year";
        entry_sensitivity: f64 = 2.0, "1", Between(0.0, 20.0), "Response of entry to a sector's profit share above or below its normal level", "proposal: sweep it";
        finance_climate_sensitivity: f64 = 0.15, "1", Between(0.0, 5.0), "Response of entry to venture deals per young enterprise", "proposal: sweep it";
        market_size_response: f64 = 0.5, "1", Between(0.0, 1.0), "Elasticity of the number of enterprises that a sector has room for to its share of demand", "Bresnahan and Reiss 1991: numbers rise less than in proportion to the market; value a proposal: sweep it";
        density_floor: f64 = 0.0, "1", Between(0.0, 1.0), "Least factor of entry in a crowded sector (guard; logged where it binds)", "calibration sketch";
        density_ceiling: f64 = 2.0, "1", Between(1.0, 2.0), "Greatest factor of entry in an empty sector; 2 is no limit", "calibration sketch";
        entrant_size: f64 = 0.23, "share of typical", Between(0.001, 1.0), "Median size of an entrant over the typical one of its sector (power mean of order 1/2)", "calibrated: entry and exit of 8 to 13 % a year (A4), size tail (A1)";
        entrant_size_spread: f64 = 0.5, "log points", Between(0.0, 1.2), "Standard deviation of an entrant's log size", "calibration sketch";
        entrant_productivity_gap: f64 = -0.02, "log points", Between(-2.0, 0.0), "Mean log productivity of an entrant against the enterprise that its founders come out of, before what would be above it, or above the sector's mean, is cut", "founders know no more than the enterprises they come out of (Klepper 2001)";
        entrant_productivity_spread: f64 = 0.15, "log points", Between(0.0, 2.0), "Standard deviation of that, cut at two", "calibrated: entry and exit of 8 to 13 % a year (A4), growth within enterprises (A21)";
        entrant_quality_spread: f64 = 0.05, "log points", Between(0.0, 2.0), "Standard deviation of an entrant's log quality against the enterprise that its founders come out of, cut at two, at that and at the sector's mean", "proposal: sweep it";
        entrant_efficiency_spread: f64 = 0.36, "log points", Between(0.0, 1.0), "Standard deviation of how well entrants use what they know: nobody knows before they try", "Jovanovic 1982; twice that of all enterprises; calibrated: exits and growth fall with age (A19)";
        founders_stay: f64 = 0.7, "share", Between(0.0, 1.0), "Founders who settle in the region of the enterprise that they come out of; the others go where regions pull", "most founders stay at home (Figueiredo, Guimaraes and Woodward 2002); value a proposal: sweep it";
        working_capital_years: f64 = 0.3, "years of sales", Between(0.0, 5.0), "Cash an entrant starts with", "proposal: sweep it";
        radical_share: f64 = 0.1, "share", Between(0.0, 1.0), "Entrants that come with a radical project at an early stage", "proposal: sweep it";
        radical_size: f64 = 0.5, "log points", Between(0.0, 3.0), "Mean size of a radical project (exponential) before largest_step bounds it", "proposal: sweep it";
        radical_load: f64 = 1.5, "1", Between(0.0, 100.0), "Cost of a radical project's stages over that of as many ordinary inventions as make its size: more than own cash flow pays", "proposal: sweep it";
        founder_equity_share: f64 = 0.55, "share", Between(0.05, 1.0), "Start capital paid by founders; the rest is a bank loan", "calibration sketch: young enterprises need debt";
        exit_size: f64 = 0.155, "share of typical", Between(0.0, 0.9), "An enterprise smaller than this share of the typical size of its sector (power mean of order 1/2) is too small to go on for long", "calibrated: entry and exit of 8 to 13 % a year (A4), size tail (A1)";
        used_capital_price: f64 = 0.43, "share", Between(0.0, 1.0), "Price of a closed enterprise's fixed capital over replacement cost", "Ramey and Shapiro 2001: 0.28 at the closing of plants, more where buyers are of the same industry; calibrated: loan losses (A22)";
        exit_years: f64 = 0.25, "years", Between(0.0, 20.0), "Mean time that owners of an enterprise which is too small hold out, in hope of better times", "who has paid to enter waits before it leaves (Dixit 1989); value a proposal: sweep it";
        exit_grace_years: f64 = 2.0, "years", Between(0.0, 20.0), "Age before the size rule applies", "calibration sketch";
        reorganisation_share: f64 = 0.05, "share", Between(0.001, 1.0), "Failures with a larger share of their sector are reorganised, not wound up", "model: very large failures keep their capital";
        second_failure_years: f64 = 10.0, "years", Between(0.0, 1000.0), "Time after a reorganisation or rescue in which an enterprise that fails again is wound up", "second failures are common (Altman, Kant and Rattanaruengyot 2009); value a proposal: sweep it";
    }
}

parameters! {
    /// Consumption and portfolio of households.
    Households {
        consumption_from_income: f64 = 0.82, "share", Between(0.0, 1.5), "Consumption out of disposable income", "calibrated: a policy rate of 2 to 3 %, above its floor in most quarters";
        consumption_from_wealth: f64 = 0.105, "1/year", Between(0.0, 1.0), "Consumption out of deposits and bonds", "calibrated: unemployment near its natural rate, public debt without drift";
        buffer_years: f64 = 0.4, "years", Between(0.01, 5.0), "Deposits over disposable income below which households consume less than planned", "Carroll 1997; value a proposal: sweep it";
        buffer_response: f64 = 0.15, "1", Between(0.0, 2.0), "Exponent of consumption to the filled part of that buffer", "calibrated: without it consumption in `china-like` jumps as the last deposits are spent";
        income_smoothing_years: f64 = 0.5, "years", Between(0.01, 20.0), "Time over which disposable income is averaged", "proposal: sweep it";
        capital_income_years: f64 = 3.0, "years", Between(0.01, 20.0), "Time over which what owners get by selling (buybacks, distributions of funds, sales of enterprises) is averaged before it counts as income", "people spend gains slowly (Di Maggio, Kermani and Majlesi 2020); value a proposal: sweep it";
        rate_sensitivity: f64 = 0.6, "1", Between(0.0, 5.0), "Fall of consumption per point of the real policy rate above neutral", "elasticity of intertemporal substitution of 0.3 to 0.5 (Havranek 2015) over somewhat more than a year";
        worry: f64 = 0.41, "1", Between(0.0, 2.0), "Fall of consumption per point of unemployment above the natural rate: households fear for their jobs", "Carroll, Dynan and Krane 2003; calibrated: consumption follows output (A15) and varies less (A7)";
        substitution_elasticity: f64 = 1.3, "1", Between(0.1, 3.0), "Elasticity of substitution between needs", "calibration sketch: at most 1.5; 3 lets one sector swallow the economy";
        bond_share: f64 = 0.35, "share", Between(0.0, 1.0), "Government bonds in the financial wealth households aim at", "proposal: sweep it";
        unemployment_benefit: f64 = 0.35, "wage", Between(0.0, 1.0), "Benefit of an unemployed person over the wage", "calibration sketch";
    }
}

parameters! {
    /// Wage setting and the labour force.
    Labour {
        force_growth: f64 = 0.005, "1/year", Between(-0.05, 0.05), "Growth of the labour force", "calibration sketch";
        natural_unemployment: f64 = 0.055, "share", Between(0.01, 0.3), "Unemployment at which wages keep pace", "calibration sketch";
        frictional_unemployment: f64 = 0.015, "share", Between(0.0, 0.2), "Unemployment that no demand removes", "proposal: sweep it";
        expected_inflation: f64 = 0.02, "1/year", Between(-0.02, 0.1), "Inflation that wage bargains assume", "calibration sketch";
        productivity_indexation: f64 = 1.0, "1", Between(0.0, 2.0), "Pass-through of productivity growth to wages", "calibration sketch";
        unemployment_sensitivity: f64 = 0.5, "1/year", Between(0.0, 3.0), "Slope of wage growth in unemployment at the natural rate; the curve steepens where people are short", "Phillips 1958 for the shape; calibrated: unemployment is back within 15 years of a fiscal change";
        wage_floor: f64 = -0.03, "1/year", Between(-0.2, 0.0), "Least growth of the wage", "wages fall slowly (Bewley 1999); value a proposal: sweep it";
        indexation: f64 = 0.9, "1", Between(0.0, 1.0), "Part of lived inflation above `indexation_threshold` that wage bargains make good", "proposal: sweep it";
        indexation_threshold: f64 = 0.06, "1/year", Between(0.0, 1.0), "Inflation from which wage bargains no longer trust the normal rate", "attention to inflation rises beyond a threshold (Pfäuti 2023); value a proposal: sweep it";
        overhead_share: f64 = 0.36, "share", Between(0.0, 0.9), "Labour at normal capacity that does not vary with output", "calibrated: change of unemployment in a quarter (A14); labour hoarding makes employment vary by two thirds of output";
    }
}

parameters! {
    /// Technology common to all sectors.
    Production {
        normal_utilisation: f64 = 0.82, "share", Between(0.3, 1.0), "Utilisation that capacity is built for", "calibration sketch";
        depreciation: f64 = 0.08, "1/year", Between(0.02, 0.15), "Depreciation of fixed capital", "calibration sketch";
        makeshift_cost: f64 = 1.5, "1", Between(0.0, 20.0), "Own work that replaces an input which is not to be had, over the input's price", "proposal: sweep it; what is bought in the market is what others make for less";
        efficiency_spread: f64 = 0.22, "log points", Between(0.0, 0.6), "Standard deviation of how well enterprises use what they know (management, people, place)", "Foster, Haltiwanger and Syverson 2008: physical productivity of plants of an industry is dispersed by 0.26, techniques included";
        efficiency_scaling: f64 = 0.48, "1", Between(0.0, 1.0), "Exponent by which the efficiency of smaller enterprises varies more: a large one is many plants", "independent plants of one size would make it 0.5; growth of enterprises varies with size to the power -0.15 to -0.2 (Stanley and others 1996); calibrated: A19";
        efficiency_years: f64 = 4.5, "years", Between(0.25, 100.0), "Time in which two thirds of an enterprise's efficiency are forgotten", "a correlation of 0.8 with the next year (Foster, Haltiwanger and Syverson 2008)";
        input_criticality: f64 = 1.0, "1", Between(0.0, 4.0), "Output of users falls with the fill of a critical input to this power", "model 4.3";
    }
}

parameters! {
    /// Mark-ups.
    Pricing {
        normal_markup: f64 = 0.13, "1", Between(0.0, 1.0), "Mark-up over full unit cost in a normal state", "calibrated: wages 0.66 of value added";
        required_return: f64 = 0.05, "1/year", Between(0.0, 0.3), "Return on capital counted in full unit cost", "calibration sketch";
        share_response: f64 = 0.04, "1", Between(0.0, 1.0), "Response of the mark-up to relative gains of market share (K+S)", "Dosi, Fagiolo, Roventini 2010";
        reversion: f64 = 0.5, "1/year", Between(0.0, 4.0), "Speed at which the mark-up moves to its target", "calibration sketch";
        edge_response: f64 = 0.52, "1", Between(0.0, 2.0), "Mark-up target per log point of competitive edge", "calibrated: p90/p10 of value added per worker of 1.8; at 0.25 single enterprises dominate small sectors";
        utilisation_response: f64 = 0.8, "1", Between(0.0, 3.0), "Mark-up target per point of utilisation above normal (a glut is a price war)", "calibration sketch";
        floor: f64 = -0.15, "1", Between(-0.5, 1.0), "Least mark-up", "calibrated: a floor above 0 hides the weak; p90/p10 of value added per worker";
        ceiling: f64 = 0.8, "1", Between(0.0, 5.0), "Greatest mark-up", "calibration sketch";
    }
}

parameters! {
    /// Competition for market shares.
    Market {
        selection: f64 = 2.65, "1/year", Between(0.0, 3.0), "Speed of the replicator", "calibrated: job flows, entry and exit near 10 % a year, tent-shaped growth";
        price_weight: f64 = 1.0, "1", Between(0.0, 5.0), "Weight of log price in competitiveness", "calibration sketch";
        quality_weight: f64 = 1.0, "1", Between(0.0, 5.0), "Weight of log quality in competitiveness", "calibration sketch";
        replacement_elasticity: f64 = 3.0, "1", Between(1.01, 10.0), "Elasticity of substitution between new goods and the old ones that they replace", "clean for dirty inputs: 1.8 to 3 (Papageorgiou, Saam and Schulte 2017)";
        unfilled_weight: f64 = 0.5, "1", Between(0.0, 5.0), "Weight of unfilled orders in competitiveness", "proposal: sweep it";
        jump_rate: f64 = 1.0, "1/year", Between(0.0, 4.0), "Frequency of jumps of a market share", "calibrated: shape of the distribution of growth near 1.1 (rarer, larger jumps are more tent-shaped) and job creation of 12 % a year";
        jump_size: f64 = 0.65, "log points", Between(0.0, 1.0), "Standard deviation of a jump (Laplace)", "calibrated: job creation of 11 % a year, December to December";
        noise: f64 = 0.7, "log points", Between(0.0, 1.0), "Standard deviation of small moves over the square root of a year", "calibrated: job creation of 11 % a year beside exits below 13 %; sales of enterprises vary by 0.2 to 0.4 a year (Davis, Haltiwanger, Jarmin and Miranda 2006)";
        size_scaling: f64 = 0.1, "1", Between(0.0, 1.0), "Exponent by which buyers of smaller enterprises choose anew more often", "calibrated: size tail (A1), spread of growth by size (A19)";
        diversification: f64 = 63.0, "log points", Between(0.0, 200.0), "Competitiveness lost per unit of market share by a supplier with a large one: buyers keep second sources", "calibrated: largest enterprise (A17) beside the tail of sizes (A1)";
        diversification_share: f64 = 0.25, "share", Between(0.001, 1.0), "Market share at which buyers mind half as much per unit as they do of a far larger supplier; below it hardly", "calibrated: largest enterprise (A17) beside the tail of sizes (A1)";
        newcomer_growth: f64 = 0.95, "1/year", Between(0.0, 2.0), "Growth of the market share of a newcomer at its birth by buyers who come to know it", "new plants sell half of what old ones of the same productivity do and take more than a decade to close the gap (Foster, Haltiwanger and Syverson 2016); value calibrated: growth falls with age (A19)";
        newcomer_years: f64 = 10.0, "years", Between(0.25, 50.0), "Age at which an enterprise is as well known as any; that growth falls to nothing until then", "as newcomer_growth";
        delivery_years: f64 = 1.2, "years", Between(0.01, 20.0), "Time over which market shares follow delivered shares: buyers stay with who delivers", "model 4.2";
    }
}

parameters! {
    /// Fixed capital formation.
    Investment {
        threshold: f64 = 0.37, "share", Between(0.0, 1.0), "Gap between desired and actual capital, over the latter, that starts an investment spell", "calibrated: lumpy investment (A6, A20)";
        maximum_rate: f64 = 0.75, "1/year", Between(0.0, 2.0), "Greatest orders of an investment spell over fixed capital, for an enterprise of mean size; of others times their mobility (market.size_scaling)", "calibrated with the threshold (A6, A20)";
        build_years: f64 = 1.0, "years", Between(0.0, 5.0), "Mean time from an order to delivery and payment", "Kydland and Prescott 1982: four quarters";
        founding_years: f64 = 1.0, "years", Between(0.0, 5.0), "Time over which a new enterprise builds its plant before it sells", "as other projects; Kydland and Prescott 1982: four quarters";
        maintenance_share: f64 = 0.4, "share", Between(0.0, 1.0), "Depreciation that is made good outside of investment spells", "calibrated: share of investment spikes (A6)";
        idle_share: f64 = 0.66, "share", Between(0.01, 1.0), "Capital beyond what is desired, over capital, from which nothing is maintained; below it in proportion", "calibrated: enterprise-years without investment (A20)";
        loan_share: f64 = 0.4, "share", Between(0.0, 1.0), "Part of fixed capital that bears the loan rate in the cost of capital; the rest bears the required return", "debt over fixed capital of enterprises, about 0.3 to 0.5";
        cost_years: f64 = 2.0, "years", Between(0.05, 20.0), "Time over which the loan rate is averaged in the cost of capital", "proposal: sweep it";
        reference_cost: f64 = 0.125, "1/year", Between(0.05, 0.25), "Cost of capital a year over its price at which enterprises want `sectors.NAME.capital_output`", "depreciation of 0.08, a real loan rate of 0.038 on two fifths and a required return of 0.05 on the rest";
        cost_elasticity: f64 = 0.4, "1", Between(0.0, 2.0), "Fall of desired capital per log point of its cost", "0.4: Chirinko, Fazzari and Meyer 2011";
        demand_smoothing_years: f64 = 3.0, "years", Between(0.05, 20.0), "Time over which a sector's demand is averaged for expectations", "calibrated: at 2.4 the accelerator makes a cycle of four years in one seed of sixteen (us-like)";
        horizon_years: f64 = 1.5, "years", Between(0.0, 10.0), "Time ahead for which capital is planned at the trend growth of the sector's demand", "calibrated: without it capacity lags behind demand in economies that catch up, and mark-ups stay high for decades";
        trend_years: f64 = 10.0, "years", Between(0.5, 50.0), "Time over which that growth is averaged", "proposal: sweep it; short times swing investment";
        cash_buffer_years: f64 = 0.12, "years", Between(0.0, 2.0), "Cash kept back, in years of costs", "proposal: sweep it";
        subsidy_response: f64 = 0.7, "1", Between(0.0, 5.0), "Rise of desired capital per unit of the part of its cost that a subsidy pays", "elasticity to user cost about -0.5 to -1: Hassett and Hubbard 2002";
        promotion_optimism: f64 = 0.1, "share", Between(0.0, 1.0), "Extra expected demand of an enterprise whose sector its locality promotes fully", "calibration sketch: cheap land and credit lead to overcapacity";
    }
}

parameters! {
    /// The rest of the world.
    Trade {
        elasticity: f64 = 1.5, "1", Between(0.2, 10.0), "Response of the log-odds of home and world shares to the competitive gap", "calibration sketch";
        adjustment_years: f64 = 1.0, "years", Between(0.1, 30.0), "Time over which home and world shares adjust", "calibration sketch";
        embargo_substitution: f64 = 0.5, "share", Between(0.0, 1.0), "Part of demand that an embargo leaves unmet which turns to home suppliers", "proposal: sweep it";
        foreign_inflation: f64 = 0.02, "1/year", Between(-0.05, 0.3), "Growth of foreign prices", "calibration sketch";
        catch_up: f64 = 0.1, "1/year", Between(0.0, 1.0), "Speed at which foreign suppliers close a lead of home suppliers", "proposal: sweep it";
        balance_response: f64 = 0.5, "1/year", Between(0.0, 5.0), "Depreciation of the currency per unit of trade deficit over output", "calibration sketch";
        assets_response: f64 = 0.085, "1/year", Between(0.0, 5.0), "Depreciation of the currency per unit of net foreign debt over annual output", "calibration sketch: 0.1; calibrated: foreign assets and public debt without drift over a century";
        rate_response: f64 = 0.5, "1", Between(0.0, 5.0), "Appreciation of the currency a year per point of the real policy rate above neutral", "interest parity; without it a boom at full employment feeds on its own exports";
        exchange_rate_limit: f64 = 0.15, "1/year", Between(0.0, 1.0), "Greatest change of the exchange rate beyond relative inflation", "calibration sketch";
        cycle_spread: f64 = 0.12, "log points", Between(0.0, 1.0), "Standard deviation of the wave behind the world's business cycle", "calibrated: a quarter's change of unemployment and standard deviation of growth (A8, A14)";
        cycle_years: f64 = 2.0, "years", Between(0.1, 20.0), "Time over which a world boom or slump fades", "proposal: sweep it";
        cycle_lag_years: f64 = 0.75, "years", Between(0.0, 10.0), "Time over which world demand follows that wave: a boom builds up", "proposal: sweep it; trade in a quarter is autocorrelated at 0.5 and more";
        price_convergence: f64 = 0.03, "1/year", Between(0.0, 1.0), "Part of the gap between foreign and home relative prices of a sector that closes in a year, by ideas and capital that cross borders", "relative productivities of sectors converge by some 18 % a decade (Levchenko and Zhang 2016); value a proposal: sweep it";
        demand_convergence: f64 = 0.01, "1/year", Between(0.0, 1.0), "Part of the log gap between growth of home output and of real world demand since the start that closes in a year: no country outgrows the world for ever", "proposal: sweep it; incomes converge by at most 2 % a year (Barro and Sala-i-Martin 1992); without it exports of the largest sector vanish in four centuries";
        interest_on_foreign_assets: bool = true, "1", Any, "Whether balances of the rest of the world bear the deposit rate", "model 3";
    }
}
