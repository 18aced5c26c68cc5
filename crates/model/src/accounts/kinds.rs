//! Who pays, what for, and what is owned.

macro_rules! words {
    ($(#[$attribute:meta])* $name:ident { $($variant:ident = $word:literal, $meaning:literal;)+ }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[doc = $meaning] $variant,)+
        }

        impl $name {
            /// All, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// Name in tables.
            pub const fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// Institutional sectors of the flow matrix.
    InstitutionalSector {
        Households = "households", "Households.";
        Enterprises = "enterprises", "Enterprises.";
        Banks = "banks", "Banks.";
        Funds = "funds", "Venture funds.";
        CentralGovernment = "central_government", "The central government.";
        LocalGovernments = "local_governments", "Local governments.";
        ThinkTanks = "think_tanks", "Think tanks.";
        CentralBank = "central_bank", "The central bank.";
        RestOfWorld = "rest_of_world", "The rest of the world.";
        Goods = "goods_account", "The goods and services account: buyers pay into it, suppliers are paid from it; it closes at 0 every tick.";
    }
}

/// Number of institutional sectors.
pub const SECTOR_COUNT: usize = InstitutionalSector::ALL.len();

words! {
    /// Kinds of payment.
    FlowKind {
        Wages = "wages", "Compensation of employees.";
        Consumption = "consumption", "Household consumption.";
        Intermediate = "intermediate_purchases", "Intermediate consumption.";
        Investment = "investment", "Gross fixed capital formation.";
        GovernmentPurchases = "government_purchases", "Government consumption.";
        Procurement = "procurement", "Government purchases from one sector's home suppliers under a programme.";
        Exports = "exports", "Exports.";
        Imports = "imports", "Imports.";
        Sales = "sales", "Sales of home enterprises.";
        Benefits = "benefits", "Unemployment benefits.";
        Vat = "vat", "Value added tax.";
        CorporateTax = "corporate_income_tax", "Corporate income tax, after credits.";
        PersonalTax = "personal_income_tax", "Personal income tax.";
        StampDuty = "stamp_duty", "Stamp duty.";
        Transfers = "intergovernmental_transfers", "Transfers between governments.";
        RdGrants = "rd_grants", "R&D grants.";
        OutputSubsidies = "output_subsidies", "Output subsidies (cut the buyer's price).";
        InterestSubsidies = "interest_subsidies", "Interest subsidies.";
        MissionContracts = "mission_contracts", "Money of whole-nation programmes.";
        PublicResearch = "public_research", "Pay of researchers in public laboratories.";
        CapitalSubsidies = "capital_subsidies", "Subsidies on fixed capital formation, cheap land among them.";
        ThinkTankContracts = "think_tank_contracts", "Contracts, fees and subscriptions of think tanks.";
        ThinkTankShares = "think_tank_shares", "Division of joint income among think tanks.";
        Commissions = "matchmaking_commissions", "Commissions on matched deals.";
        LoanInterest = "loan_interest", "Interest on loans.";
        DepositInterest = "deposit_interest", "Interest on deposits.";
        BondInterest = "bond_interest", "Interest on bonds.";
        InterbankInterest = "interbank_interest", "Interest on reserves borrowed.";
        Dividends = "dividends", "Dividends of enterprises.";
        BankDividends = "bank_dividends", "Dividends of banks.";
        CentralBankProfit = "central_bank_profit", "Profit of the central bank.";
        ManagementFees = "management_fees", "Management fees of funds.";
        CarriedInterest = "carried_interest", "Carried interest.";
        CapitalCalls = "capital_calls", "Capital calls of funds.";
        Distributions = "fund_distributions", "Distributions of funds.";
        FounderEquity = "founder_equity", "Equity of founders.";
        EquityRounds = "equity_rounds", "Financing rounds.";
        ListingProceeds = "ipo_primary_proceeds", "New shares sold at listing.";
        SeasonedIssues = "seasoned_issues", "New shares sold later.";
        Buybacks = "buybacks", "Shares bought back.";
        SecondarySales = "secondary_sales", "Sales of existing equity.";
        Acquisitions = "acquisitions", "Consideration in mergers and acquisitions.";
        UsedCapital = "used_capital", "Fixed capital of a closed enterprise sold to another.";
        Liquidation = "liquidation", "Cash left to owners or creditors of a closed enterprise.";
        NewLoans = "new_loans", "Loans paid out.";
        Repayments = "repayments", "Loans repaid.";
        BondIssues = "bond_issues", "Bonds issued.";
        BondRedemptions = "bond_redemptions", "Bonds redeemed.";
        BondTrades = "bond_trades", "Bonds traded between holders.";
        Rescues = "rescues", "Rescues of banks.";
        EnterpriseRescues = "enterprise_rescues", "Rescues of enterprises.";
    }
}

words! {
    /// What balance sheets hold.
    Instrument {
        Deposits = "deposits", "Deposits; for banks, deposits owed less reserves; for the central bank, reserves owed.";
        Loans = "loans", "Bank loans.";
        Bonds = "bonds", "Government bonds.";
        Unlisted = "unlisted_stakes", "Unlisted equity at last mark or book value.";
        Listed = "listed_shares", "Listed shares at market price.";
        FundUnits = "fund_units", "Units of venture funds at net asset value.";
        FixedCapital = "fixed_capital", "Fixed capital at replacement cost.";
    }
}
