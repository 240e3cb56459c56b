//! Draws bars as an SVG that is readable on a light and on a dark page.

use std::fmt::Write as _;

use crate::table::{Better, Row, heading, number};

const WIDTH: u32 = 760;
/// The position where bars start, and the length of the longest.
const LEFT: u32 = 220;
const LONGEST: f64 = 360.0;
const BAR: u32 = 20;
const GAP: u32 = 34;

const STYLE: &str = "\
rect.page{fill:#fff}text{fill:#1f2328;font:13px system-ui,sans-serif}.title{font-weight:600;font-size:15px}\
.row{font-weight:600}.note{fill:#656d76}.other{fill:#8c959f}.ours{fill:#0969da}\
@media(prefers-color-scheme:dark){rect.page{fill:#0d1117}text{fill:#e6edf3}.note{fill:#8d96a0}.other{fill:#6e7681}\
.ours{fill:#4493f8}}";

/// Draws a group of bars for each row, as long as the row's medians.
pub fn bars(title: &str, rows: &[Row]) -> String {
    let mut bars = String::new();
    let mut y = 58;
    for row in rows {
        let which = if row.better == Better::Less { "less is better" } else { "more is better" };
        let _ = writeln!(
            bars,
            r#"<text class="row" x="16" y="{}">{}<tspan class="note" font-weight="400"> · {which}</tspan></text>"#,
            y + 6,
            escape(&row.name)
        );
        y += 16;
        let most = row.names().filter_map(|who| row.figure(who)).map(|figure| figure.median).fold(0.0, f64::max);
        for who in row.names() {
            let Some(figure) = row.figure(who) else { continue };
            let length = if most > 0.0 { figure.median.max(0.0) / most * LONGEST } else { 0.0 };
            let class = if who == "ours" { "ours" } else { "other" };
            let ratio = row.ratio(who).map_or_else(String::new, |ratio| format!(" ({ratio:.2})"));
            let middle = y + 14;
            let _ = writeln!(
                bars,
                r#"<text x="{}" y="{middle}" text-anchor="end">{}</text><rect class="{class}" x="{LEFT}" y="{}" width="{length:.1}" height="{}" rx="2"/><text x="{:.1}" y="{middle}">{}{ratio}</text>"#,
                LEFT - 8,
                escape(&heading(who).replace('`', "")),
                y + 2,
                BAR - 4,
                f64::from(LEFT) + length + 6.0,
                number(figure.median),
            );
            y += BAR;
        }
        y += GAP - 8;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y}\" width=\"{WIDTH}\" height=\"{y}\" \
         role=\"img\" aria-label=\"{0}\">\n<style>{STYLE}</style>\n<rect class=\"page\" width=\"{WIDTH}\" height=\"{y}\" \
         rx=\"6\"/>\n<text class=\"title\" x=\"16\" y=\"30\">{0}</text>\n{bars}</svg>\n",
        escape(title)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_that_of_the_most() {
        let mut row = Row::new("a < b", Better::More);
        row.add("ours", 10.0);
        row.add("typed", 5.0);
        let svg = bars("\"Speed\" & more", &[row]);
        assert!(svg.contains(r#"class="ours" x="220" y="76" width="360.0""#), "{svg}");
        assert!(svg.contains(r#"width="180.0""#) && svg.contains(">5 (1.00)<"), "{svg}");
        assert!(svg.contains("a &lt; b") && svg.contains("&quot;Speed&quot; &amp; more"), "{svg}");
    }
}
