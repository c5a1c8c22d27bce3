//! S013: headers that the client sends by itself are no parameters.
//!
//! # Why
//!
//! Scribe writes the headers of its example requests (`Content-Type`, `Accept`) and those of the authentication
//! (`Authorization`) as parameters of each operation. OpenAPI says that such parameters are to be ignored.
//!
//! # What happens
//!
//! They are left out, and so are those of a length or a host, which say how a request is sent, and those with a name that
//! no header can have.

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
    visit::parameter_lists(mending, &mut |noting, pointer, parameters| {
        let mut index = 0;
        parameters.retain(|parameter| {
            let text = |key: &str| parameter.get(key).and_then(Value::as_str);
            let name = text("name").filter(|_| text("in") == Some("header"));
            let own = name.is_some_and(inputs::is_own_header);
            let impossible = name.is_some_and(|name| !inputs::is_header_name(name));
            if own || impossible {
                let name = crate::printable::shorten(name.unwrap_or_default());
                let problem = match own {
                    true => format!("the client sends the header {name} by itself"),
                    false => format!("no header can be called `{name}`"),
                };
                noting.repaired(
                    &join(pointer, &index.to_string()),
                    problem,
                    "left the parameter out",
                );
            }
            index += 1;
            !own && !impossible
        });
    });
}
