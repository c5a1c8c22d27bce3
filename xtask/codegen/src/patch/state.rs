//! Which of the four states a patch is in, whether it is applied, and the sentence about it.

use serde_json::Value;

use super::State;
use super::condition::{Condition, Mismatch};
use super::effect::Effect;
use super::excerpt::short;
use super::nearest;
use super::overlay::{Modifier, Patch};

/// What was found out about a patch.
#[derive(Debug)]
pub(super) struct Judgement {
    pub(super) state: State,
    /// Why, and what to do; empty when there is nothing to say.
    pub(super) advice: String,
    /// The nodes to change; empty when the patch is not to be applied.
    pub(super) targets: Vec<String>,
}

impl Judgement {
    fn of(state: State, advice: String) -> Self {
        Self {
            state,
            advice,
            targets: Vec::new(),
        }
    }
}

/// The state of `patch` on `root`, the document as the earlier patches left it.
pub(super) fn judge(patch: &Patch, root: &Value) -> Judgement {
    let targets = patch.target.locate(root);
    let fixed = patch.fixed.iter().any(|alternative| {
        alternative
            .iter()
            .all(|condition| condition.mismatch(root).is_none())
    });
    if targets.is_empty() {
        return without_target(patch, root, fixed);
    }
    let mismatch = patch
        .defect
        .iter()
        .find_map(|condition| condition.mismatch(root));
    let copied;
    let update = match &patch.modifier {
        Modifier::Remove => None,
        Modifier::Update(value) => Some(value),
        Modifier::Copy(path) => {
            let sources = path.locate(root);
            let [source] = sources.as_slice() else {
                if mismatch.is_some() && fixed {
                    return retired_by_fix();
                }
                return Judgement::of(
                    State::Drifted,
                    format!(
                        "expected `copy` to select one node, but found {}: change `{}` (the patch was not applied)",
                        sources.len(),
                        path.text
                    ),
                );
            };
            copied = root.pointer(source).cloned().unwrap_or_default();
            Some(&copied)
        }
    };
    match (update, mismatch) {
        (None, None) => broken_removal(patch, root, targets),
        (None, Some(mismatch)) => {
            if fixed {
                retired_by_fix()
            } else {
                drifted(&mismatch, "the patch was not applied")
            }
        }
        (Some(update), None) => broken(patch, root, targets, update),
        (Some(update), Some(mismatch)) => {
            let effect = Effect::of(root, &targets, update);
            if fixed {
                fixed_update(patch, root, targets, update, &effect)
            } else if patch.fixed.is_empty() && effect.is_nothing_new() {
                Judgement::of(
                    State::Retired,
                    "the document already says what the patch says: delete the patch".to_owned(),
                )
            } else {
                drifted_update(root, targets, update, &mismatch)
            }
        }
    }
}

/// `x-fixed` holds. The patch is done with when upstream says all that it does: what it adds beside the nodes that
/// `x-fixed` is about would be gone with it.
fn fixed_update(
    patch: &Patch,
    root: &Value,
    targets: Vec<String>,
    update: &Value,
    effect: &Effect,
) -> Judgement {
    let holds = |conditions: &&Vec<Condition>| {
        conditions
            .iter()
            .all(|condition| condition.mismatch(root).is_none())
    };
    let held = patch.fixed.iter().filter(holds).flatten();
    let fixed: Vec<String> = held
        .flat_map(|condition| condition.at.locate(root))
        // The target itself says nothing about what is in it.
        .filter(|pointer| !targets.contains(pointer))
        .collect();
    match effect.adds.iter().find(|added| !covers(&fixed, added)) {
        Some(added) if !fixed.is_empty() => drifted_update(
            root,
            targets,
            update,
            &Mismatch {
                expected: format!(
                    "upstream to say all that the patch does once `x-fixed` holds, also at `{added}`"
                ),
                found: "nothing there".to_owned(),
            },
        ),
        _ => retired_by_fix(),
    }
}

