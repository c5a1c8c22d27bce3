//! What a surface says of a client, in the words in which rustdoc's findings are put.

use std::collections::BTreeSet;

use scribe_codegen::surface::{OperationLines, Surface, TypeLines};

/// What the runtime's macros give a type that is written and read.
const SERDE: [&str; 2] = ["Deserialize", "Serialize"];

/// What the runtime's macro gives a string enum besides; `open` says so.
const OPEN: [&str; 5] = [
    "AsRef<str>",
    "Display",
    "From<&str>",
    "From<String>",
    "FromStr",
];

/// The facts that follow from the lines.
pub fn facts(surface: &Surface) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for (name, lines) in &surface.operations {
        operation(name, lines, &mut facts);
    }
    for (name, lines) in &surface.types {
        declaration(name, lines, &mut facts);
    }
    facts.extend(surface.others.iter().map(|line| short(line)));
    facts
}

fn operation(name: &str, lines: &OperationLines, facts: &mut BTreeSet<String>) {
    let head = lines.head.as_ref().expect("an operation has a line");
    let builder = &head.builder;
    let response = short(lines.answer.as_ref().expect("it has a response"));
    let arguments: Vec<&String> = match lines.arguments.as_slice() {
        [] => {
            let required = lines.parameters.iter().filter(|(_, line)| line.required);
            required.map(|(name, _)| name).collect()
        }
        several => several.iter().collect(),
    };
    let arguments: Vec<String> = arguments
        .into_iter()
        .map(|name| takes(&lines.parameters[name].ty))
        .collect();
    facts.insert(format!(
        "Client fn {name}({}) {builder}",
        arguments.join(", ")
    ));
    facts.insert(format!("{builder} struct"));
    facts.insert(format!(
        "{builder} fn send() Result<Response<{response}>, Error>"
    ));
    facts.insert(format!("{builder} fn customize() CustomCall<{response}>"));
    for (setter, line) in lines.parameters.iter().filter(|(_, line)| !line.required) {
        facts.insert(format!("{builder} fn {setter}({}) Self", takes(&line.ty)));
    }
    for (stream, ty) in &lines.streams {
        facts.insert(format!("{builder} fn {stream}() Pages<{}>", short(ty)));
    }
    let traits = lines.traits.iter().filter(|name| *name != "'static");
    facts.extend(traits.map(|name| format!("{builder} trait {}", short(name))));
    facts.extend(lines.others.iter().map(|line| format!("{name} {line}")));
}

fn declaration(name: &str, lines: &TypeLines, facts: &mut BTreeSet<String>) {
    let head = lines.head.as_ref().expect("a type has a line");
    facts.insert(format!("{name} {}", head.kind));
    let mut fact = |text: String| facts.insert(format!("{name} {text}"));
    for (field, line) in &lines.fields {
        fact(format!("field {field}: {}", short(&line.ty)));
        if let Some(role) = line.role.as_ref().filter(|role| role.word == "setter") {
            let plain = line
                .ty
                .strip_prefix("Option<")
                .and_then(|ty| ty.strip_suffix('>'));
            let taken = role.takes.as_deref().or(plain).unwrap_or(&line.ty);
            fact(format!("fn {field}({}) Self", takes(taken)));
        }
    }
    if let Some(names) = &lines.new {
        let arguments = names.iter().map(|name| {
            let line = &lines.fields[name];
            let taken = line.role.as_ref().and_then(|role| role.takes.as_ref());
            takes(taken.unwrap_or(&line.ty))
        });
        fact(format!(
            "fn new({}) Self",
            arguments.collect::<Vec<_>>().join(", ")
        ));
    }
    for (method, signature) in &lines.methods {
        let argument = signature.split_once(": ").map(|(_, rest)| rest);
        let argument = argument.and_then(|rest| rest.strip_suffix(") -> Self"));
        fact(format!(
            "fn {method}({}) Self",
            short(argument.unwrap_or(signature))
        ));
    }
    for (variant, line) in &lines.variants {
        let content = line.ty.as_ref().map(|ty| format!("({})", short(ty)));
        fact(format!("variant {variant}{}", content.unwrap_or_default()));
    }
    for name in &lines.traits {
        fact(format!("trait {}", short(name)));
    }
    if head.is("open") {
        fact("fn as_str() &str".to_owned());
        for name in OPEN.iter().chain(&SERDE) {
            fact(format!("trait {name}"));
        }
    }
    facts.extend(lines.others.iter().map(|line| format!("{name} {line}")));
}

/// The type of an argument, from the word that the surface has for it.
fn takes(word: &str) -> String {
    let inside = |name: &str| {
        let inside = word
            .strip_prefix(name)?
            .strip_prefix('<')?
            .strip_suffix('>')?;
        Some(short(inside))
    };
    if let Some(item) = inside("Items") {
        format!("impl IntoIterator<Item = impl Into<{item}>>")
    } else if let Some(value) = inside("Entries") {
        format!("impl IntoIterator<Item = (impl Into<String>, impl Into<{value}>)>")
    } else {
        format!("impl Into<{}>", short(word))
    }
}

/// `text` with the last names of its paths.
fn short(text: &str) -> String {
    let mut short = String::new();
    for part in text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
        let end = part.len() - part.chars().next_back().map_or(0, char::len_utf8);
        let (path, rest) = match part.chars().next_back() {
            Some(c) if !(c.is_alphanumeric() || c == '_' || c == ':') => part.split_at(end),
            _ => (part, ""),
        };
        short.push_str(path.rsplit("::").next().unwrap_or_default());
        short.push_str(rest);
    }
    short
}
