//! Tables of the whole economy, its sectors, regions and accounts.

use std::sync::Arc;

use crate::table;

table! {
    /// The economy as a whole
    MacroRow in "macro" by ["tick"] {
        tick: u32, "1", "Tick, 0 at the first recorded one";
        year: f64, "years", "Time at the end of the tick";
        output_nominal: f64, "numeraire", "Value added at market prices: with taxes on products, without subsidies on them";
        output_real: f64, "numeraire of the base year", "Value added at constant prices (chained Laspeyres)";
        output_real_adjusted: f64, "numeraire of the base year", "The same with quality counted as output by technology.quality_in_output";
        consumption: f64, "numeraire", "Household consumption";
        investment: f64, "numeraire", "Gross fixed capital formation";
        government_purchases: f64, "numeraire", "Government consumption";
        exports: f64, "numeraire", "Exports";
        imports: f64, "numeraire", "Imports";
        output_price_index: f64, "1", "Deflator of value added, 1 at the start of the burn-in";
        consumer_price_index: f64, "1", "Price of consumption, 1 at the start of the burn-in";
        consumer_price_index_adjusted: f64, "1", "The same where better goods count as cheaper ones by technology.quality_in_output";
        inflation_rate: f64, "1/year", "Growth of consumer prices over the last year";
        employment: f64, "persons", "Employment";
        labour_force: f64, "persons", "Labour force";
        unemployment_rate: f64, "share", "Unemployed over labour force";
        wage: f64, "numeraire/year", "Annual wage of a worker";
        wage_share: f64, "share", "Compensation of employees over value added at factor cost: without value added tax, with output subsidies";
        productivity: f64, "numeraire of the base year/year", "Real value added per person employed, a year";
        productivity_adjusted: f64, "numeraire of the base year/year", "The same of output_real_adjusted";
        capital_stock: f64, "numeraire of the base year", "Fixed capital of enterprises at the price of the start, at the end of the tick";
        total_factor_productivity: f64, "1", "Quality-adjusted real output over persons employed and capital, weighted by the wage share; 1 at the start of the burn-in";
        rd: f64, "numeraire", "R&D of enterprises";
        rd_public_share: f64, "share", "R&D of enterprises paid by public money";
        enterprise_debt: f64, "numeraire", "Bank loans of enterprises";
        central_government_debt: f64, "numeraire", "Bonds of the central government";
        local_government_debt: f64, "numeraire", "Bonds of local governments";
        net_foreign_assets: f64, "numeraire", "Claims on the rest of the world less its claims on us";
        household_wealth: f64, "numeraire", "Deposits and bonds of households";
        policy_rate: f64, "1/year", "Policy rate";
        loan_rate: Option<f64>, "1/year", "Interest that enterprises paid on loans over loans, a year; missing where there are no loans";
        loan_losses: f64, "numeraire", "Loans lost in the tick";
        exchange_rate: f64, "home per foreign", "Price of foreign currency";
        government_revenue: f64, "numeraire", "Taxes of all governments";
        enterprise_count: u64, "count", "Enterprises at the end of the tick";
        entry_count: u64, "count", "Enterprises founded";
        exit_count: u64, "count", "Enterprises wound up, failed or merged";
        default_count: u64, "count", "Enterprises that failed in debt";
        listed_count: u64, "count", "Enterprises listed";
        job_creation: f64, "persons", "Jobs gained at growing and new enterprises";
        job_destruction: f64, "persons", "Jobs lost at shrinking and closed enterprises";
        ledger_residual: f64, "share of gross flows", "Largest breach of an accounting identity";
    }
}

