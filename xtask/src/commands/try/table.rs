//! The rows as a table for people, with the totals below.

use super::row::{Numbers, Row, printable};
use crate::output::{self, count, thousands};

const HEAD: [&str; 13] = [
    "operations",
    "methods",
    "types",
    "lines",
    "errors",
    "warnings",
    "repaired",
    "examples",
    "losses",
    "perturbed",
    "rejected",
    "compiles",
    "seconds",
];

/// The table, and a sentence on the whole.
pub fn text(rows: &[Row]) -> String {
    let mut total = Numbers::default();
    let mut lines = vec![cells(HEAD.map(str::to_owned).into(), "document")];
    for row in rows {
        let numbers = row.numbers();
        total.add(&numbers);
        lines.push(if row.made.is_ok() {
            cells(
                of(&numbers, compiles(row), row.seconds()),
                &printable(&row.file),
            )
        } else {
            let mut empty = vec!["-".to_owned(); HEAD.len()];
            empty[HEAD.len() - 1] = format!("{:.3}", row.seconds());
            cells(empty, &printable(&row.file))
        });
    }
    if rows.len() > 1 {
        let seconds = rows.iter().map(Row::seconds).sum();
        let compiled = rows
            .iter()
            .filter(|row| matches!(row.compiled, Some(Ok(()))));
        let compiled = rows
            .iter()
            .any(|row| row.compiled.is_some())
            .then(|| compiled.count().to_string());
        let word = compiled.unwrap_or_else(|| "-".into());
        lines.push(cells(of(&total, word, seconds), "total"));
    }
    aligned(&lines) + &verdict(rows)
}

fn compiles(row: &Row) -> String {
    match &row.compiled {
        None => "-",
        Some(Ok(())) => "yes",
        Some(Err(_)) => "no",
    }
    .to_owned()
}

fn of(numbers: &Numbers, compiles: String, seconds: f64) -> Vec<String> {
    let mut cells: Vec<String> = [
        numbers.operations,
        numbers.methods,
        numbers.types,
        numbers.lines,
        numbers.errors,
        numbers.warnings,
        numbers.repaired,
        numbers.examples,
        numbers.losses,
        numbers.perturbed,
        numbers.rejected,
    ]
    .into_iter()
    .map(thousands)
    .collect();
    cells.push(compiles);
    cells.push(format!("{seconds:.3}"));
    cells
}

/// The name comes last: it has any length.
fn cells(mut cells: Vec<String>, name: &str) -> Vec<String> {
    cells.push(name.to_owned());
    cells
}

fn aligned(lines: &[Vec<String>]) -> String {
    let mut widths = [0; HEAD.len()];
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for line in lines {
        for (width, cell) in widths.iter().zip(line) {
            text += &format!("{cell:>width$}  ");
        }
        text += line.last().map_or("", String::as_str);
        text.push('\n');
    }
    text
}

fn verdict(rows: &[Row]) -> String {
    let without = rows.iter().filter(|row| row.made.is_err()).count();
    let broken = rows
        .iter()
        .filter(|row| matches!(row.compiled, Some(Err(_))))
        .count();
    let documents = count(rows.len(), "document", "documents");
    let mut text = match without {
        0 => format!("{documents}: each gives a client"),
        number => format!("{documents}: {} no client", count(number, "gives", "give")),
    };
    if broken > 0 {
        let clients = count(broken, "client does", "clients do");
        text += &format!(", {clients} not compile");
    }
    output::verdict(rows.iter().all(Row::ok), &text)
}
