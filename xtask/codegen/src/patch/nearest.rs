//! Where a node went whose key is gone: the key beside it that is most like its own.

use serde_json::Value;

use super::path::Path;

/// How alike two keys must be, of 1.
const ALIKE: f64 = 0.75;

/// The key below `there` that is most like the one that `target` asks for; none when none is like it.
pub(super) fn key(there: &Path, target: &Path, root: &Value) -> Option<String> {
    let rest = target.text.strip_prefix(&there.text)?;
    let wanted = first_key(rest)?;
    let pointers = there.locate(root);
    let nodes = pointers.iter().filter_map(|pointer| root.pointer(pointer));
    let keys = nodes
        .filter_map(Value::as_object)
        .flat_map(|entries| entries.keys());
    let likely = keys.map(|key| (likeness(&wanted, key), key));
    let best = likely.max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 >= ALIKE).then(|| best.1.clone())
}

/// The key that a path which goes on with `rest` selects next.
fn first_key(rest: &str) -> Option<String> {
    if let Some(quoted) = rest.strip_prefix("['") {
        return Some(quoted.split_once("']")?.0.replace("\\'", "'"));
    }
    let name = rest.strip_prefix('.')?;
    let end = name.find(['.', '[']).unwrap_or(name.len());
    Some(name[..end].to_owned())
}

/// How alike two keys are, from 0 to 1: whether words are joined by case or by `_` does not count, and a path that got a
/// segment more is the same path.
fn likeness(one: &str, other: &str) -> f64 {
    let is_in = |inner: &str, outer: &str| {
        let mut outer = segments(outer);
        inner.len() > 1 && segments(inner).all(|segment| outer.any(|other| other == segment))
    };
    if one.starts_with('/') && (is_in(one, other) || is_in(other, one)) {
        return 0.95;
    }
    strsim::normalized_damerau_levenshtein(&folded(one), &folded(other))
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments.map(|segment| {
        if segment.starts_with('{') {
            "{}"
        } else {
            segment
        }
    })
}

fn folded(key: &str) -> String {
    let letters = key.chars().filter(|c| !matches!(c, '_' | '-'));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn nearest(there: &str, target: &str, root: &Value) -> Option<String> {
        let path = |text| Path::parse(text).ok().expect("a path");
        key(&path(there), &path(target), root)
    }

    #[test]
    fn the_key_that_was_renamed_is_proposed() {
        let paths = json!({ "paths": { "/api/v2/authenticate": {}, "/api/gates": {}, "/api/authenticate/{x}": {} } });
        assert_eq!(
            nearest(
                "$.paths",
                "$.paths['/api/authenticate'].post",
                &json!({ "paths": { "/api/gates": {}, "/api/v2/authenticate": {} } })
            )
            .as_deref(),
            Some("/api/v2/authenticate")
        );
        assert_eq!(
            nearest("$.paths", "$.paths['/api/authenticate/{id}'].get", &paths).as_deref(),
            Some("/api/authenticate/{x}")
        );
        let properties = json!({ "custom_proxy": {}, "cookies": {} });
        assert_eq!(
            nearest("$", "$.customProxy.example", &properties).as_deref(),
            Some("custom_proxy")
        );
        assert_eq!(nearest("$", "$.other", &properties), None);
    }
}
