//! Parameters of banks, venture funds and the exchange.

use crate::parameters;
use crate::parameters::Allowed::{Any, Between, OneOf};

parameters! {
    /// Banks, credit and the policy rate.
    Banking {
        banks: u32 = 10, "count", Between(1.0, 1000.0), "Banks", "calibration sketch";
        leverage_limit: f64 = 14.0, "1", Between(1.0, 50.0), "Loans over a bank's own funds, at most", "calibration sketch";
        collateral_share: f64 = 0.7, "share", Between(0.0, 1.5), "Loans to an enterprise over its fixed capital, at most", "calibration sketch";
        base_spread: f64 = 0.01, "1/year", Between(0.0, 0.3), "Loan rate above the policy rate, before leverage and expected loss: costs of the bank", "costs of banks are 1 to 2 % of loans (Philippon 2015); with expected losses of about 1 % and leverage a spread of 1.5 to 4 points (A22)";
        leverage_spread: f64 = 0.02, "1/year", Between(0.0, 0.5), "Further spread at full leverage", "calibration sketch";
        deposit_margin: f64 = 0.01, "1/year", Between(0.0, 0.1), "Deposit rate below the policy rate", "proposal: sweep it";
        bond_spread: f64 = 0.005, "1/year", Between(-0.05, 0.1), "Bond rate above the policy rate", "proposal: sweep it";
        repayment_rate: f64 = 0.1, "1/year", Between(0.0, 2.0), "Loans repaid", "calibration sketch";
        covenant: f64 = 0.4, "share", Between(0.0, 1.5), "Debt over fixed capital above which idle cash repays debt before dividends are paid", "proposal: sweep it";
        capital_target: f64 = 0.1, "share of loans", Between(0.0, 1.0), "Own funds over loans above which profit is paid out", "proposal: sweep it";
        bond_years: f64 = 6.0, "years", Between(0.05, 50.0), "Mean time to maturity of government bonds: their mean coupon follows the rate on new ones", "OECD Sovereign Borrowing Outlook: average maturities of 5 to 8 years";
        neutral_real_rate: f64 = 0.01, "1/year", Between(-0.05, 0.1), "Real policy rate in a neutral state, as first believed", "calibration sketch";
        neutral_learning: f64 = 0.3, "1/year", Between(0.0, 1.0), "Fall of the neutral rate that the central bank believes in, in points a year per point of unemployment above the natural rate", "Laubach and Williams 2003 infer it from the output gap; value calibrated: unemployment is back within 15 years of a fiscal change";
        neutral_learning_prices: f64 = 0.25, "1", Between(0.0, 5.0), "Weight of a point of inflation above its target, against one of unemployment, in what the central bank learns about the neutral rate", "proposal: sweep it; at 0 inflation drifts to 4 to 6 % within centuries";
        shadow_floor: f64 = -0.06, "1/year", Between(-0.2, 0.0), "Least shadow rate: what asset purchases and guidance can do below a policy rate of nought", "Wu and Xia 2016: about -3 % (US) to -8 % (euro area)";
        policy_shift: f64 = 0.0, "1/year", Between(-0.1, 0.1), "Added to the policy rate that the rule gives: a monetary shock, for experiments", "0 by definition";
        expectation_years: f64 = 10.0, "years", Between(0.25, 100.0), "Time over which expected inflation follows inflation", "Malmendier and Nagel 2016: experience of many years; value a proposal: sweep it";
        inflation_target: f64 = 0.02, "1/year", Between(-0.02, 0.2), "Inflation the central bank aims at", "calibration sketch";
        inflation_response: f64 = 0.5, "1", Between(0.0, 5.0), "Taylor rule: weight of inflation above target", "Taylor 1993";
        unemployment_response: f64 = 1.0, "1", Between(0.0, 5.0), "Taylor rule: weight of unemployment below the natural rate", "Taylor 1993: 0.5 on the output gap, which is two points for one of unemployment (Okun); at 2 the rule and the lags of investment make a cycle of four years";
        payout: f64 = 0.8, "share", Between(0.0, 1.0), "Profit that enterprises pay out as dividends", "calibrated: below it enterprises need no credit and banks sleep";
    }
}

