//! Changes as one page to look at: a file that needs no network, for a phone as well as for a desk, light and dark.
//!
//! Nothing that upstream wrote becomes markup: all text goes through [`escaped`], and the page's own policy lets no
//! script or style run but the two whose hashes it names, and loads nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use scribe_codegen::diff::{Change, Level};
use scribe_codegen::printable::is_hidden;
use sha2::{Digest as _, Sha256};
use similar::{ChangeTag, TextDiff};

use crate::output::count;

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// A page under construction.
#[derive(Debug)]
pub struct Page {
    title: String,
    body: String,
}

impl Page {
    /// A page that begins with this verdict.
    pub fn new(title: &str, verdict: &str) -> Self {
        Self {
            title: title.to_owned(),
            body: format!("<h1>{}</h1>\n", escaped(verdict)),
        }
    }

    /// A list of sentences.
    pub fn facts(&mut self, facts: &[String]) {
        self.body += "<ul class=\"facts\">\n";
        for fact in facts {
            let _ = writeln!(self.body, "<li>{}</li>", escaped(fact));
        }
        self.body += "</ul>\n";
    }

    /// A table that can be unfolded, nothing when it has no rows; the columns from the `numbers`th on hold numbers.
    pub fn table(&mut self, title: &str, columns: &[&str], numbers: usize, rows: &[Vec<String>]) {
        if rows.is_empty() {
            return;
        }
        let _ = write!(
            self.body,
            "<details class=\"section\"><summary>{}</summary>\n<table>\n<tr>",
            escaped(title)
        );
        let class = |at: usize| {
            if at >= numbers {
                " class=\"number\""
            } else {
                ""
            }
        };
        for (at, column) in columns.iter().enumerate() {
            let _ = write!(self.body, "<th{}>{}</th>", class(at), escaped(column));
        }
        self.body += "</tr>\n";
        for row in rows {
            self.body += "<tr>";
            for (at, cell) in row.iter().enumerate() {
                let _ = write!(self.body, "<td{}>{}</td>", class(at), escaped(cell));
            }
            self.body += "</tr>\n";
        }
        self.body += "</table>\n</details>\n";
    }

    /// Texts under a heading, each as it stands; nothing when there is none.
    pub fn texts(&mut self, title: &str, texts: &[String]) {
        if texts.is_empty() {
            return;
        }
        let _ = writeln!(self.body, "<h2>{}</h2>", escaped(title));
        for text in texts {
            let _ = writeln!(self.body, "<pre>{}</pre>", escaped(text));
        }
    }

    /// The changes, by tag, with what it takes to filter them.
    pub fn changes(&mut self, changes: &[Change]) {
        if changes.is_empty() {
            return;
        }
        self.body += "<h2>Surface</h2>\n<form class=\"filter\" hidden>\n\
            <input type=\"search\" name=\"text\" placeholder=\"Filter by text\" aria-label=\"Filter by text\">\n";
        for level in [Level::Major, Level::Minor, Level::Patch] {
            let name = level.name();
            let _ = writeln!(
                self.body,
                "<label><input type=\"checkbox\" value=\"{name}\" checked>{name}</label>"
            );
        }
        self.body += "<span id=\"shown\" role=\"status\"></span>\n</form>\n";
        let mut by_tag: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        for change in changes {
            by_tag
                .entry(change.tag.as_deref().unwrap_or_default())
                .or_default()
                .push(change);
        }
        let breaking = |changes: &[&Change]| {
            let breaks = |change: &&&Change| change.level == Level::Major;
            changes.iter().filter(breaks).count()
        };
        let mut tags: Vec<(&str, Vec<&Change>)> = by_tag.into_iter().collect();
        // What breaks most stands first, in a tag too.
        tags.sort_by_key(|(_, changes)| std::cmp::Reverse(breaking(changes)));
        for (tag, mut changes) in tags {
            changes.sort_by_key(|change| std::cmp::Reverse(change.level));
            let tag = if tag.is_empty() {
                "of several tags, or of none"
            } else {
                tag
            };
            let _ = writeln!(
                self.body,
                "<details class=\"tag\" open><summary>{} <span class=\"counts\">{}, {} breaking</span></summary>",
                escaped(tag),
                count(changes.len(), "change", "changes"),
                breaking(&changes)
            );
            for change in changes {
                self.change(change);
            }
            self.body += "</details>\n";
        }
    }

