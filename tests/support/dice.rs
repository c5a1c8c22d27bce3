//! Random choices, the same in each run, and values made by them.

use serde_json::{Value, json};

pub fn setting(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// Random choices (SplitMix64).
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(test: u64) -> Self {
        Self(setting("HOSTILE_SEED", 14) ^ (test << 32))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("it is below")
    }

    pub fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    pub fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

/// JSON of any kind.
pub fn value(dice: &mut Dice, depth: usize) -> Value {
    match dice.below(if depth == 0 { 6 } else { 8 }) {
        0 => Value::Null,
        1 => json!(dice.one_in(2)),
        2 => json!(dice.next() as i64),
        3 => dice.of(&[
            json!(0),
            json!(-1),
            json!(1e300),
            json!(u64::MAX),
            json!(0.5),
        ]),
        4 | 5 => json!(dice.of(TEXTS)),
        6 => (0..dice.below(3)).map(|_| value(dice, depth - 1)).collect(),
        _ => {
            let fields =
                (0..dice.below(3)).map(|_| (dice.of(TEXTS).to_owned(), value(dice, depth - 1)));
            Value::Object(fields.collect())
        }
    }
}

const TEXTS: &[&str] = &[
    "",
    " ",
    "true",
    "1",
    "failed",
    "FAILED",
    "authenticated",
    "needs-otp",
    "needs-",
    "needs-app-otp",
    "\u{0}",
    "\u{FEFF}",
    "🦀",
    "é\u{301}",
    "a.b",
    "../..",
    "error",
    "message",
    "code",
    "data",
    "list",
    "\u{202E}text",
    "re-authenticating",
];
