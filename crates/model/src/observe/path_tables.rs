//! Tables of the paths of return, governments and programmes, and of enterprises.

use std::sync::Arc;

use crate::table;

table! {
    /// Returns on one source of funding in one sector
    ReturnRow in "returns" by ["tick", "sector", "source"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        sector: Arc<str>, "1", "Sector";
        source: &'static str, "1", "Source of funding: own, policy or capital";
        spent: f64, "numeraire", "Spent on search and projects from this source";
        industrial_return: f64, "numeraire", "Quasi-rents of edges paid from this source";
        fiscal_return: f64, "numeraire", "Taxes on those quasi-rents; for source policy less the cost of programmes and capital called from governments by funds, with their part of sales and changes of marks of funds' holdings";
        strategic_return: f64, "numeraire", "Home share that the source gained times strategic value times annual home demand, and breakthroughs at their shadow value; never summed with money";
        capital_return_fundamental: f64, "numeraire", "What funds sold and changes of fundamental value of their holdings less rounds, fees, carry and subscriptions (source capital)";
        capital_return_premium: f64, "numeraire", "Change of price over fundamental value of funds' holdings, realised or not (source capital)";
        attention_share: f64, "share", "Mean attention of the sector's enterprises to the path";
    }
}

table! {
    /// Growth of output per person in a year: what a channel of growth brought in a sector, and who paid
    GrowthRow in "growth" by ["tick", "sector", "channel", "payer"] {
        tick: u32, "1", "Last tick of the year";
        year: f64, "years", "Time at the end of the tick";
        sector: Option<Arc<str>>, "1", "Sector; empty for what is in none: shares of sectors, use of capacity, staff whose work does not vary with output";
        channel: &'static str, "1", "Channel: process, product or breakthrough (own innovation), adopted_process, adopted_product, learning, entry, exit, reallocation, diffusion, or other";
        payer: Option<&'static str>, "1", "Source that paid for projects: own, policy or capital; empty where none did";
        growth: f64, "log points", "Contribution to growth of quality-adjusted real output per person employed; a year's rows sum up to it";
    }
}

