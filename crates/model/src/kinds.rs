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
    /// What a payment is in the national accounts (System of National Accounts 2008), with the codes of its transactions.
    FlowClass {
        Goods = "goods_and_services", "Goods and services, fixed capital among them (P).";
        Compensation = "compensation_of_employees", "Pay of those who work (D.1).";
        TaxOnProduction = "tax_on_production", "Taxes on production and imports, and on transactions (D.2).";
        Subsidy = "subsidy", "Subsidies on products and on production (D.3).";
        PropertyIncome = "property_income", "Interest, dividends and shares in gains (D.4).";
        TaxOnIncome = "tax_on_income", "Taxes on income and profit (D.5).";
        Transfer = "current_transfer", "Social benefits and other current transfers (D.6, D.7).";
        CapitalTransfer = "capital_transfer", "Investment grants and other capital transfers (D.9).";
        Financial = "financial", "Financial transactions: what is owned or owed changes, and nothing is earned (F).";
    }
}

impl FlowClass {
    /// Whether it is a tax.
    pub const fn is_tax(self) -> bool {
        matches!(self, Self::TaxOnProduction | Self::TaxOnIncome)
    }
}

/// A kind of payment: what it is called and what it is in the national accounts. Those of the standard model are constants of this type; a
/// mechanism from outside makes one of its own ([`FlowKind::own`]) and declares it ([`Declaration::payment`](crate::model::Declaration::payment)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowKind {
    index: u16,
    class: FlowClass,
    word: &'static str,
    meaning: &'static str,
}

/// Index of kinds that are no part of the standard model: the ledger knows their place.
const OWN: u16 = u16::MAX;

impl FlowKind {
    /// A kind of payment of a mechanism from outside; `word` is its name in tables, snake_case.
    pub const fn own(word: &'static str, class: FlowClass, meaning: &'static str) -> Self {
        Self { index: OWN, class, word, meaning }
    }

    /// Name in tables.
    pub const fn word(self) -> &'static str {
        self.word
    }

    /// What it is in the national accounts.
    pub const fn class(self) -> FlowClass {
        self.class
    }

    /// One line.
    pub const fn meaning(self) -> &'static str {
        self.meaning
    }

    /// Place among the kinds of the standard model; none where it is not one of them.
    #[inline(always)]
    pub(super) const fn index(self) -> Option<usize> {
        if self.index == OWN { None } else { Some(self.index as usize) }
    }
}

/// Kinds of payment of the standard model, each with its class.
macro_rules! payments {
    ($($kind:ident: $class:ident = $word:literal, $meaning:literal;)+) => {
        /// Places of the kinds.
        #[derive(Clone, Copy)]
        enum Place {
            $($kind,)+
        }

        #[allow(non_upper_case_globals, reason = "they read as the variants of an enum, which other kinds join")]
        impl FlowKind {
            $(
                #[doc = $meaning]
                pub const $kind: Self = Self { index: Place::$kind as u16, class: FlowClass::$class, word: $word, meaning: $meaning };
            )+

            /// All of the standard model, in order.
            pub const STANDARD: &'static [Self] = &[$(Self::$kind),+];
        }
    };
}

