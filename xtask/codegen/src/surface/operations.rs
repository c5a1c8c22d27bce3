//! The lines of the operations: a method of the client, its constant and its builder, read together.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Expr, ImplItem, Item, Stmt};

use super::attributes::Attributes;
use super::calls::{answer, call_of, use_of, words_for};
use super::functions::{arguments, push_words, returns_self, signature, takes_value};
use super::{Lines, text};

/// Where the parts of the operations stand.
pub(super) struct Modules<'a> {
    methods: Vec<&'a ImplItem>,
    client_traits: Vec<&'a syn::ItemImpl>,
    constants: BTreeMap<String, &'a syn::ItemConst>,
    builders: BTreeMap<String, Builder<'a>>,
    others: Vec<&'a Item>,
}

#[derive(Default)]
struct Builder<'a> {
    item: Option<&'a syn::ItemStruct>,
    methods: Vec<&'a ImplItem>,
    traits: Vec<&'a syn::ItemImpl>,
}

/// Whether the block is one of `Client`'s.
pub(super) fn is_client(block: &syn::ItemImpl) -> bool {
    text::tokens(&block.self_ty).rsplit("::").next() == Some("Client")
}

impl<'a> Modules<'a> {
    pub(super) fn of(file: &'a syn::File) -> Self {
        let mut modules = Self {
            methods: Vec::new(),
            client_traits: Vec::new(),
            constants: BTreeMap::new(),
            builders: BTreeMap::new(),
            others: Vec::new(),
        };
        for item in &file.items {
            match item {
                Item::Impl(block) if is_client(block) && block.trait_.is_some() => {
                    modules.client_traits.push(block);
                }
                Item::Impl(block) if is_client(block) => modules.methods.extend(&block.items),
                Item::Mod(module) if module.ident == "operations" => {
                    for item in text::items(module) {
                        modules.operation_item(item);
                    }
                }
                _ => {}
            }
        }
        modules
    }

    fn operation_item(&mut self, item: &'a Item) {
        match item {
            Item::Const(item) if text::tokens(&item.ty) == "Operation" => {
                self.constants.insert(text::name(&item.ident), item);
            }
            Item::Struct(item) => {
                self.builders
                    .entry(text::name(&item.ident))
                    .or_default()
                    .item = Some(item);
            }
            Item::Impl(block) => match &*block.self_ty {
                syn::Type::Path(path) if path.path.segments.len() == 1 => {
                    let name = text::name(&path.path.segments[0].ident);
                    let builder = self.builders.entry(name).or_default();
                    if block.trait_.is_some() {
                        builder.traits.push(block);
                    } else {
                        builder.methods.extend(&block.items);
                    }
                }
                _ => self.others.push(item),
            },
            other => self.others.push(other),
        }
    }
}

/// One line for everything that `modules` holds.
pub(super) fn lines(modules: &Modules<'_>, lines: &mut Lines) {
    let mut constants: BTreeSet<&String> = modules.constants.keys().collect();
    let mut builders: BTreeSet<&String> = modules.builders.keys().collect();
    for item in &modules.methods {
        let ImplItem::Fn(function) = item else {
            lines.verbatim("client", &text::tokens(item));
            continue;
        };
        let Some(builder_name) = builder_name(&function.sig) else {
            lines.verbatim("client", &signature(function));
            continue;
        };
        let mut operation = Operation {
            name: text::name(&function.sig.ident),
            modules,
            lines: &mut *lines,
        };
        if let Some(constant) = operation.read(function, &builder_name) {
            constants.remove(&constant);
            builders.remove(&builder_name);
        }
    }
    for block in &modules.client_traits {
        lines.verbatim("client", &text::tokens(block));
    }
    for name in constants {
        lines.verbatim(
            "item",
            &format!("operations:: {}", text::tokens(modules.constants[name])),
        );
    }
    for name in builders {
        let builder = &modules.builders[name];
        let parts = builder.item.iter().map(|item| text::tokens(*item));
        let traits = builder.traits.iter().map(|block| text::tokens(*block));
        let methods = builder.methods.iter().map(|item| text::tokens(*item));
        for part in parts.chain(traits).chain(methods) {
            lines.verbatim("item", &format!("operations::{name}:: {part}"));
        }
    }
    for item in &modules.others {
        super::other_item("operations::", item, lines);
    }
}