/// The target selects nothing.
fn without_target(patch: &Patch, root: &Value, fixed: bool) -> Judgement {
    if fixed {
        return retired_by_fix();
    }
    if matches!(patch.modifier, Modifier::Remove)
        && patch.fixed.is_empty()
        && patch
            .target
            .parent()
            .is_some_and(|parent| !parent.locate(root).is_empty())
    {
        return Judgement::of(
            State::Retired,
            "what the patch removes is already gone: delete the patch".to_owned(),
        );
    }
    let there = patch.target.still_there(root).map_or_else(
        || "look where it went".to_owned(),
        |path| match nearest::key(&path, &patch.target, root) {
            Some(key) => format!(
                "look at `{}` below `{}`, which is the nearest",
                crate::printable::shorten(&key),
                path.text
            ),
            None => format!("look below `{}`, which is still there", path.text),
        },
    );
    Judgement::of(
        State::Missing,
        format!(
            "expected `target` to select something, but found nothing: {there}, then change `target` or delete the patch"
        ),
    )
}

/// The defect is not as expected, nor fixed: only what cannot hide upstream's news is done.
fn drifted_update(
    root: &Value,
    targets: Vec<String>,
    update: &Value,
    mismatch: &Mismatch,
) -> Judgement {
    let all = targets.len();
    let safe: Vec<String> = targets
        .into_iter()
        .filter(|target| Effect::of(root, std::slice::from_ref(target), update).only_adds_keys())
        .collect();
    let done = match safe.len() {
        0 => "the patch was not applied".to_owned(),
        some if some == all => "the patch was applied, since it only adds keys".to_owned(),
        some => format!("the patch was applied in {some} of {all} places, where it only adds keys"),
    };
    Judgement {
        targets: safe,
        ..drifted(mismatch, &done)
    }
}

/// The defect is there, and the patch removes it.
fn broken_removal(patch: &Patch, root: &Value, targets: Vec<String>) -> Judgement {
    let pins = pins(patch, root);
    let waived: Vec<String> = patch
        .defect
        .iter()
        .flat_map(|condition| condition.waives(root))
        .collect();
    match targets
        .iter()
        .find(|target| !covers(&pins, target) && !waived.contains(target))
    {
        Some(target) => Judgement::of(
            State::Drifted,
            format!(
                "expected `x-defect` to say what is removed, but found {} at `{target}` that it neither pins nor waives: add `equals` or `sha256`, or `present: true` if what stands there does not matter (the patch was not applied)",
                root.pointer(target).map_or_else(String::new, short),
            ),
        ),
        None => Judgement {
            state: State::Applied,
            advice: String::new(),
            targets,
        },
    }
}

/// The defect is there, and the patch merges `update`.
fn broken(patch: &Patch, root: &Value, targets: Vec<String>, update: &Value) -> Judgement {
    let effect = Effect::of(root, &targets, update);
    if let Some(clash) = effect.clashes.first() {
        return Judgement::of(
            State::Drifted,
            format!(
                "expected {} at `{}`, but found {}: change the patch, or remove the node in an action before it (the patch was not applied)",
                clash.expected, clash.pointer, clash.found
            ),
        );
    }
    if !effect.changes() {
        return Judgement::of(
            State::Drifted,
            "expected the patch to change something where `x-defect` holds, but found no effect: tighten `x-defect` or delete the patch".to_owned(),
        );
    }
    let pins = pins(patch, root);
    if let Some(pointer) = effect
        .overwrites
        .iter()
        .find(|pointer| !covers(&pins, pointer))
    {
        return Judgement::of(
            State::Drifted,
            format!(
                "expected `x-defect` to pin what is overwritten, but found {} at `{pointer}` unpinned: add `equals` or `sha256` for it or for a node above it (the patch was not applied)",
                root.pointer(pointer).map_or_else(String::new, short),
            ),
        );
    }
    let advice = effect.restates.first().map_or_else(String::new, |pointer| {
        format!("the patch repeats what stands at `{pointer}`: leave it out of `update`")
    });
    Judgement {
        state: State::Applied,
        advice,
        targets,
    }
}

fn retired_by_fix() -> Judgement {
    Judgement::of(
        State::Retired,
        "the document is as `x-fixed` expects: delete the patch".to_owned(),
    )
}

fn drifted(mismatch: &Mismatch, done: &str) -> Judgement {
    Judgement::of(
        State::Drifted,
        format!(
            "expected {}, but found {}: look at what changed there, then change the patch or delete it ({done})",
            mismatch.expected, mismatch.found
        ),
    )
}

fn pins(patch: &Patch, root: &Value) -> Vec<String> {
    patch
        .defect
        .iter()
        .flat_map(|condition| condition.pins(root))
        .collect()
}

/// Whether one of `pins` is the node at `pointer` or a node above it.
fn covers(pins: &[String], pointer: &str) -> bool {
    pins.iter().any(|pin| {
        pointer
            .strip_prefix(pin.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
