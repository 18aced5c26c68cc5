//! Parameters that come in lists of named members: sectors, regions, programmes, boards, events, drivers.

use super::Weights;
use crate::parameters;
use crate::parameters::Allowed::{Any, Between, OneOf};

parameters! {
    /// A sector of production.
    Sector {
        enterprise_share: f64 = 0.0, "share", Between(0.0, 1.0), "Share of the initial enterprises; shares sum to 1", "calibration sketch";
        taste: f64 = 0.0, "share", Between(0.0, 1.0), "Consumption share at equal prices; tastes sum to 1", "calibration sketch";
        government_weight: f64 = 0.0, "share", Between(0.0, 1.0), "Share of government purchases; weights sum to 1", "calibration sketch";
        investment_weight: f64 = 0.0, "share", Between(0.0, 1.0), "Share of fixed capital formation; weights sum to 1", "calibration sketch";
        replaces: String = String::new(), "1", Any, "Sector whose goods those of this sector replace in final demand at home and abroad; empty for none", "model 4.1";
        potential: f64 = 1.0, "1", Between(1.0, 1000.0), "The whole need that the sector's goods and those which they replace serve together, over the part that they serve at year 0", "model 4.1";
        income_elasticity: f64 = 1.0, "1", Between(0.2, 3.0), "Income elasticity of consumption of the sector's goods over the mean of all", "Comin, Lashkari and Mestieri 2021: services above 1, goods at or below; value a proposal: sweep it";
        inputs: Weights = Weights::default(), "units per unit of output", Between(0.0, 0.95), "Input-output coefficients by supplying sector", "calibration sketch";
        critical_inputs: Weights = Weights::default(), "share", Between(0.0, 1.0), "How far a lack of a supplying sector's goods binds output", "model 4.3";
        capital_output: f64 = 1.0, "years", Between(0.05, 20.0), "Capital over annual capacity output", "calibration sketch";
        home_share: f64 = 0.85, "share", Between(0.001, 0.999), "Initial home share of home demand (self-sufficiency)", "calibration sketch";
        export_share: f64 = 0.1, "share", Between(0.0, 0.95), "Initial exports over output", "calibration sketch";
        world_share: f64 = 0.1, "share", Between(0.001, 0.999), "Initial home share of world demand met by exports", "proposal: sweep it";
        world_growth: f64 = 0.03, "1/year", Between(-0.1, 0.2), "Real growth of world demand", "calibration sketch";
        foreign_quality_growth: f64 = 0.01, "1/year", Between(-0.1, 0.2), "Growth of log quality of foreign suppliers", "calibration sketch";
        foreign_cost_decline: f64 = 0.0, "1/year", Between(-0.1, 0.3), "Fall of real foreign prices by foreign learning", "proposal: sweep it";
        foreign_supply_cap: f64 = 100.0, "1", Between(0.0, 100.0), "Imports over their normal volume, at most; below 1 an embargo", "model 4.3";
        quality_gap: f64 = 0.0, "log points", Between(-3.0, 3.0), "Initial log quality of home suppliers over foreign ones", "proposal: sweep it";
        productivity_gap: f64 = 0.0, "log points", Between(-3.0, 3.0), "Initial log productivity of home enterprises over the world's frontier", "proposal: sweep it; China stood at 0.4 of the United States in 2000 (Penn World Table, ctfp)";
        frontier_growth: f64 = 0.008, "1/year", Between(-0.1, 0.2), "Growth of the log productivity of the world's frontier", "proposal: sweep it";
        learning_exponent: f64 = 0.0, "1", Between(0.0, 0.6), "Wright exponent: fall of all input needs per log point of cumulative output", "calibration sketch; photovoltaics 0.37 in data";
        learning_spillover: f64 = 0.3, "share", Between(0.0, 1.0), "World output that counts as own experience", "proposal: sweep it";
        foreign_learning: f64 = 1.0, "share", Between(0.0, 1.0), "Part of learning by world output that lowers the foreign price", "experience of the world is everybody's: learning curves are of world output (Farmer and Lafond 2016)";
        experience_years: f64 = 30.0, "years", Between(0.1, 1000.0), "Cumulative output over annual output at year 0", "proposal: sweep it";
        rd_intensity: f64 = 0.03, "share of sales", Between(0.0, 0.5), "Own R&D over sales", "calibration sketch";
        opportunity: f64 = 1.0, "1", Between(0.0, 10.0), "Multiplier on the size of inventions, and on how much of them uses opportunities up", "Klevorick, Levin, Nelson and Winter 1995: opportunities differ among industries";
        appropriation: f64 = 0.25, "share", Between(0.01, 1.0), "Part of the quasi-rents of an edge that stays with its owners, who decide on R&D by it: prices and rivals' edges pass on the rest", "Klevorick, Levin, Nelson and Winter 1995: appropriability differs among industries; calibrated to R&D over sales";
        obsolescence: f64 = 0.1, "1/year", Between(0.0, 2.0), "Decay of edges", "calibration sketch";
        strategic_value: f64 = 0.0, "1", Between(0.0, 10.0), "Value of self-sufficiency to governments over the demand it secures", "proposal: sweep it";
        central_priority: f64 = 0.0, "1", Between(0.0, 5.0), "Priority of the sector with the central government, part of the score by which it plans", "proposal: sweep it";
        industry_concept: f64 = 0.0, "log points", Between(-2.0, 2.0), "Premium of the exchange on the sector", "model 7: may be zero";
    }
}

