//! Figures beside their budgets.

use std::fmt;

/// One figure with its budget.
pub(crate) struct Line {
    name: &'static str,
    unit: &'static str,
    bare: Option<f64>,
    ours: f64,
    /// What the budget is about.
    counted: f64,
    budget: f64,
    kind: Kind,
}

enum Kind {
    Ratio,
    Difference,
    AtMost,
}

impl Line {
    /// Ours divided by the bare window's.
    pub(crate) fn ratio(name: &'static str, unit: &'static str, bare: f64, ours: f64, budget: f64) -> Self {
        Self { name, unit, bare: Some(bare), ours, counted: ours / bare, budget, kind: Kind::Ratio }
    }

    /// Ours less the bare window's.
    pub(crate) fn difference(
        name: &'static str,
        unit: &'static str,
        bare: f64,
        ours: f64,
        budget: f64,
    ) -> Self {
        Self { name, unit, bare: Some(bare), ours, counted: ours - bare, budget, kind: Kind::Difference }
    }

    /// Ours by itself.
    pub(crate) fn at_most(name: &'static str, unit: &'static str, ours: f64, budget: f64) -> Self {
        Self { name, unit, bare: None, ours, counted: ours, budget, kind: Kind::AtMost }
    }

    /// Whether the budget is kept.
    pub(crate) fn kept(&self) -> bool {
        self.counted <= self.budget
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, unit, ours, counted, budget, .. } = self;
        let bare = self.bare.map_or(String::new(), |bare| shown(bare, unit));
        let (counted, budget) = match self.kind {
            Kind::Ratio => (format!("x {counted:.2}"), format!("x {budget:.2}")),
            Kind::Difference => (format!("{counted:+.3} {unit}"), format!("{budget:+} {unit}")),
            Kind::AtMost => (format!("{counted:.2} {unit}"), format!("{budget} {unit}")),
        };
        let verdict = if self.kept() { "kept" } else { "MISSED" };
        let ours = shown(*ours, unit);
        write!(
            f,
            "{name:<30} bare {bare:>12}  Gatehouse {ours:>12}  {counted:>12}  budget {budget:>10}  {verdict}"
        )
    }
}

/// Hundredths say nothing of milliseconds and megabytes, and everything of percents.
fn shown(value: f64, unit: &str) -> String {
    if value.abs() < 1.0 { format!("{value:.3} {unit}") } else { format!("{value:.1} {unit}") }
}

/// The middle value.
pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Median with the tenth and ninetieth percentile.
pub(crate) fn spread(values: &[f64]) -> String {
    format!("{:.0} ms ({:.0}–{:.0})", median(values), quantile(values, 0.1), quantile(values, 0.9))
}

/// The value below which this share of them lies; the nearest one.
pub(crate) fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = share * sorted.len().saturating_sub(1) as f64;
    sorted.get(place.round() as usize).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_kept_up_to_its_edge() {
        assert!(Line::ratio("first paint", "ms", 200.0, 230.0, 1.15).kept());
        assert!(!Line::ratio("first paint", "ms", 200.0, 231.0, 1.15).kept());
        assert!(Line::difference("memory", "MiB", 178.0, 223.0, 45.0).kept());
        assert!(!Line::at_most("binary", "MB", 15.1, 15.0).kept());
        assert!(!Line::at_most("binary", "MB", f64::NAN, 15.0).kept(), "what was not measured is not kept");
    }

    #[test]
    fn a_median_does_not_care_for_outliers() {
        assert_eq!(median(&[9.0, 1.0, 2.0, 3.0, 1000.0]), 3.0);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn a_miss_is_said() {
        let line = Line::ratio("usable", "ms", 200.0, 400.0, 1.6).to_string();
        assert!(line.contains("x 2.00") && line.ends_with("MISSED"), "{line}");
    }
}