payments! {
    Wages: Compensation = "wages", "Compensation of employees.";
    Consumption: Goods = "consumption", "Household consumption.";
    Intermediate: Goods = "intermediate_purchases", "Intermediate consumption.";
    Investment: Goods = "investment", "Gross fixed capital formation.";
    GovernmentPurchases: Goods = "government_purchases", "Government consumption.";
    Procurement: Goods = "procurement", "Government purchases from one sector's home suppliers under a programme.";
    Exports: Goods = "exports", "Exports.";
    Imports: Goods = "imports", "Imports.";
    Sales: Goods = "sales", "Sales of home enterprises.";
    Benefits: Transfer = "benefits", "Unemployment benefits.";
    Vat: TaxOnProduction = "vat", "Value added tax.";
    CorporateTax: TaxOnIncome = "corporate_income_tax", "Corporate income tax, after credits.";
    PersonalTax: TaxOnIncome = "personal_income_tax", "Personal income tax.";
    StampDuty: TaxOnProduction = "stamp_duty", "Stamp duty.";
    Transfers: Transfer = "intergovernmental_transfers", "Transfers between governments.";
    RdGrants: Subsidy = "rd_grants", "R&D grants.";
    OutputSubsidies: Subsidy = "output_subsidies", "Output subsidies (cut the buyer's price).";
    InterestSubsidies: Subsidy = "interest_subsidies", "Interest subsidies.";
    MissionContracts: Subsidy = "mission_contracts", "Money of whole-nation programmes.";
    PublicResearch: Compensation = "public_research", "Pay of researchers in public laboratories.";
    CapitalSubsidies: CapitalTransfer = "capital_subsidies", "Subsidies on fixed capital formation, cheap land among them.";
    ThinkTankContracts: Goods = "think_tank_contracts", "Contracts, fees and subscriptions of think tanks.";
    ThinkTankShares: Transfer = "think_tank_shares", "Division of joint income among think tanks.";
    Commissions: Goods = "matchmaking_commissions", "Commissions on matched deals.";
    LoanInterest: PropertyIncome = "loan_interest", "Interest on loans.";
    DepositInterest: PropertyIncome = "deposit_interest", "Interest on deposits.";
    BondInterest: PropertyIncome = "bond_interest", "Interest on bonds.";
    InterbankInterest: PropertyIncome = "interbank_interest", "Interest on reserves borrowed.";
    Dividends: PropertyIncome = "dividends", "Dividends of enterprises.";
    BankDividends: PropertyIncome = "bank_dividends", "Dividends of banks.";
    CentralBankProfit: PropertyIncome = "central_bank_profit", "Profit of the central bank.";
    ManagementFees: Goods = "management_fees", "Management fees of funds.";
    CarriedInterest: PropertyIncome = "carried_interest", "Carried interest.";
    CapitalCalls: Financial = "capital_calls", "Capital calls of funds.";
    Distributions: Financial = "fund_distributions", "Distributions of funds.";
    FounderEquity: Financial = "founder_equity", "Equity of founders.";
    EquityRounds: Financial = "equity_rounds", "Financing rounds.";
    ListingProceeds: Financial = "ipo_primary_proceeds", "New shares sold at listing.";
    SeasonedIssues: Financial = "seasoned_issues", "New shares sold later.";
    Buybacks: Financial = "buybacks", "Shares bought back.";
    SecondarySales: Financial = "secondary_sales", "Sales of existing equity.";
    Acquisitions: Financial = "acquisitions", "Consideration in mergers and acquisitions.";
    UsedCapital: Goods = "used_capital", "Fixed capital of a closed enterprise sold to another.";
    Liquidation: Financial = "liquidation", "Cash left to owners or creditors of a closed enterprise.";
    NewLoans: Financial = "new_loans", "Loans paid out.";
    Repayments: Financial = "repayments", "Loans repaid.";
    BondIssues: Financial = "bond_issues", "Bonds issued.";
    BondRedemptions: Financial = "bond_redemptions", "Bonds redeemed.";
    BondTrades: Financial = "bond_trades", "Bonds traded between holders.";
    Rescues: CapitalTransfer = "rescues", "Rescues of banks.";
    EnterpriseRescues: CapitalTransfer = "enterprise_rescues", "Rescues of enterprises.";
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taxes_are_what_governments_levy() {
        let taxes: Vec<&str> = FlowKind::STANDARD.iter().filter(|kind| kind.class().is_tax()).map(|kind| kind.word()).collect();
        assert_eq!(taxes, ["vat", "corporate_income_tax", "personal_income_tax", "stamp_duty"]);
        assert_eq!(FlowKind::NewLoans.class(), FlowClass::Financial);
    }
}
