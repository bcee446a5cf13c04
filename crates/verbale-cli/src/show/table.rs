//! A small table: columns as wide as they need, the widest ones wrapped when they do not fit.

use super::styled::{Look, Styled};

/// Spaces between columns.
const GAP: usize = 2;
/// No column is made narrower than this.
const LEAST: usize = 10;

/// Lines of a table without rules; all rows have as many cells as the first.
pub fn table(rows: &[Vec<Styled>], width: usize) -> Vec<Styled> {
    let Some(count) = rows.first().map(Vec::len) else { return Vec::new() };
    let mut widths: Vec<usize> = (0..count)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(Styled::width).max().unwrap_or_default())
        .collect();
    let room = width.saturating_sub(GAP * count.saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max().filter(|width| **width > LEAST) else { break };
        *widest -= 1;
    }
    rows.iter().flat_map(|row| lines(row, &widths)).collect()
}

fn lines(row: &[Styled], widths: &[usize]) -> Vec<Styled> {
    let cells: Vec<Vec<Styled>> = row.iter().zip(widths).map(|(cell, width)| cell.wrap(*width)).collect();
    let tall = cells.iter().map(Vec::len).max().unwrap_or_default();
    (0..tall)
        .map(|at| {
            let mut line = Styled::default();
            let mut column = 0;
            for (cell, width) in cells.iter().zip(widths) {
                line.pad(column);
                if let Some(part) = cell.get(at) {
                    line.append(part);
                }
                column += width + GAP;
            }
            line.trimmed()
        })
        .collect()
}

/// A row of headings.
pub fn heading(names: &[&str]) -> Vec<Styled> {
    names.iter().map(|name| Styled::of(name, Look::Dim)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_columns_wrap() {
        let row = |cells: &[&str]| cells.iter().map(|cell| Styled::plain(cell)).collect::<Vec<_>>();
        let rows = [row(&["Ana Lopes", "minister of foreign affairs", "PRT"]), row(&["Wen", "", "CHN"])];
        let shown: Vec<String> = table(&rows, 32).iter().map(Styled::text).collect();
        let expected = [
            "Ana Lopes  minister of       PRT",
            "           foreign affairs",
            "Wen                          CHN",
        ];
        assert_eq!(shown, expected);
    }
}