/// `X` of a method that gives `operations::X`.
fn builder_name(signature: &syn::Signature) -> Option<String> {
    let syn::ReturnType::Type(_, ty) = &signature.output else {
        return None;
    };
    let syn::Type::Path(path) = &**ty else {
        return None;
    };
    let [module, builder] = Vec::from_iter(&path.path.segments)[..] else {
        return None;
    };
    (module.ident == "operations").then(|| text::name(&builder.ident))
}

/// Whether the block makes a future of a builder as every builder has it: what `send` gives.
fn into_future(block: &syn::ItemImpl) -> bool {
    let text = text::tokens(block);
    let parts = (|| {
        let (_, rest) = text
            .strip_prefix("impl IntoFuture for ")?
            .split_once(" { type Output = Result<Response<")?;
        let (output, rest) = rest.split_once(">, Error>; type IntoFuture = runtime::Sending<")?;
        let (sending, rest) = rest.split_once(">; fn into_future(self) -> ")?;
        Some((output, sending, rest))
    })();
    parts.is_some_and(|(output, sending, rest)| {
        output == sending && rest == "Self::IntoFuture { Box::pin(self.send()) } }"
    })
}

struct Operation<'a> {
    name: String,
    modules: &'a Modules<'a>,
    lines: &'a mut Lines,
}

