//! Parameters of taxes, budgets and the choice of sectors.

use crate::parameters;
use crate::parameters::Allowed::{Any, Between};

parameters! {
    /// Taxes, budgets, bonds and the choice of sectors.
    Government {
        purchases_share: f64 = 0.215, "share", Between(0.05, 0.45), "Government purchases over potential output", "calibrated: unemployment near its natural rate";
        counter_cycle: f64 = 2.2, "1", Between(0.0, 3.0), "Rise of purchases per point of averaged unemployment above the natural rate", "budgets move by 0.3 to 0.7 of output per point of the output gap (Girouard and André 2005); purchases bear a part";
        stabiliser_years: f64 = 1.0, "years", Between(0.05, 10.0), "Time over which unemployment is averaged for purchases: a budget is made once a year", "by the cycle of budgets";
        debt_target: f64 = 0.7, "share of annual output", Between(0.0, 1.2), "Debt that leaves purchases unchanged", "calibration sketch";
        debt_target_years: f64 = 8.0, "years", Between(0.05, 50.0), "Time over which a new debt target comes into force", "plans of consolidation run over several years (Alesina, Favero and Giavazzi 2019); value a proposal: sweep it";
        debt_response: f64 = 0.6, "1", Between(0.0, 2.0), "Cut of purchases per unit of debt above target", "calibrated: at 0.1 debt wanders by an output within a century";
        fiscal_lag_years: f64 = 2.0, "years", Between(0.05, 20.0), "Time over which the fiscal stance follows debt", "calibration sketch";
        debt_ceiling: f64 = 1.3, "share of annual output", Between(0.1, 10.0), "Debt at which discretionary spending is cut in full", "proposal: sweep it";
        ceiling_start: f64 = 0.9, "share", Between(0.0, 0.99), "Debt over the ceiling from which discretionary spending is cut", "proposal: sweep it";
        ceiling_purchases: f64 = 0.1, "share", Between(0.0, 0.5), "Part of purchases cut at the debt ceiling; twice that where innovation is protected", "proposal: sweep it";
        ceiling_programmes: f64 = 0.8, "share", Between(0.0, 1.0), "Part of support programmes cut at the debt ceiling, or, where innovation is protected, at ceiling_last", "proposal: sweep it";
        ceiling_last: f64 = 1.5, "share", Between(1.01, 10.0), "Debt over the ceiling at which protected programmes too are cut in full", "proposal: sweep it";
        protect_innovation: bool = false, "1", Any, "Whether support programmes are cut last: only above the debt ceiling, once purchases have been cut twice as much", "model 6";
        vat_rate: f64 = 0.1, "share", Between(0.0, 0.5), "Value added tax on value added", "calibration sketch";
        corporate_tax_rate: f64 = 0.25, "share", Between(0.0, 0.8), "Corporate income tax", "calibration sketch";
        high_tech_tax_rate: f64 = 0.15, "share", Between(0.0, 0.8), "Corporate income tax of enterprises with high R&D", "China: 15 % for high-tech enterprises";
        high_tech_threshold: f64 = 0.05, "share of sales", Between(0.0, 1.0), "R&D over sales from which the preferential rate applies", "China: 3 to 5 % by size";
        loss_carry_forward: bool = true, "1", Any, "Whether losses reduce later taxable profit", "model 6";
        personal_tax_rate: f64 = 0.12, "share", Between(0.03, 0.6), "Personal income tax on wages, interest and dividends; without any, interest on public debt grows faster than revenue in small worlds", "calibration sketch";
        stamp_duty_rate: f64 = 0.001, "share", Between(0.0, 0.05), "Stamp duty on share issues and sales", "China: 0.1 %";
        local_vat_share: f64 = 0.5, "share", Between(0.0, 1.0), "Value added tax kept where it arises", "China: 50 %";
        local_corporate_share: f64 = 0.4, "share", Between(0.0, 1.0), "Corporate income tax kept where it arises", "China: 40 %";
        local_spending_share: f64 = 0.45, "share", Between(0.0, 1.0), "Government purchases made by local governments", "calibration sketch";
        equalisation: f64 = 0.8, "share", Between(0.0, 1.0), "Part of a local deficit met by a transfer of the central government", "proposal: sweep it";
        rd_credit_rate: f64 = 0.05, "share", Between(0.0, 1.0), "Tax credit per unit of own R&D", "calibration sketch";
        rd_super_deduction: f64 = 0.0, "share", Between(0.0, 2.0), "Extra deduction of own R&D from taxable profit", "China: 0.5 to 1.0";
        plan_years: f64 = 5.0, "years", Between(1.0, 30.0), "Time between a government's choices of sectors", "model 6";
        choice_intensity: f64 = 1.0, "1", Between(0.0, 20.0), "Exponent on sector scores; localities choose in proportion", "model 6";
        merit_weight: f64 = 1.0, "1", Between(0.0, 5.0), "Weight of a sector's growth in its score", "proposal: sweep it";
        tax_weight: f64 = 0.4, "1", Between(0.0, 5.0), "Weight of a sector's taxes in its score", "proposal: sweep it";
        strategic_weight: f64 = 0.3, "1", Between(0.0, 5.0), "Weight of a sector's strategic value in its score", "proposal: sweep it";
        priority_weight: f64 = 1.5, "1", Between(0.0, 10.0), "Weight of a sector's configured priority (sectors.NAME.central_priority) in the centre's own score", "proposal: sweep it";
        central_weight: f64 = 0.15, "1", Between(0.0, 5.0), "Weight of the centre's plan (share over an even share, less 1) in a locality's score", "calibration sketch";
        herding_weight: f64 = 0.5, "1", Between(0.0, 10.0), "Weight of other localities' choices in a locality's score", "calibration sketch";
        choice_noise: f64 = 0.6, "1", Between(0.0, 5.0), "Standard deviation of a sector score without advice", "proposal: sweep it";
        promotion_pull: f64 = 1.0, "1", Between(0.0, 10.0), "Pull of a promoted sector on its entrants", "proposal: sweep it";
        promotion_entry: f64 = 0.3, "1", Between(0.0, 5.0), "Rise of a sector's entry where all localities promote it beyond its share", "proposal: sweep it";
        evaluation_stop: f64 = 0.15, "1", Between(-10.0, 10.0), "Return a unit of public money below which an evaluation stops or shrinks a programme", "proposal: sweep it";
        evaluation_scale: f64 = 1.0, "1", Between(-10.0, 10.0), "Return a unit of public money above which an evaluation enlarges a programme", "proposal: sweep it";
        evaluation_step: f64 = 0.25, "share", Between(0.0, 1.0), "Change of a budget by an evaluation", "proposal: sweep it";
        evaluation_noise: f64 = 0.2, "1", Between(0.0, 10.0), "Standard deviation of an evaluation's error without advice", "proposal: sweep it";
        procurement_quality: f64 = 2.0, "1", Between(0.0, 10.0), "Log of a supplier's part in procurement per log point of quality over the sector's mean", "proposal: sweep it";
        procurement_preference: f64 = 0.5, "share", Between(0.0, 10.0), "Extra part of suppliers in procurement that count as supported in full", "proposal: sweep it";
        mission_success: f64 = 0.2, "probability", Between(0.0, 1.0), "Chance that a milestone of a whole-nation programme is passed in a first attempt, in the mean of its stages and with money for full effort", "proposal: sweep it; most attempts fail";
        mission_effort: f64 = 0.5, "1", Between(0.001, 100.0), "Cost of a year of full effort at a key technology, over the annual R&D at the world's frontier of suppliers who would serve all home demand", "proposal: sweep it; about the budget of the preset `semiconductors`";
        mission_learning: f64 = 0.35, "log-odds", Between(0.0, 3.0), "Gain of that chance by each failed attempt at the same technology", "proposal: sweep it";
        mission_gain: f64 = 0.4, "share", Between(0.0, 1.0), "Part of the quality gap to foreign suppliers that a key technology closes for its members", "proposal: sweep it";
        mission_boost: f64 = 0.5, "log-odds", Between(0.0, 3.0), "Gain of members' own project stages while the programme runs", "proposal: sweep it";
        support_years: f64 = 3.0, "years", Between(0.1, 100.0), "Time over which public money received over sales is averaged", "proposal: sweep it";
        support_threshold: f64 = 0.002, "share of sales", Between(0.0001, 1.0), "Averaged public money received over sales from which an enterprise counts as supported in full; below it in proportion", "proposal: sweep it";
        rescue_size: f64 = 1.0, "share", Between(0.0, 1000.0), "Size over the sector's mean from which a supported enterprise is a champion to be rescued", "proposal: sweep it";
        subsidy_entry: f64 = 1.5, "1", Between(0.0, 10.0), "Rise of a sector's entry per unit of the part of fixed capital formation that subsidies pay", "proposal: sweep it";
        transparency: f64 = 0.7, "share", Between(0.0, 1.0), "Part of appraisal that lobbying cannot reach", "calibration sketch";
        appraisal_noise: f64 = 0.6, "standard deviations", Between(0.0, 5.0), "Noise of appraisal against the spread of merit", "proposal: sweep it";
        application_rate: f64 = 0.5, "1/year", Between(0.0, 10.0), "Applications a year at one third of attention to the policy path", "proposal: sweep it";
    }
}
