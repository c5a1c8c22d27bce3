//! Damage to a text, as editors, downloads and people do it.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;

use crate::tree::HOSTILE;

#[derive(Debug, Clone)]
pub enum Damage {
    /// So many bytes are gone.
    Deleted(Index, usize),
    /// These bytes are there.
    Inserted(Index, &'static [u8]),
    /// The line is there twice.
    Duplicated(Index),
    /// The line is gone.
    Dropped(Index),
    /// The line is where another was, and that one where this was.
    Swapped(Index, Index),
    /// The line begins so many columns farther right or left.
    Indented(Index, isize),
    /// The text ends early.
    Truncated(Index),
    /// What stands behind the colon of a line is this.
    Scalar(Index, &'static str),
}

const INSERTED: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b": ",
    b"- ",
    b"? ",
    b"&a ",
    b"*a",
    b"!!str ",
    b"|\n",
    b">-\n",
    b"'",
    b"\"",
    b"%",
    b"@",
    b"`",
    b"#",
    b"\t",
    b"\r",
    b"\n",
    b"\0",
    b"\x1b[2J",
    b"\xef\xbb\xbf",
    b"\xff",
    b"---\n",
    b"<<: ",
];

pub fn strategy() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        (at(), 1..40_usize).prop_map(|(at, count)| Damage::Deleted(at, count)),
        (at(), select(INSERTED)).prop_map(|(at, bytes)| Damage::Inserted(at, bytes)),
        at().prop_map(Damage::Duplicated),
        at().prop_map(Damage::Dropped),
        (at(), at()).prop_map(|(one, other)| Damage::Swapped(one, other)),
        (at(), -6..7_isize).prop_map(|(at, columns)| Damage::Indented(at, columns)),
        at().prop_map(Damage::Truncated),
        (at(), select(HOSTILE)).prop_map(|(at, text)| Damage::Scalar(at, text)),
    ]
}

impl Damage {
    pub fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Deleted(at, count) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + count).min(bytes.len()));
            }
            Self::Inserted(at, inserted) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, inserted.iter().copied());
            }
            Self::Truncated(at) => bytes.truncate(at.index(bytes.len())),
            _ => {
                let mut lines: Vec<Vec<u8>> = bytes
                    .split(|byte| *byte == b'\n')
                    .map(<[u8]>::to_vec)
                    .collect();
                self.apply_to(&mut lines);
                *bytes = lines.join(&b'\n');
            }
        }
    }

    fn apply_to(&self, lines: &mut Vec<Vec<u8>>) {
        let count = lines.len();
        match self {
            Self::Duplicated(at) => lines.insert(at.index(count), lines[at.index(count)].clone()),
            Self::Dropped(at) => drop(lines.remove(at.index(count))),
            Self::Swapped(one, other) => lines.swap(one.index(count), other.index(count)),
            Self::Indented(at, columns) => {
                let line = &mut lines[at.index(count)];
                let spaces = line.iter().take_while(|byte| **byte == b' ').count();
                let wanted = spaces.saturating_add_signed(*columns);
                line.splice(..spaces, std::iter::repeat_n(b' ', wanted));
            }
            Self::Scalar(at, text) => {
                let line = &mut lines[at.index(count)];
                if let Some(colon) = line.windows(2).position(|pair| pair == b": ") {
                    line.truncate(colon + 2);
                    line.extend(Value::from(*text).to_string().into_bytes());
                }
            }
            Self::Deleted(..) | Self::Inserted(..) | Self::Truncated(_) => {}
        }
    }
}