    fn change(&mut self, change: &Change) {
        let level = change.level.name();
        let _ = write!(
            self.body,
            "<article class=\"{level}\" data-level=\"{level}\">\n<h3><span class=\"level\">{level}</span> {} <code class=\"item\">{}</code></h3>\n<p>{}</p>\n",
            escaped(change.kind),
            escaped(&change.item),
            escaped(change.reason)
        );
        if let Some(reason) = &change.accepted {
            let _ = writeln!(
                self.body,
                "<p class=\"accepted\">Accepted: {}</p>",
                escaped(reason)
            );
        }
        let (before, after) = sides(change.before.as_deref(), change.after.as_deref());
        let _ = write!(
            self.body,
            "<div class=\"sides\">\n{before}\n{after}\n</div>\n<p>"
        );
        if let Some(operation) = &change.operation {
            let id = change
                .operation_id
                .as_ref()
                .map_or_else(String::new, |id| format!(" ({id})"));
            let _ = write!(
                self.body,
                "<code>{}</code>{}<br>",
                escaped(operation),
                escaped(&id)
            );
        }
        for cause in &change.causes {
            let _ = write!(self.body, "from {}", escaped(&cause.by.to_string()));
            if let Some(pointer) = &cause.pointer {
                let _ = write!(self.body, " at <code>{}</code>", escaped(pointer));
            }
            self.body += "<br>";
        }
        if let (true, Some(pointer)) = (change.causes.is_empty(), &change.pointer) {
            let _ = write!(self.body, "at <code>{}</code><br>", escaped(pointer));
        }
        let _ = write!(
            self.body,
            "fingerprint <code>{}</code></p>\n</article>\n",
            escaped(&change.fingerprint)
        );
    }

    /// The whole page.
    pub fn to_html(&self) -> String {
        let hash = |text: &str| {
            base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()))
        };
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; form-action 'none'; base-uri 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n{}<script>{SCRIPT}</script>\n</body>\n</html>\n",
            hash(STYLE),
            hash(SCRIPT),
            escaped(&self.title),
            self.body
        )
    }
}

/// Both lines, with the words marked that are different.
fn sides(before: Option<&str>, after: Option<&str>) -> (String, String) {
    let (mut old, mut new) = (String::new(), String::new());
    match (before, after) {
        (Some(before), Some(after)) => {
            let diff = TextDiff::configure().diff_unicode_words(before, after);
            for part in diff.iter_all_changes() {
                let text = escaped(part.value());
                match part.tag() {
                    ChangeTag::Equal => {
                        old += &text;
                        new += &text;
                    }
                    ChangeTag::Delete => old += &format!("<mark>{text}</mark>"),
                    ChangeTag::Insert => new += &format!("<mark>{text}</mark>"),
                }
            }
        }
        _ => {
            old += &escaped(before.unwrap_or_default());
            new += &escaped(after.unwrap_or_default());
        }
    }
    let side = |class: &str, there: bool, text: &str| {
        let (class, text) = if there {
            (class.to_owned(), text)
        } else {
            (format!("{class} none"), "nothing")
        };
        let name = class.split(' ').next().unwrap_or_default();
        format!("<div class=\"line {class}\"><span class=\"names\">{name}</span>{text}</div>")
    };
    (
        side("before", before.is_some(), &old),
        side("after", after.is_some(), &new),
    )
}

/// `text` as text of a page. Characters that change how the text around them reads are shown by their number.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '&' => escaped += "&amp;",
            '"' => escaped += "&quot;",
            '\'' => escaped += "&#39;",
            '\n' | '\t' => escaped.push(c),
            c if is_hidden(c) => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use scribe_codegen::diff;
    use scribe_codegen::surface::Surface;

    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let line = "type A variant B wire \"</script><script>alert(1)</script> & ' \u{202e}\"\n";
        let changes = diff::compare(&Surface::default(), &Surface::parse(line));
        let mut page = Page::new("<t>", "<v>");
        page.facts(&["<img src=x onerror=alert(1)>".to_owned()]);
        page.table("<a>", &["<b>"], 1, &[vec!["<c>".to_owned()]]);
        page.texts("<d>", &["<e>".to_owned()]);
        page.changes(&changes);
        let html = page.to_html();
        for markup in [
            "<t>",
            "<v>",
            "<a>",
            "<b>",
            "<c>",
            "<d>",
            "<e>",
            "<img",
            "<script>alert",
        ] {
            assert!(!html.contains(markup), "{markup}");
        }
        assert_eq!(html.matches("<script>").count(), 1);
        assert!(!html.contains('\u{202e}'));
        assert!(html.contains("&lt;/script&gt;&lt;script&gt;alert(1)"));
    }

    #[test]
    fn the_words_that_differ_are_marked_on_either_side() {
        let (before, after) = sides(Some("field a: i64"), Some("field a: f64"));
        assert!(
            before.ends_with("field a: <mark>i64</mark></div>"),
            "{before}"
        );
        assert!(
            after.ends_with("field a: <mark>f64</mark></div>"),
            "{after}"
        );
        assert!(sides(None, Some("a")).0.ends_with("nothing</div>"));
    }
}
