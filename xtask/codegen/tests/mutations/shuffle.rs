//! The order of mappings means nothing: a document turned round gives the same client.

use proptest::prelude::*;
use scribe_codegen::load::Reading;
use scribe_codegen::pipeline::Outcome;
use serde_json::{Map, Value};

use crate::documents::Sample;
use crate::property::run;

/// A document, and what its mappings are turned round by.
#[derive(Clone)]
pub struct Turned {
    sample: &'static Sample,
    by: u64,
}

impl std::fmt::Debug for Turned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} by {}", self.sample.name, self.by)
    }
}

pub fn strategy(samples: &'static [Sample]) -> BoxedStrategy<Turned> {
    (0..samples.len(), any::<u64>())
        .prop_map(|(index, by)| Turned {
            sample: &samples[index],
            by,
        })
        .boxed()
}

pub fn holds(turned: &Turned) -> Result<(), String> {
    let root = &turned.sample.root;
    let mut state = turned.by | 1;
    let shuffled = shuffled(root, &mut state);
    let [one, other] =
        [root, &shuffled].map(|root| run(root.to_string().into_bytes(), Reading::Lenient));
    match (one, other) {
        (Ok(one), Ok(other)) => same(&one, &other),
        (Err(_), Err(_)) => Ok(()),
        _ => Err("one order gives a client, the other does not".to_owned()),
    }
}

/// The mappings of `value` in another order, by a generator that is the same in every run (xorshift).
fn shuffled(value: &Value, state: &mut u64) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map
                .iter()
                .map(|(key, value)| (key.clone(), shuffled(value, state)))
                .collect();
            for last in (1..entries.len()).rev() {
                *state ^= *state << 13;
                *state ^= *state >> 7;
                *state ^= *state << 17;
                entries.swap(last, (*state % (last as u64 + 1)) as usize);
            }
            Value::Object(entries.into_iter().collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(|item| shuffled(item, state)).collect(),
        other => other.clone(),
    }
}

fn same(one: &Outcome, other: &Outcome) -> Result<(), String> {
    for (what, one, other) in [
        ("surface", &one.surface, &other.surface),
        ("names", &one.names, &other.names),
        ("client", &one.client, &other.client),
    ] {
        // The header holds the fingerprint of the text, which is another.
        let differs = one
            .lines()
            .zip(other.lines())
            .find(|(one, other)| one != other && !one.starts_with("// spec: "));
        if let Some((one, other)) = differs {
            return Err(format!("the {what} differs:\n{one}\n{other}"));
        }
        if one.lines().count() != other.lines().count() {
            return Err(format!("the {what} has more lines in one order"));
        }
    }
    Ok(())
}
