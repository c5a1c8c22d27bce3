//! Which strings are files: progenitor is told so by their format alone.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::{Value, json};

use crate::content::{Form, files, is_file, request};
use crate::shapes;
use crate::walk;

/// `root` where the schemas of files in multipart bodies, and no others, have `format: binary`.
///
/// In JSON a file can only be a text, so elsewhere the format is left out.
pub(super) fn marked(root: &Value) -> Cow<'_, Value> {
    let mut sent = HashSet::new();
    for place in walk::operations(root) {
        let body = place
            .of(root)
            .and_then(|operation| request(root, operation));
        let body = body.filter(|body| body.form == Form::Multipart);
        if let Some(schema) = body.and_then(|body| body.schema) {
            sent.extend(files(root, schema).into_iter().map(std::ptr::from_ref));
        }
    }
    let mut found = Vec::new();
    for pointer in shapes::roots(root) {
        if let Some(schema) = root.pointer(&pointer) {
            visit(schema, &pointer, &mut |pointer, schema| {
                if is_file(schema) {
                    found.push((
                        pointer.to_owned(),
                        sent.contains(&std::ptr::from_ref(schema)),
                    ));
                }
            });
        }
    }
    if found.is_empty() {
        return Cow::Borrowed(root);
    }
    let mut marked = root.clone();
    for (pointer, is_sent) in found {
        if let Some(Value::Object(schema)) = marked.pointer_mut(&pointer) {
            schema.insert("type".into(), "string".into());
            schema.shift_remove("format");
            if is_sent {
                schema.insert("format".into(), json!("binary"));
            }
        }
    }
    Cow::Owned(marked)
}

fn visit<'a>(schema: &'a Value, pointer: &str, see: &mut dyn FnMut(&str, &'a Value)) {
    see(pointer, schema);
    walk::subschemas(schema, pointer, &mut |pointer, schema| {
        visit(schema, &pointer, see)
    });
}