impl Operation<'_> {
    fn add(&mut self, line: &str) {
        self.lines.add(format!("operation {} {line}", self.name));
    }

    fn error(&mut self, expected: &str, found: &str) {
        let name = &self.name;
        self.lines.error(format!(
            "expected the operation `{name}` to have {expected}, but found {found}"
        ));
    }

    /// Adds the operation's lines; gives the name of its constant, none when there is an error.
    fn read(&mut self, function: &syn::ImplItemFn, builder_name: &str) -> Option<String> {
        let Some((constant_name, statements)) = call_of(&function.block) else {
            self.error(
                "a body that starts with `let mut call = Call::new(self, &operations::…)`",
                &format!("`{}`", text::tokens(&function.block)),
            );
            return None;
        };
        let Some(constant) = self.modules.constants.get(&constant_name) else {
            self.error("its constant", &format!("no `operations::{constant_name}`"));
            return None;
        };
        let Some(builder) = self.modules.builders.get(builder_name) else {
            self.error("its builder", &format!("no `operations::{builder_name}`"));
            return None;
        };
        self.head(function, constant, builder_name)?;
        self.arguments(function, statements, builder_name)?;
        self.builder(builder, builder_name);
        Some(constant_name)
    }

    fn head(
        &mut self,
        function: &syn::ImplItemFn,
        constant: &syn::ItemConst,
        builder_name: &str,
    ) -> Option<()> {
        let Expr::Struct(literal) = &*constant.expr else {
            self.error(
                "a struct literal as its constant",
                &format!("`{}`", text::tokens(constant)),
            );
            return None;
        };
        let mut settings = BTreeMap::new();
        for field in &literal.fields {
            settings.insert(text::tokens(&field.member), &field.expr);
        }
        let mut known = ["method", "path", "id"].map(|key| {
            let value = match settings.remove(key)? {
                Expr::Lit(literal) => match &literal.lit {
                    syn::Lit::Str(text) => text.value(),
                    _ => return None,
                },
                // The constant of a library's type says the method by its name.
                Expr::Path(path) if key == "method" => {
                    text::name(&path.path.segments.last()?.ident)
                }
                _ => return None,
            };
            Some(value)
        });
        let [Some(method), Some(path), Some(id)] = known.each_mut().map(Option::take) else {
            self.error(
                "a constant with `id`, `method` and `path`",
                &format!("`{}`", text::tokens(constant)),
            );
            return None;
        };
        let mut head = format!(
            "{} {} id {} builder {builder_name}",
            text::word(&method),
            text::path_word(&path),
            text::word(&id)
        );
        let mut words = Attributes::of(&function.attrs).last_words();
        if !text::is_public(&function.vis) {
            words.push("private".to_owned());
        }
        push_words(&mut head, &words);
        self.add(&head);
        for (setting, value) in settings {
            self.add(&format!("setting {setting}: {}", text::tokens(value)));
        }
        Some(())
    }

    /// The parameters that the client's method takes.
    fn arguments(
        &mut self,
        function: &syn::ImplItemFn,
        statements: &[Stmt],
        builder_name: &str,
    ) -> Option<()> {
        let signature = &function.sig;
        let usual = signature.generics.params.is_empty() && signature.asyncness.is_none();
        let Some(arguments) = arguments(signature).filter(|_| usual) else {
            self.error(
                "a plain method of named arguments",
                &format!("`{}`", text::tokens(signature)),
            );
            return None;
        };
        let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let names: BTreeSet<&str> = arguments.iter().map(|(name, _)| name.as_str()).collect();
        let last = format!("operations::{builder_name} {{ call }}");
        for statement in statements {
            if text::tokens(statement) == last {
                continue;
            }
            match use_of(statement, "call", &names) {
                Some(found) => uses.entry(found.parameter).or_default().extend(found.words),
                None => self.add(&format!("statement {}", text::tokens(statement))),
            }
        }
        for (argument, ty) in &arguments {
            let words = uses.remove(argument).unwrap_or_default();
            self.parameter(argument, ty, words, "required", &[]);
        }
        if arguments.len() > 1 {
            let order: Vec<&str> = arguments.iter().map(|(name, _)| name.as_str()).collect();
            self.add(&format!("arguments ({})", order.join(", ")));
        }
        Some(())
    }

    fn parameter(
        &mut self,
        name: &str,
        ty: &syn::Type,
        mut words: Vec<String>,
        presence: &str,
        last: &[String],
    ) {
        let mut line = match text::into_target(ty) {
            Some(target) => format!("parameter {name}: {}", text::type_word(target)),
            None => match text::items_target(ty) {
                Some(items) => format!("parameter {name}: {items}"),
                None => format!("parameter {name}: {} exactly", text::type_word(ty)),
            },
        };
        words.push(presence.to_owned());
        words.extend_from_slice(last);
        push_words(&mut line, &words);
        self.add(&line);
    }

    fn builder(&mut self, builder: &Builder<'_>, name: &str) {
        match builder.item {
            None => self.error("its builder", &format!("no struct `operations::{name}`")),
            Some(item) => {
                let attributes = Attributes::of(&item.attrs);
                let mut plain = item.clone();
                plain.attrs.clear();
                let text = text::tokens(&plain);
                let usual = format!("pub struct {name} {{ pub(super) call: Call }}");
                if text != usual {
                    self.add(&format!("struct {text}"));
                }
                for word in attributes.container_words() {
                    self.add(&format!("struct {word}"));
                }
                let mut traits = BTreeSet::from_iter(attributes.traits);
                if item.generics.params.is_empty() {
                    // It borrows nothing, and can be kept.
                    traits.insert("'static".to_owned());
                }
                for block in &builder.traits {
                    if let Some((path, _)) = &block.trait_ {
                        traits.insert(super::attributes::trait_name(path));
                    }
                    if into_future(block) {
                        continue;
                    }
                    // A builder sends: what its implementations do is a part of the surface.
                    self.add(&format!("implementation {}", text::tokens(*block)));
                }
                if !traits.is_empty() {
                    let traits = Vec::from_iter(traits).join(", ");
                    self.add(&format!("traits ({traits})"));
                }
            }
        }
        for item in &builder.methods {
            let understood = match item {
                ImplItem::Fn(function) => {
                    self.setter(function)
                        || self.send(function)
                        || self.customize(function)
                        || self.pages(function)
                }
                _ => false,
            };
            if !understood {
                self.add(&format!("method {}", text::tokens(*item)));
            }
        }
    }

    /// `pub fn limit(mut self, limit: impl Into<i64>) -> Self { self.call.query("limit", &limit.into()); self }`
    fn setter(&mut self, function: &syn::ImplItemFn) -> bool {
        let signature = &function.sig;
        let name = text::name(&signature.ident);
        let usual = text::is_public(&function.vis)
            && signature.generics.params.is_empty()
            && signature.asyncness.is_none()
            && signature.receiver().is_some_and(takes_value)
            && returns_self(signature, "Self");
        let Some(arguments) = arguments(signature).filter(|_| usual) else {
            return false;
        };
        let ([(argument, ty)], [call, end]) = (&arguments[..], &function.block.stmts[..]) else {
            return false;
        };
        let names = BTreeSet::from([argument.as_str()]);
        let Some(found) = use_of(call, "self.call", &names).filter(|_| text::tokens(end) == "self")
        else {
            return false;
        };
        let mut words = found.words;
        if name != *argument {
            // The name of the wire is the setter's unless it is said.
            words = words_for(words, argument, &name);
        }
        let last = Attributes::of(&function.attrs).last_words();
        self.parameter(&name, ty, words, "optional", &last);
        true
    }

    /// `pub async fn send(self) -> Result<Response<T>, Error> { self.call.send().await }`; bytes are not decoded.
    fn send(&mut self, function: &syn::ImplItemFn) -> bool {
        let signature = &function.sig;
        let usual = signature.ident == "send"
            && text::is_public(&function.vis)
            && signature.asyncness.is_some()
            && signature.generics.params.is_empty()
            && signature.inputs.len() == 1
            && signature.receiver().is_some_and(takes_value);
        let syn::ReturnType::Type(_, output) = &signature.output else {
            return false;
        };
        if !usual {
            return false;
        }
        let answer = answer(output);
        let mut line = format!("answer {answer}");
        let body = text::tokens(&function.block);
        let usual = match answer.as_str() {
            "runtime::Bytes" => "{ self.call.send_bytes().await }",
            _ => "{ self.call.send().await }",
        };
        if body != usual {
            line.push_str(&format!(" by {}", text::quoted(&body)));
        }
        push_words(&mut line, &Attributes::of(&function.attrs).last_words());
        self.add(&line);
        true
    }

    /// `pub fn customize(self) -> CustomCall<T> { self.call.customize() }`, which every operation has.
    fn customize(&self, function: &syn::ImplItemFn) -> bool {
        let mut plain = function.clone();
        plain.attrs.clear();
        let text = text::tokens(&plain);
        Attributes::of(&function.attrs).last_words().is_empty()
            && text.starts_with("pub fn customize(self) -> CustomCall<")
            && [
                "{ self.call.customize() }",
                "{ self.call.customize_bytes() }",
            ]
            .iter()
            .any(|body| text.ends_with(body))
    }

    /// `pub fn items(self) -> runtime::Pages<T> { self.call.items() }`: the streams of a list.
    fn pages(&mut self, function: &syn::ImplItemFn) -> bool {
        let mut plain = function.clone();
        plain.attrs.clear();
        let text = text::tokens(&plain);
        let streams = ["pages", "items"].iter().find_map(|name| {
            let start = format!("pub fn {name}(self) -> runtime::Pages<");
            let end = format!("> {{ self.call.{name}() }}");
            Some((
                name,
                text.strip_prefix(&start)?
                    .strip_suffix(&end)?
                    .replace("types::", ""),
            ))
        });
        let Some((name, of)) = streams else {
            return false;
        };
        let mut line = format!("{name} {of}");
        push_words(&mut line, &Attributes::of(&function.attrs).last_words());
        self.add(&line);
        true
    }
}
