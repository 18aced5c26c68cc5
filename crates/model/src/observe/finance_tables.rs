//! Tables of financiers, the exchange and think tanks.

use std::sync::Arc;

use crate::table;

table! {
    /// One bank
    BankRow in "banks" by ["tick", "bank"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        bank: u64, "id", "Bank";
        loans: f64, "numeraire", "Loans";
        bonds: f64, "numeraire", "Government bonds";
        reserves: f64, "numeraire", "Reserves at the central bank and net claims on other banks and on the rest of the world";
        deposits: f64, "numeraire", "Deposits of residents";
        own_funds: f64, "numeraire", "Own funds";
        interest_income: f64, "numeraire", "Interest on loans and bonds";
        defaults: f64, "numeraire", "Loans lost";
        loans_granted: f64, "numeraire", "New loans, overdrafts of closed enterprises included";
        loans_refused: f64, "numeraire", "Requests refused";
    }
}

table! {
    /// One venture fund; its last row stands in the tick in which it ends
    FundRow in "funds" by ["tick", "fund"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        fund: u64, "id", "Fund; a new id for each vintage";
        vintage_year: f64, "years", "Time of closing";
        status: &'static str, "1", "investing, holding (after the investment period), extended (past its life, with holdings left) or ended (all is distributed: the last row)";
        commitments: f64, "numeraire", "Commitments of limited partners";
        public_share: f64, "share", "Commitments of a government";
        fee_reserve: f64, "numeraire", "Part of commitments reserved at closing for management fees of the whole life";
        fees: f64, "numeraire", "Management fees to date";
        invested: f64, "numeraire", "Paid for holdings to date";
        paid_in: f64, "numeraire", "Paid in to date";
        distributed: f64, "numeraire", "Distributed to date";
        cash: f64, "numeraire", "Deposits";
        marks: f64, "numeraire", "Holdings at last marks";
        holding_count: u64, "count", "Holdings";
        deal_count: u64, "count", "Deals to date";
        dpi: Option<f64>, "1", "Distributed over paid in; missing before anything is paid in";
        tvpi: Option<f64>, "1", "Distributed and value over paid in; missing before anything is paid in";
        irr: Option<f64>, "1/year", "Internal rate of return to date of limited partners, from cash flows by tick and value; at ends of years and in last rows, missing where there is none between -99 % and 1,000 %";
        skill: f64, "1", "Skill";
    }
}

table! {
    /// A guidance fund when it is raised
    GuidanceFundRow in "guidance_funds" by ["tick", "fund"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        fund: u64, "id", "Fund, as in `funds`";
        programme: Arc<str>, "1", "Programme";
        government: Arc<str>, "1", "`central`, or the region";
        sector: Option<Arc<str>>, "1", "Sector of its mandate; missing where it may buy in all";
        target: f64, "numeraire", "Size announced";
        raised: f64, "numeraire", "Commitments of all partners";
        public_share: f64, "share", "Commitments of the government";
    }
}

table! {
    /// A financing round, a purchase of a stake from another fund, or an exit from either
    DealRow in "deals" by ["tick", "deal"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        deal: u64, "id", "Deal";
        kind: &'static str, "1", "round, purchase (of a stake from another fund), exit (from a round's holding) or resale (of a purchased stake)";
        round: &'static str, "1", "seed, a, b, c or pre_ipo";
        enterprise: u64, "id", "Enterprise";
        sector: Arc<str>, "1", "Sector";
        region: Arc<str>, "1", "Region";
        fund: u64, "id", "Lead";
        amount: f64, "numeraire", "Paid by the fund (round, purchase) or to it (exit, resale)";
        pre_money: Option<f64>, "numeraire", "Value before the round";
        fundamental: f64, "numeraire", "Fundamental value of the enterprise (round), or of the holding (all others)";
        premium: f64, "share", "Price over fundamental value less 1";
        route: Option<&'static str>, "1", "Route of exit: listing, corporate_sale, secondary (to another fund), buy_back (by other owners), write_off";
        multiple: Option<f64>, "1", "Received over paid";
        years_held: Option<f64>, "years", "Time from round to exit";
        supported: bool, "1", "Public money received over sales, averaged, is at or above government.support_threshold";
        matched: bool, "1", "Met through a think tank";
    }
}

