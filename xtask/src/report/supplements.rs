//! What a report says of the supplements: how many facts are in which state, and each fragment that upstream has news of.

use scribe_codegen::supplement::{self, Fact, State, SupplementReport};
use serde_json::{Value, json};

use crate::output::count;

/// The supplements in one line; none when there is no supplement.
pub fn line(supplements: &[SupplementReport]) -> Option<String> {
    if supplements.is_empty() {
        return None;
    }
    let counts = supplement::counts(supplements);
    let mut line = format!(
        "supplements: {} in {}",
        facts(&counts),
        count(supplements.len(), "fragment", "fragments")
    );
    if counts.confirmed > 0 {
        line += "; `cargo xtask regen --offline --prune` removes the confirmed";
    }
    Some(line)
}

/// `3 facts supplied, 1 confirmed, 0 contradicted`.
pub fn facts(counts: &supplement::Counts) -> String {
    let all = counts.supplied + counts.confirmed + counts.contradicted;
    format!("{}: {counts}", count(all, "fact", "facts"))
}

/// The fragments of which upstream says something by now, or which it has elsewhere: a line each.
pub fn news(supplements: &[SupplementReport]) -> Vec<(&SupplementReport, String)> {
    let news = supplements.iter().filter_map(|supplement| {
        let counts = supplement.counts();
        let moved = supplement.moved.as_ref();
        if counts.confirmed + counts.contradicted == 0 && moved.is_none() {
            return None;
        }
        let mut said = facts(&counts);
        if let Some(to) = moved {
            said += &format!("; upstream has it at {to}");
        }
        if supplement.is_retired() {
            said += "; upstream says all of it: delete it";
        }
        Some((supplement, said))
    });
    news.collect()
}

/// A supplement for programs, with the facts that are contradicted.
pub fn as_json(supplement: &SupplementReport) -> Value {
    let contradicted = supplement
        .facts
        .iter()
        .filter(|fact| fact.state == State::Contradicted);
    json!({
        "id": supplement.id,
        "place": supplement.place.to_string(),
        "source": supplement.source,
        "reason": supplement.reason,
        "moved": supplement.moved,
        "state": state(supplement),
        "facts": supplement.counts(),
        "contradicted": contradicted.map(contradiction).collect::<Vec<_>>(),
    })
}

/// The state of all the facts together.
pub fn state(supplement: &SupplementReport) -> &'static str {
    let counts = supplement.counts();
    if counts.contradicted > 0 {
        "contradicted"
    } else if supplement.is_retired() {
        "retired"
    } else if supplement.facts.is_empty() {
        "unused"
    } else {
        "supplied"
    }
}

fn contradiction(fact: &Fact) -> Value {
    let both = fact.contradiction.as_ref();
    json!({
        "pointer": fact.pointer,
        "place": fact.place.as_ref().map(ToString::to_string),
        "supplement": both.map(|both| &both.supplement),
        "upstream": both.map(|both| &both.upstream),
        "upstream_place": both.and_then(|both| both.place.as_ref()).map(ToString::to_string),
        "counts": "upstream",
    })
}
