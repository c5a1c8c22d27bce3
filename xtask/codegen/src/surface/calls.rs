//! What the code of an operation sends and what it gives back, read from its statements.

use std::collections::BTreeSet;

use syn::{Expr, Stmt};

use super::text;

/// How one parameter goes into a request.
pub(super) struct Use {
    pub(super) parameter: String,
    /// Its place, its name on the wire and how it is written, as they stand in its line.
    pub(super) words: Vec<String>,
}

/// T of `Result<Response<T>, Error>`, or the whole type.
pub(super) fn answer(output: &syn::Type) -> String {
    let inner = || {
        let syn::Type::Path(path) = output else {
            return None;
        };
        let last = path.path.segments.last()?;
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
            return None;
        };
        let [
            syn::GenericArgument::Type(syn::Type::Path(ok)),
            syn::GenericArgument::Type(error),
        ] = Vec::from_iter(&arguments.args)[..]
        else {
            return None;
        };
        let usual = last.ident == "Result" && text::tokens(error) == "Error";
        text::argument_of(&ok.path, "Response").filter(|_| usual)
    };
    match inner() {
        Some(inner) => text::type_word(inner),
        None => format!("whole {}", text::type_word(output)),
    }
}

/// The constant's name of `let mut call = Call::new(self, &operations::NAME);`, and the statements after it.
pub(super) fn call_of(block: &syn::Block) -> Option<(String, &[Stmt])> {
    let (Stmt::Local(local), rest) = block.stmts.split_first()? else {
        return None;
    };
    let text = text::tokens(local);
    let text = text
        .strip_prefix("let mut call = ")
        .or_else(|| text.strip_prefix("let call = "))?;
    let name = text
        .strip_prefix("Call::new(self, &operations::")?
        .strip_suffix(");")?;
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    plain.then(|| (name.to_owned(), rest))
}

/// What `receiver.place("wire", &parameter.into());`, or a list in place of the value, says of which parameter.
pub(super) fn use_of(statement: &Stmt, receiver: &str, parameters: &BTreeSet<&str>) -> Option<Use> {
    let Stmt::Expr(Expr::MethodCall(call), _) = statement else {
        return None;
    };
    if text::tokens(&call.receiver) != receiver || call.turbofish.is_some() {
        return None;
    }
    let (wire, value) = match Vec::from_iter(&call.args)[..] {
        [value] => (None, value),
        [Expr::Lit(literal), value] => match &literal.lit {
            syn::Lit::Str(wire) => (Some(wire.value()), value),
            _ => return None,
        },
        _ => return None,
    };
    let text = text::tokens(value);
    let mut used = parameters.iter().filter(|name| {
        let whole = |text: &str| {
            text.split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word == **name)
        };
        whole(&text)
    });
    let (Some(parameter), None) = (used.next(), used.next()) else {
        return None;
    };
    let mut words = vec!["in".to_owned(), call.method.to_string()];
    if let Some(wire) = wire.filter(|wire| wire != parameter) {
        words.extend(["wire".to_owned(), text::word(&wire)]);
    }
    let usual = [
        format!("&{parameter}.into()"),
        format!("&r#{parameter}.into()"),
    ];
    // A list or a map is converted item by item, as its argument says.
    let is_each = ["runtime::list::<", "runtime::map::<"].iter().any(|each| {
        text.strip_prefix('&')
            .is_some_and(|text| text.starts_with(each))
    }) && text.ends_with(&format!(">({parameter})"));
    if !usual.contains(&text) && !is_each {
        words.extend(["as".to_owned(), text::quoted(&text)]);
    }
    Some(Use {
        parameter: (*parameter).to_owned(),
        words,
    })
}

/// The words of a use when the parameter is called by another name than the function's argument.
pub(super) fn words_for(mut words: Vec<String>, argument: &str, name: &str) -> Vec<String> {
    let at = words.iter().position(|word| word == "wire");
    match at {
        Some(at) if words[at + 1] == text::word(name) => {
            words.drain(at..at + 2);
        }
        Some(_) => {}
        None if words.get(1).is_some_and(|place| is_body(place)) => {}
        None => {
            words.splice(2..2, ["wire".to_owned(), text::word(argument)]);
        }
    }
    words
}

/// Whether the place is the whole body, which has no name on the wire.
fn is_body(place: &str) -> bool {
    matches!(place, "json" | "form" | "multipart")
}