table! {
    /// One sector
    SectorRow in "sectors" by ["tick", "sector"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        sector: Arc<str>, "1", "Sector";
        output: f64, "units", "Real gross output";
        sales: f64, "numeraire", "Gross output at producers' prices";
        value_added: f64, "numeraire", "Value added at the prices that producers get, output subsidies in them";
        price: f64, "numeraire/unit", "Mean price of home enterprises";
        foreign_price: f64, "numeraire/unit", "Price of foreign suppliers at home";
        quality: f64, "log points", "Share-weighted mean log quality";
        foreign_quality: f64, "log points", "Log quality of foreign suppliers";
        productivity: f64, "units/person/year", "Share-weighted mean output per worker without overhead";
        frontier_productivity: f64, "units/person/year", "The same at the world's frontier";
        frontier_distance: f64, "log points", "Distance to the world's frontier: mean of the gaps in log productivity and log quality, each at least 0";
        capital_factor: f64, "1", "Share-weighted mean capital per unit of capacity over that at the start";
        research_cost: f64, "1", "Cost of an idea over what it was with opportunities unused: ideas get harder with own innovation";
        rd_effort: f64, "1", "Own R&D over what is normal in the sector";
        rd_payoff: f64, "1", "Quasi-rents of own edges over own R&D, averaged over a year";
        capacity: f64, "units", "Capacity";
        utilisation: f64, "share", "Output over capacity";
        home_share: f64, "share", "Home share of home demand (self-sufficiency)";
        world_share: f64, "share", "Home share of world demand met by exports";
        exports: f64, "numeraire", "Exports";
        imports: f64, "numeraire", "Imports";
        investment: f64, "numeraire", "Gross fixed capital formation of its enterprises";
        employment: f64, "persons", "Employment";
        enterprise_count: u64, "count", "Enterprises";
        entry_count: u64, "count", "Entrants";
        exit_count: u64, "count", "Exits";
        hhi: f64, "1", "Herfindahl index of sales, 0 to 1";
        rd: f64, "numeraire", "R&D";
        unit_cost: f64, "numeraire/unit", "Share-weighted mean full unit cost";
        profit_share: f64, "share", "Net profit over sales";
        cumulative_output: f64, "units", "Cumulative output";
        world_experience: f64, "1", "Cumulative output of the world over that at year 0";
        consumption_share: f64, "share", "Share of what households spend";
        need_served: f64, "share", "Part of its need at home that the sector's goods serve; 1 where they replace no others";
        learning_factor: f64, "1", "Divisor of all input needs by learning";
        subsidies: f64, "numeraire", "Grants, subsidies and R&D tax credits received";
        taxes: f64, "numeraire", "Taxes paid";
        promotion_share: f64, "share", "Mean share of local plans";
    }
}

table! {
    /// One region
    RegionRow in "regions" by ["tick", "region"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        region: Arc<str>, "1", "Region";
        output: f64, "numeraire", "Value added";
        employment: f64, "persons", "Employment";
        enterprise_count: u64, "count", "Enterprises";
        entry_count: u64, "count", "Entrants";
        budget: f64, "numeraire", "Spending of the local government";
        debt: f64, "numeraire", "Debt of the local government";
        promoted_sector: Arc<str>, "1", "Sector with the largest share of the local plan";
        promotion_hhi: f64, "1", "Herfindahl index of the local plan";
    }
}

table! {
    /// A flow between two institutional sectors (the transaction-flow matrix in long form)
    FlowRow in "flows" by ["tick", "kind", "payer", "payee"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        kind: &'static str, "1", "Kind of payment";
        class: &'static str, "1", "What it is in the national accounts: goods_and_services, compensation_of_employees, tax_on_production, subsidy, property_income, tax_on_income, current_transfer, capital_transfer or financial";
        payer: &'static str, "1", "Institutional sector that pays";
        payee: &'static str, "1", "Institutional sector that is paid";
        amount: f64, "numeraire", "Amount";
    }
}

table! {
    /// Stock of one instrument on the balance sheet of an institutional sector
    BalanceSheetRow in "balance_sheets" by ["tick", "institutional_sector", "instrument"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        institutional_sector: &'static str, "1", "Institutional sector";
        instrument: &'static str, "1", "Instrument";
        amount: f64, "numeraire", "Stock: asset positive, liability negative";
        transactions: f64, "numeraire", "Change in the tick by payments";
        revaluation: f64, "numeraire", "Change in the tick that is no payment: price, depreciation, default";
    }
}

table! {
    /// An event in the life of the economy
    EventRow in "events" by ["tick", "number"] {
        tick: u32, "1", "Tick";
        number: u64, "1", "Number of the event in its tick, from 0";
        year: f64, "years", "Time at the end of the tick";
        event: &'static str, "1", "Kind of event";
        subject: u64, "id", "Enterprise, fund, bank or government";
        other: Option<u64>, "id", "Other party, where there is one";
        sector: Option<Arc<str>>, "1", "Sector";
        region: Option<Arc<str>>, "1", "Region";
        amount: Option<f64>, "numeraire", "Amount, or log points for conversions";
        note: Option<&'static str>, "1", "Cause or kind";
    }
}