parameters! {
    /// Venture funds.
    Venture {
        supply_share: f64 = 0.0018, "share of output", Between(0.0, 0.1), "Commitments to new funds a year over output, at normal returns", "calibrated: size tail and volatility of investment in `baseline`; calibration sketch 0.0012";
        funds_per_thousand: f64 = 20.0, "count", Between(0.0, 200.0), "Funds per thousand initial enterprises", "calibration sketch: 40 over 2,000";
        life_years: f64 = 10.0, "years", Between(2.0, 30.0), "Life of a fund", "model 7";
        investment_years: f64 = 5.0, "years", Between(1.0, 20.0), "Investment period of a fund", "model 7";
        fee: f64 = 0.02, "1/year", Between(0.0, 0.1), "Management fee: of commitments in the investment period, of the cost of holdings after it; fees of the whole life are reserved at closing", "model 7; US venture funds: 2 % in most (Gompers and Lerner 1999)";
        call_ahead_years: f64 = 1.0, "years", Between(0.0, 20.0), "How far a fund's payments for holdings may run ahead of an even pace over its investment period", "calibrated: with fees 30, 49, 64 and 79 % of commitments are called by the ends of the first four years in `us-like`; Takahashi and Alexander 2002 have 25, 50, 75 and 88 %";
        follow_on_reserve: f64 = 0.4, "share", Between(0.0, 1.0), "Part of commitments less reserved fees that a fund keeps for later rounds of what it holds", "proposal: sweep it; funds commonly keep a third to a half";
        carry: f64 = 0.2, "share", Between(0.0, 0.5), "Carried interest on gains", "model 7";
        candidates: u32 = 12, "count", Between(0.0, 200.0), "Enterprises a fund meets in a tick, besides those matched by think tanks", "calibrated: share of the seeded that raise a second round";
        signal_noise: f64 = 2.3, "1", Between(0.1, 20.0), "Noise of what a fund sees of an enterprise's promise (of unit deviation), without skill and research", "calibrated with promise_spread: shares of deals below 1x and above 10x";
        promise_spread: f64 = 2.7, "log points", Between(0.0, 5.0), "Spread among enterprises of the growth that a round's money brings", "calibrated: shares of deals below 1x and above 10x";
        follow_on: f64 = 1.5, "1", Between(0.0, 50.0), "How many times more often backed enterprises look for a round", "calibrated: shares of the seeded that raise a second and a fourth, since funds keep money for them";
        bargaining: f64 = 0.31, "share", Between(0.0, 1.0), "Part of the surplus of a round that founders get, or of a stake that the selling fund gets, where one fund bids; a second bid can raise it", "calibrated: shares of deals below 1x and above 10x";
        monitoring: f64 = 0.12, "1", Between(0.0, 20.0), "Precision a year of what owners learn of an enterprise's promise", "calibrated: share of the seeded that raise a second round";
        abandonment: f64 = 0.47, "1", Between(0.0, 10.0), "Expected growth by money over the mean's below which a fund gives a holding up", "calibrated: share of the seeded that raise a fourth round";
        expansion_rate: f64 = 1.33, "1/year", Between(0.0, 5.0), "Greatest growth of capital by investment while a round's money lasts", "calibrated: investment varies 5 times as much as output";
        hurdle: f64 = 1.165, "1", Between(0.1, 10.0), "Perceived value over price from which a fund invests", "calibrated: shares of deals below 1x and above 10x";
        round_years: f64 = 1.0, "years", Between(0.25, 10.0), "Years of need that a round pays for", "proposal: sweep it";
        rd_use: f64 = 0.5, "share", Between(0.0, 1.0), "Money of a round earmarked for R&D", "proposal: sweep it";
        maximum_age: f64 = 12.0, "years", Between(1.0, 50.0), "Enterprises older than this find no venture money", "proposal: sweep it";
        scouting: f64 = 3.0, "1", Between(0.0, 10.0), "How much more the radical and the well matched are met by funds", "proposal: sweep it";
        project_weight: f64 = 8.0, "1", Between(0.0, 100.0), "What a log point of expected edge of projects beyond 0.04 says to funds, over a log point of lead in knowledge", "proposal: sweep it";
        growth_support: f64 = 0.0, "1/year", Between(0.0, 5.0), "Gain of competitiveness a year while a round's money lasts", "calibrated: shares of deals below 1x and above 10x; Puri and Zarutskie 2012 find faster growth";
        policy_premium: f64 = 0.1, "log points", Between(0.0, 2.0), "Concept premium on enterprises that count as supported in full (government.support_threshold)", "model 7: may be zero";
        exit_hazard: f64 = 0.012, "1/year", Between(0.0, 2.0), "Corporate sales of holdings a year, past three years", "calibrated: part of proceeds that the best tenth of deals takes";
        secondary_limit: f64 = 0.2, "share of commitments", Between(0.0, 1.0), "Stakes bought from other funds that a fund holds, at cost, at most", "US: a venture capital fund holds at most 20 % of commitments in what it did not buy from enterprises, 17 CFR 275.203(l)-1";
        fundraising_elasticity: f64 = 0.6, "1", Between(0.0, 2.0), "Elasticity of commitments to what older funds returned over paid in", "Kaplan and Schoar 2005: flows into funds are concave in past performance";
        guidance_shunning: f64 = 0.75, "1", Between(0.0, 10.0), "Log of the part of a guidance fund's announced size that private partners do not match, per unit of its reinvestment requirement", "guidance funds raised 0.43 of what was announced: Luong, Arnold and Murphy (CSET) 2021";
        state_money_aversion: f64 = 0.3, "1", Between(0.0, 5.0), "Log of the price that founders ask of a state fund over that of others, per log point of lead", "proposal: sweep it; the best shun state capital";
        guidance_share: f64 = 0.0, "share", Between(0.0, 1.0), "Commitments to new funds that the central government makes as limited partner", "calibration sketch: guidance funds lift as limited partners";
    }
}