table! {
    /// The transformation funnel of one sector and source of funding
    FunnelRow in "funnel" by ["tick", "sector", "source"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        sector: Arc<str>, "1", "Sector";
        source: &'static str, "1", "Source that paid most so far, the search included: own, policy or capital";
        inventions: u64, "count", "Inventions";
        adoptions: u64, "count", "Techniques of others, found to be taken over";
        inventions_shelved: u64, "count", "Inventions and techniques to take over put aside at once: the funnel was full of better ones";
        pilot_entered: u64, "count", "Ideas that entered TRL 3 to 6, alone or in a bundle";
        pilot_joined: u64, "count", "Of those that entered TRL 3 to 6, ideas that joined a bundle there";
        pilot_turned: i64, "count", "Ideas in TRL 3 to 6 whose main source became this one, less those whose main source it was; 0 in sum over sources";
        pilot_advanced: u64, "count", "Ideas that passed TRL 6";
        pilot_failed: u64, "count", "Ideas that failed at TRL 6";
        pilot_abandoned: u64, "count", "Ideas given up in TRL 3 to 6: not worth their cost, or not paid for";
        pilot_lost: u64, "count", "Ideas in TRL 3 to 6 that ended with their enterprise";
        pilot_under_way: u64, "count", "Ideas in TRL 3 to 6 at the end of the tick";
        pilot_spent: f64, "numeraire", "Spent on TRL 3 to 6";
        demonstration_entered: u64, "count", "Ideas that entered TRL 6 to 8, alone or in a bundle";
        demonstration_joined: u64, "count", "Of those that entered TRL 6 to 8, ideas that joined a bundle there";
        demonstration_turned: i64, "count", "Ideas in TRL 6 to 8 whose main source became this one, less those whose main source it was; 0 in sum over sources";
        demonstration_advanced: u64, "count", "Ideas that passed TRL 8";
        demonstration_failed: u64, "count", "Ideas that failed at TRL 8";
        demonstration_abandoned: u64, "count", "Ideas given up in TRL 6 to 8: not worth their cost, or not paid for";
        demonstration_lost: u64, "count", "Ideas in TRL 6 to 8 that ended with their enterprise";
        demonstration_under_way: u64, "count", "Ideas in TRL 6 to 8 at the end of the tick";
        demonstration_spent: f64, "numeraire", "Spent on TRL 6 to 8";
        line_entered: u64, "count", "Ideas that entered TRL 8 to 9, alone or in a bundle";
        line_joined: u64, "count", "Of those that entered TRL 8 to 9, ideas that joined a bundle there";
        line_turned: i64, "count", "Ideas in TRL 8 to 9 whose main source became this one, less those whose main source it was; 0 in sum over sources";
        line_advanced: u64, "count", "Ideas that passed TRL 9";
        line_failed: u64, "count", "Ideas that failed at TRL 9";
        line_abandoned: u64, "count", "Ideas given up in TRL 8 to 9: not worth their cost, or not paid for";
        line_lost: u64, "count", "Ideas in TRL 8 to 9 that ended with their enterprise";
        line_under_way: u64, "count", "Ideas in TRL 8 to 9 at the end of the tick";
        line_spent: f64, "numeraire", "Spent on TRL 8 to 9";
        conversions: u64, "count", "Ideas turned into productivity, quality or saved capital";
        log_points: f64, "log points", "Sum of the edges of conversions";
        conversion_years: f64, "years", "Sum of the time from invention to conversion";
        process_count: u64, "count", "Conversions of new processes";
        product_count: u64, "count", "Conversions of better products";
        scale_count: u64, "count", "Conversions that save capital";
        breakthrough_count: u64, "count", "Conversions of breakthroughs";
        adopted_process_count: u64, "count", "Conversions that took over the productivity of others";
        adopted_product_count: u64, "count", "Conversions that took over the quality of others";
        converted_spent: f64, "numeraire", "Spent on the converted projects in all their stages and on the search of the tick that found them, by all sources";
        cost_per_log_point: Option<f64>, "numeraire/log point", "Spent on converted projects over their log points";
        conversion_time_years: Option<f64>, "years", "Mean time from invention to conversion";
        pilot_survival: Option<f64>, "share", "Passed over passed, failed and abandoned, TRL 3 to 6";
        demonstration_survival: Option<f64>, "share", "Passed over passed, failed and abandoned, TRL 6 to 8";
        line_survival: Option<f64>, "share", "Passed over passed, failed and abandoned, TRL 8 to 9";
    }
}

table! {
    /// One government
    GovernmentRow in "governments" by ["tick", "government"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        government: Arc<str>, "1", "`central`, or the region";
        vat: f64, "numeraire", "Value added tax received";
        corporate_tax: f64, "numeraire", "Corporate income tax received";
        personal_tax: f64, "numeraire", "Personal income tax received";
        stamp_duty: f64, "numeraire", "Stamp duty received";
        transfers_received: f64, "numeraire", "Transfers received";
        other_receipts: f64, "numeraire", "Other receipts";
        purchases: f64, "numeraire", "Government consumption";
        benefits: f64, "numeraire", "Benefits paid";
        grants: f64, "numeraire", "R&D grants paid";
        subsidies: f64, "numeraire", "Output and interest subsidies paid";
        capital_subsidies: f64, "numeraire", "Subsidies on fixed capital formation paid";
        procurement: f64, "numeraire", "Procurement under programmes";
        missions: f64, "numeraire", "Money of whole-nation programmes";
        public_research: f64, "numeraire", "Pay in public laboratories";
        rescues: f64, "numeraire", "Rescues of enterprises";
        interest: f64, "numeraire", "Interest paid";
        transfers_paid: f64, "numeraire", "Transfers paid";
        other_spending: f64, "numeraire", "Other spending";
        deficit: f64, "numeraire", "Spending less revenue";
        debt: f64, "numeraire", "Bonds outstanding";
        tax_of_supported: f64, "numeraire", "Taxes of enterprises that count as supported (all governments; shown for `central` whole, for regions their own enterprises)";
    }
}

