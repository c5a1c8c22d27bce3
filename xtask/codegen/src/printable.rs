//! Text from files that others wrote → text that a terminal shows and does not obey.

/// How many characters of a message are shown.
const MESSAGE: usize = 4_000;

/// The last `limit` characters of `text`, printable.
pub(crate) fn last(text: &str, limit: usize) -> String {
    match limit
        .checked_sub(1)
        .and_then(|last| text.char_indices().rev().nth(last))
    {
        Some((cut, _)) if cut > 0 => format!("…{}", printable(&text[cut..])),
        _ => printable(text),
    }
}

/// The first `limit` characters of `text`, printable.
pub(crate) fn first(text: &str, limit: usize) -> String {
    let cut = first_length(text, limit);
    let shown = printable(&text[..cut]);
    if cut < text.len() {
        format!("{shown}…")
    } else {
        shown
    }
}

pub(crate) fn first_length(text: &str, limit: usize) -> usize {
    text.char_indices()
        .nth(limit)
        .map_or(text.len(), |(cut, _)| cut)
}

/// The character boundary at or before `offset`.
pub(crate) fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// `text` as a message: its lines stay.
pub(crate) fn message(text: &str) -> String {
    let shown: Vec<_> = text[..first_length(text, MESSAGE)]
        .lines()
        .map(printable)
        .collect();
    let cut = if first_length(text, MESSAGE) < text.len() {
        "…"
    } else {
        ""
    };
    format!("{}{cut}", shown.join("\n"))
}

/// `text` with everything replaced in each line that a terminal, a browser or a reader of Markdown obeys instead of
/// showing. A report is made of upstream's words, and what it shows is what stands there.
pub fn lines(text: &str) -> String {
    let shown: Vec<_> = text.split('\n').map(printable).collect();
    shown.join("\n")
}

/// `text` with everything replaced that a terminal obeys instead of showing.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // What prints the excerpts makes four spaces of it.
            '\t' => shown.push('\t'),
            '\0'..='\x1f' => shown.extend(char::from_u32(0x2400 + character as u32)),
            '\x7f' => shown.push('␡'),
            hidden if is_hidden(hidden) => shown.push(char::REPLACEMENT_CHARACTER),
            other => shown.push(other),
        }
    }
    shown
}

/// Whether a character is obeyed and not shown: control characters, and those that are invisible or turn the direction of
/// the text.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// The first line of `text`, and of a long one the first words.
pub(crate) fn shorten(text: &str) -> String {
    const LONG: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONG) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line.to_owned(),
    }
}