parameters! {
    /// A region with its local government.
    Region {
        population_share: f64 = 0.1, "share", Between(0.0, 1.0), "Share of the labour force; shares sum to 1", "proposal: sweep it";
        pull: f64 = 1.0, "1", Between(0.0, 100.0), "Attraction to enterprises, per head", "proposal: sweep it";
        specialisation: Weights = Weights::default(), "1", Between(0.0, 100.0), "Attraction to a sector's enterprises over the mean of 1", "proposal: sweep it";
    }
}

parameters! {
    /// A support programme.
    Programme {
        instrument: String = "rd_grant".to_owned(), "1", OneOf(&["rd_grant", "output_subsidy", "interest_subsidy", "capital_subsidy", "procurement", "public_laboratory", "whole_nation", "rescue", "guidance_fund"]), "What is given", "model 6";
        level: String = "central".to_owned(), "1", OneOf(&["central", "local"]), "Who pays", "model 6";
        sector: String = String::new(), "1", Any, "Sector supported; empty for all (a local programme then follows each locality's plan)", "model 6";
        region: String = String::new(), "1", Any, "Locality of a local programme; empty for all", "model 6";
        budget_share: f64 = 0.001, "share of output", Between(0.0, 0.2), "Budget a year over output", "calibration sketch";
        rate: f64 = 0.0, "share", Between(0.0, 1.0), "Subsidy over the buyer's price, or part of interest or of fixed capital formation paid, or of a guidance fund's commitments", "calibration sketch";
        award_years: f64 = 1.5, "years", Between(0.05, 20.0), "Size of a grant in years of the enterprise's research norm (technology.research_norm); for a whole-nation programme years of full effort (government.mission_effort) that a milestone takes", "proposal: sweep it";
        start_year: f64 = -1000.0, "years", Between(-1000.0, 1000.0), "Start, in years from the first recorded tick; below 0 in the burn-in", "model 9";
        stop_year: f64 = 1000.0, "years", Between(-1000.0, 1000.0), "End, in years from the first recorded tick", "model 9";
        phase_out_years: f64 = 0.0, "years", Between(0.0, 100.0), "Time over which budget and rate fade once the programme ends; 0 is a cliff", "model 6";
        patience_years: f64 = 0.0, "years", Between(0.0, 100.0), "Time between evaluations; 0 for none", "model 6";
        rule: String = "keep".to_owned(), "1", OneOf(&["keep", "scale", "stop"]), "What an evaluation does: nothing, moves the budget, or moves the budget and may stop the programme at once", "model 6";
        renewable: bool = true, "1", Any, "Whether a later plan of its payer may take up the programme again once an evaluation has stopped it", "proposal: sweep it";
        merit_weight: f64 = 1.0, "1", Between(0.0, 10.0), "Weight of appraised merit in the ranking of applicants", "model 6";
        size_weight: f64 = 0.0, "1", Between(-10.0, 10.0), "Weight of log size over the sector's mean in the ranking", "model 6";
        distress_weight: f64 = 0.0, "1", Between(-10.0, 10.0), "Weight of debt over capital in the ranking", "model 6";
        members: u32 = 5, "count", Between(1.0, 1000.0), "Enterprises that work at the key technology of a whole-nation programme", "proposal: sweep it";
        reinvestment: f64 = 0.0, "share", Between(0.0, 1.0), "Part of a local guidance fund's search that is bound to its locality; partners shun it", "model 6";
        active: bool = true, "1", Any, "Whether the programme runs; events and ablations switch it", "model 9";
    }
}