table! {
    /// A listing
    ListingRow in "listings" by ["tick", "enterprise"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        enterprise: u64, "id", "Enterprise";
        board: Arc<str>, "1", "Board";
        regime: Arc<str>, "1", "Regime: approval or registration";
        sector: Arc<str>, "1", "Sector";
        age: f64, "years", "Age";
        venture_backed: bool, "1", "Held by a fund";
        supported: bool, "1", "Public money received over sales, averaged, is at or above government.support_threshold";
        offer_price: f64, "numeraire", "Offer price for all shares before the issue";
        first_close: f64, "numeraire", "First close for the same shares";
        first_day_return: f64, "share", "First close over offer price less 1";
        proceeds: f64, "numeraire", "Proceeds of the new shares";
        earnings: f64, "numeraire/year", "Smoothed earnings at listing";
        queue_years: f64, "years", "Time from application to listing";
        dressing: f64, "share", "Dressed earnings over true ones: shown earnings are 1 + this times earnings";
    }
}

table! {
    /// A board of the exchange
    BoardRow in "boards" by ["tick", "board"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        board: Arc<str>, "1", "Board";
        price_index: f64, "1", "Cap-weighted chained price index, 100 at its first listing";
        total_return_index: f64, "1", "The same with dividends reinvested";
        price_earnings: Option<f64>, "1", "Market value over smoothed earnings";
        listed_count: u64, "count", "Listed enterprises";
        queue_count: u64, "count", "Applicants waiting";
        market_value: f64, "numeraire", "Market value";
        fundamental_value: f64, "numeraire", "Fundamental value";
        issuance: f64, "numeraire", "Money raised: listings and seasoned issues";
        dividends: f64, "numeraire", "Dividends paid";
        buybacks: f64, "numeraire", "Shares bought back";
        sentiment: f64, "log points", "Sentiment";
        listing_count: u64, "count", "Listings";
        delisting_count: u64, "count", "Delistings";
        exposure_count: u64, "count", "Enterprises whose dressed earnings were exposed";
        window_open: bool, "1", "Whether listings are let in: false where the board is closed or approval is suspended";
    }
}

table! {
    /// One think tank
    ThinkTankRow in "think_tanks" by ["tick", "think_tank"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        think_tank: u64, "id", "Think tank";
        field: Arc<str>, "1", "Sector with the greatest weight of its field";
        staff: f64, "persons", "Staff";
        cash: f64, "numeraire", "Deposits";
        quality: f64, "share", "Quality of research";
        independence: f64, "share", "Independence";
        reputation: f64, "share", "Reputation";
        accuracy: f64, "share", "Accuracy of its last calls";
        income_contracts: f64, "numeraire", "Contracts of governments";
        income_clients: f64, "numeraire", "Fees of enterprise clients";
        income_subscriptions: f64, "numeraire", "Subscriptions of funds";
        income_commissions: f64, "numeraire", "Commissions on matched deals";
        capacity_advice: f64, "persons", "Staff on policy advice";
        capacity_research: f64, "persons", "Staff on research";
        capacity_matchmaking: f64, "persons", "Staff on matchmaking";
        capacity_support: f64, "persons", "Staff on support seeking";
        capacity_attraction: f64, "persons", "Staff on investment attraction";
        client_count: u64, "count", "Enterprise clients";
        client_income_share: f64, "share", "Part of income that enterprise clients pay, averaged";
        client_bias: f64, "1", "Greatest bias towards a sector: (1 - independence) times its clients' share of income above an even one";
    }
}
