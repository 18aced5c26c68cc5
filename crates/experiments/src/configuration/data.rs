//! Openly licensed data embedded in the program; `configs/data/README.md` gives origin and licence.

macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../configs/data/", $name, ".csv")))),+]
    };
}

/// Names and texts of the files, as in `file = "builtin:NAME"`.
pub const FILES: &[(&str, &str)] = embedded![
    "solar_pv_module_price_and_cumulative_capacity_world",
    "ev_car_sales_stock_2010_2023",
    "rd_expenditure_pct_gdp",
    "general_government_revenue_expenditure_pct_gdp_imf_weo_2019",
];

/// Text of a file, its name with or without `.csv`.
pub fn builtin(name: &str) -> Option<&'static str> {
    let name = name.strip_suffix(".csv").unwrap_or(name);
    FILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