table! {
    /// One programme
    ProgrammeRow in "programmes" by ["tick", "programme"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        programme: Arc<str>, "1", "Programme";
        instrument: Arc<str>, "1", "Instrument";
        sector: Option<Arc<str>>, "1", "Sector; missing where it is for all, or each locality chooses";
        budget: f64, "numeraire", "Budget";
        spent: f64, "numeraire", "Spent";
        applicant_count: u64, "count", "Applicants";
        award_count: u64, "count", "Awards, or enterprises reached";
        type_one_error: Option<f64>, "share", "Awards that went to applicants below the merit cut-off";
        type_two_error: Option<f64>, "share", "Applicants above the merit cut-off that were refused";
        evaluation: Option<f64>, "1", "Return on a unit of public money found by the last evaluation";
        budget_factor: f64, "1", "Budget over the planned one, moved by evaluations";
        status: &'static str, "1", "waiting, running, cut, ending, stopped";
    }
}

table! {
    /// One enterprise, and one that closed in this year since the panel was last taken
    EnterpriseRow in "enterprises" by ["tick", "enterprise"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        enterprise: u64, "id", "Enterprise; never changes, never used again";
        sector: Arc<str>, "1", "Sector";
        region: Arc<str>, "1", "Region";
        birth_year: f64, "years", "Time of entry; below the first year for those born in the burn-in";
        stage: &'static str, "1", "founding, private, venture_backed, listed or closed (its last row: flows of the year, of the tick if it closed in it, and no stocks)";
        fund_share: f64, "share", "Equity held by venture funds";
        government_share: f64, "share", "Equity held for governments as limited partners of funds";
        float_share: f64, "share", "Equity traded";
        sales: f64, "numeraire", "Gross output";
        value_added: f64, "numeraire", "Value added";
        employment: f64, "persons", "Employment, R&D staff included";
        capital: f64, "numeraire", "Fixed capital at replacement cost";
        investment: f64, "numeraire", "Gross fixed capital formation";
        productivity: f64, "units/person/year", "Output per worker without overhead and learning";
        price: f64, "numeraire/unit", "Price";
        quality: f64, "log points", "Log quality";
        markup: f64, "1", "Mark-up on unit cost, before the price earns normal R&D and value-added tax on top";
        market_share: f64, "share", "Share of home supply of its sector";
        rd: f64, "numeraire", "R&D";
        project_pilot: u32, "count", "Ideas in TRL 3 to 6";
        project_demonstration: u32, "count", "Ideas in TRL 6 to 8";
        project_line: u32, "count", "Ideas in TRL 8 to 9";
        edge_own: f64, "log points", "Live edge paid from own money";
        edge_policy: f64, "log points", "Live edge paid by policy";
        edge_capital: f64, "log points", "Live edge paid by capital";
        attention_industrial: f64, "share", "Attention to the industrial path";
        attention_policy: f64, "share", "Attention to the policy path";
        attention_capital: f64, "share", "Attention to the capital path";
        cash: f64, "numeraire", "Deposits";
        debt: f64, "numeraire", "Bank loans";
        equity: f64, "numeraire", "Book equity: cash and capital less debt";
        profit: f64, "numeraire", "Net profit after tax";
        interest: f64, "numeraire", "Interest paid";
        taxes: f64, "numeraire", "Taxes paid";
        subsidies: f64, "numeraire", "Grants, mission contracts, rescues, subsidies on fixed capital and interest, and R&D tax credits received";
        sales_annual: f64, "numeraire", "Gross output since the year began";
        value_added_annual: f64, "numeraire", "Value added since the year began";
        investment_annual: f64, "numeraire", "Gross fixed capital formation since the year began";
        profit_annual: f64, "numeraire", "Net profit after tax since the year began";
        subsidies_annual: f64, "numeraire", "Grants, mission contracts, rescues, subsidies on fixed capital and interest, and R&D tax credits received since the year began";
        market_value: f64, "numeraire", "Price of equity if listed, last mark or book value otherwise";
        fundamental_value: f64, "numeraire", "Fundamental value of equity";
        listed_board: Option<Arc<str>>, "1", "Board";
        supported: bool, "1", "Public money received over sales (grants, mission contracts, rescues), averaged, is at or above government.support_threshold";
        advised: bool, "1", "Client of a think tank";
    }
}