parameters! {
    /// The exchange.
    CapitalMarket {
        open: bool = true, "1", Any, "Whether enterprises can go public", "for ablation";
        regime: String = "registration".to_owned(), "1", OneOf(&["registration", "approval"]), "How enterprises come to the exchange", "model 7";
        quota: f64 = 3.0, "per thousand enterprises and year", Between(0.0, 1000.0), "Listings a year under approval, on all boards together", "calibration sketch: 6 a year over 2,000";
        suspension_fall: f64 = 0.15, "log points", Between(0.0, 10.0), "Fall of share prices below their two-year average at which approval stops until two thirds of it are made good", "China: nine suspensions of listings 1994 to 2015, each after a fall";
        queue_years: f64 = 3.0, "years", Between(0.0, 50.0), "Wait after which an applicant withdraws", "proposal: sweep it";
        price_cap: f64 = 23.0, "price over earnings", Between(1.0, 1000.0), "Greatest offer price over earnings under approval, on boards that ask for profit", "China: 23";
        offer_discount: f64 = 0.12, "log points", Between(0.0, 1.0), "Offer price below expected value under registration", "US first-day return 1973-2016: 17 %, data";
        listing_hazard: f64 = 0.0225, "1/year", Between(0.0, 10.0), "Applications a year of eligible enterprises at one third of attention to the capital path", "calibrated: listings a year";
        expansion_motive: f64 = 3.5, "1", Between(0.0, 100.0), "How many times more often an enterprise in an investment spell applies", "calibrated: listings a year; Kim and Weisbach 2008: listings pay for investment";
        new_issue_premium: f64 = 0.08, "log points", Between(0.0, 2.0), "Price of a share over value in its first days; it fades with the shares' other mispricing", "between Ritter 1991 (new issues lag by 27 % in three years) and Brav and Gompers 1997 (hardly, against their like)";
        scarcity_premium: f64 = 0.5, "log points", Between(0.0, 2.0), "Further first price per log of 1 + years that the queue for approval is long", "proposal: sweep it; thin supply of new shares";
        merger_approval: f64 = 0.8, "share", Between(0.0, 1.0), "Enterprises that regulation lets be sold: a refusal is for good", "proposal: sweep it; China: reorganisations of assets needed approval of the regulator";
        float: f64 = 0.22, "share", Between(0.01, 0.9), "New shares sold at listing over shares after it", "calibration sketch";
        rd_use: f64 = 0.3, "share", Between(0.0, 1.0), "Proceeds of a listing earmarked for R&D", "proposal: sweep it";
        lockup_years: f64 = 1.0, "years", Between(0.0, 10.0), "Time before funds may sell after a listing", "calibration sketch";
        founder_lockup_years: f64 = 1.0, "years", Between(0.0, 10.0), "Time before founders may sell after a listing", "US: 180 days by custom; China: 36 months for controlling shareholders by the rules of both exchanges";
        founder_sale: f64 = 0.2, "share", Between(0.0, 1.0), "Part of their holdings that founders sell to the public when the lock-up ends", "proposal: sweep it";
        discount_rate: f64 = 0.085, "1/year", Between(0.01, 0.5), "Return that investors require on equity", "calibration sketch";
        edge_years: f64 = 0.5, "years", Between(0.0, 20.0), "Years over which investors expect a competitive edge to last", "calibrated: price index against output";
        long_growth: f64 = 0.02, "1/year", Between(-0.05, 0.08), "Growth of earnings that investors expect for ever", "calibration sketch";
        sentiment_persistence: f64 = 0.8, "1/year", Between(0.0, 0.999), "Part of sentiment that is left after a year", "calibration sketch";
        sentiment_noise: f64 = 0.12, "log points", Between(0.0, 1.0), "Standard deviation of shocks to sentiment over a year", "calibration sketch: 0.06 a quarter";
        extrapolation: f64 = 0.35, "1", Between(0.0, 2.0), "Response of sentiment to returns above their own average", "calibration sketch";
        issuance_pressure: f64 = 0.5, "1", Between(0.0, 20.0), "Fall of sentiment per unit of issues over market value", "model 7";
        idiosyncratic: f64 = 0.2, "log points", Between(0.0, 1.0), "Standard deviation of a share's price around value", "proposal: sweep it";
        temptation: f64 = 0.5, "1", Between(0.0, 10.0), "Earnings that the least scrupulous dress on top of true ones before a listing, where nobody is found out", "proposal: sweep it; Teoh, Welch and Wong 1998 find accruals before and reversal after issues";
        dressing_years: f64 = 2.0, "years", Between(0.1, 20.0), "Years over which dressed earnings are reversed", "Teoh, Welch and Wong 1998";
        enforcement: f64 = 0.7, "share", Between(0.0, 1.0), "Integrity of the exchange: scruples below 1 less this dress earnings, and those who did are found out in proportion", "calibration sketch: US .93, China .55";
        exposure_hazard: f64 = 0.5, "1/year", Between(0.0, 10.0), "Exposures a year of dressed earnings under full enforcement", "proposal: sweep it; Dyck, Morse and Zingales 2010";
        exposure_fall: f64 = 0.4, "log points", Between(0.0, 3.0), "Fall of a share on exposure, beyond the dressed part", "Karpoff, Lee and Martin 2008: 38 %";
        exposure_delisting: f64 = 0.6, "share", Between(0.0, 1.0), "Delisting strictness: exposed enterprises that lose their listing", "proposal: sweep it";
        exposure_pressure: f64 = 2.0, "1", Between(0.0, 50.0), "Fall of a board's sentiment per unit of exposed over market value", "proposal: sweep it";
        delisting_size: f64 = 1.2, "share of mean", Between(0.0, 10.0), "A listed enterprise smaller than this share of the mean is taken private", "calibration sketch: without it a quarter is listed";
        delisting_hazard: f64 = 0.5, "1/year", Between(0.0, 10.0), "Such enterprises taken private a year", "proposal: sweep it";
        seasoned_rate: f64 = 0.02, "1/year", Between(0.0, 2.0), "Seasoned issues of a listed enterprise a year", "calibration sketch: China 0.20";
        seasoned_size: f64 = 0.1, "share", Between(0.0, 1.0), "New shares over old in a seasoned issue", "calibration sketch: China 0.15";
        buyback_share: f64 = 0.0, "share of payout", Between(0.0, 1.0), "Payout of listed enterprises spent on buying back shares", "calibration sketch: US 0.5";
    }
}