parameters! {
    /// A board of the exchange and its listing rules. All that are measured in money or sales scale with the typical enterprise.
    Board {
        open: bool = true, "1", Any, "Whether the board takes new listings; an event opens or closes it", "model 9";
        regime: String = "exchange".to_owned(), "1", OneOf(&["exchange", "registration", "approval"]), "How enterprises come to the board; `exchange`: as capital_market.regime says", "model 7";
        minimum_size: f64 = 4.0, "share of mean", Between(0.0, 1000.0), "Annual sales over the economy's mean sales of an enterprise", "model 7: thresholds scale with the typical enterprise";
        minimum_profit: f64 = 0.0, "share of mean", Between(-1000.0, 1000.0), "Annual profit over the economy's mean sales of an enterprise; far below 0 for none", "Shanghai 2023: profit of 60 million yuan in the last year";
        minimum_value: f64 = 0.0, "share of mean", Between(0.0, 10000.0), "Expected market value over the economy's mean sales of an enterprise", "STAR market 2019: 1 billion yuan with profit, 1.5 with R&D";
        minimum_rd: f64 = 0.0, "share of sales", Between(0.0, 10.0), "R&D over sales", "STAR market 2019: 5 or 15 %";
        minimum_age: f64 = 3.0, "years", Between(0.0, 50.0), "Age", "China: three years of operation";
    }
}

parameters! {
    /// An event of the timeline.
    Event {
        year: f64 = 0.0, "years", Between(-500.0, 10_000.0), "When, in years from the first recorded tick", "model 9";
        action: String = "set".to_owned(), "1", OneOf(&["set", "start_programme", "stop_programme", "demand_shock", "embargo"]), "What happens", "model 9";
        path: String = String::new(), "1", Any, "`set`: which parameter, as in the configuration: trade.elasticity", "model 9";
        value: f64 = 0.0, "as the parameter", Any, "`set`: new value, 0 and 1 for false and true; `demand_shock`: change of demand over normal; `embargo`: imports left over normal", "model 9";
        text: String = String::new(), "1", Any, "`set`: new value of a parameter that takes a word, such as a regime", "model 9";
        programme: String = String::new(), "1", Any, "`start_programme`, `stop_programme`: which", "model 9";
        sector: String = String::new(), "1", Any, "`demand_shock`, `embargo`: sector hit; empty for all", "model 9";
        market: String = "all".to_owned(), "1", OneOf(&["all", "home", "world"]), "`demand_shock`: whose demand, households' at home, the world's, or both", "model 9";
        years: f64 = 1.0, "years", Between(0.0, 10_000.0), "`demand_shock`: time over which it fades; `embargo`: time it lasts", "model 9";
    }
}

parameters! {
    /// A driver: an exogenous path follows a column of data.
    Driver {
        file: String = String::new(), "1", Any, "CSV file, its path from the configuration's folder, or `builtin:NAME`", "model 9";
        year_column: String = "year".to_owned(), "1", Any, "Column with the years", "model 9";
        column: String = String::new(), "1", Any, "Column with the values", "model 9";
        filter_column: String = String::new(), "1", Any, "Column that selects rows, or several with commas between; empty for all rows", "model 9";
        filter_value: String = String::new(), "1", Any, "Text that the filter column must hold, or one for each with commas between", "model 9";
        target: String = "foreign_price".to_owned(), "1", OneOf(&["foreign_price", "world_demand", "world_experience", "taste"]), "Which path of the sector is replaced by its initial value times the data's index", "model 9";
        sector: String = String::new(), "1", Any, "Sector whose path is replaced", "model 9";
        exponent: f64 = 1.0, "1", Between(-4.0, 4.0), "Power to which the index is taken", "model 9";
        change: bool = false, "1", Any, "Whether the yearly change of the column is taken (of a cumulative series) in place of its level", "model 9";
    }
}
