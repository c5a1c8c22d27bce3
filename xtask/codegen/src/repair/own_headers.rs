//! S013: headers that the client sends by itself are no parameters.
//!
//! # Why
//!
//! Scribe writes the headers of its example requests (`Content-Type`, `Accept`) and those of the authentication
//! (`Authorization`) as parameters of each operation. OpenAPI says that such parameters are to be ignored.
//!
//! # What happens
//!
//! They are left out.

use serde_json::Value;

use super::{Mending, Repair, visit};
use crate::document::join;
use crate::inputs;

pub(super) const REPAIR: Repair = Repair {
    code: "S013",
    name: "own_headers",
    run,
};

fn run(mending: &mut Mending<'_>) {
    visit::parameter_lists(mending, &mut |mending, pointer, parameters| {
        let mut index = 0;
        parameters.retain(|parameter| {
            let text = |key: &str| parameter.get(key).and_then(Value::as_str);
            let own =
                text("in") == Some("header") && text("name").is_some_and(inputs::is_own_header);
            if own {
                mending.repaired(
                    &join(pointer, &index.to_string()),
                    format!(
                        "the client sends the header {} by itself",
                        text("name").unwrap_or_default()
                    ),
                    "left the parameter out",
                );
            }
            index += 1;
            !own
        });
    });
}
