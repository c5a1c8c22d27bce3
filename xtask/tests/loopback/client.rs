//! A generated client as data, read from its text: its methods, what they send under which name, and its types.

use std::collections::HashMap;

use syn::visit::Visit;

use crate::types;

/// A client.
pub struct Client {
    /// Its methods, in their order.
    pub operations: Vec<Operation>,
    /// Its types by name.
    pub types: HashMap<String, types::Shape>,
}

/// A method of the client, with its builder.
pub struct Operation {
    pub method: syn::Ident,
    pub builder: syn::Ident,
    /// The operation's id, HTTP method and path template, as the client has them.
    pub id: String,
    pub http_method: String,
    pub path: String,
    /// The arguments in their order, and the setters.
    pub required: Vec<Input>,
    pub optional: Vec<Input>,
    /// What the answer is decoded to.
    pub answer: syn::Type,
}

/// An argument or a setter.
pub struct Input {
    pub ident: syn::Ident,
    pub ty: syn::Type,
    /// The function of `Call` that it is given to: `path`, `query`, `json`, …
    pub place: String,
    /// The texts that the function gets besides: a name, or a media type.
    pub name: Option<String>,
}

impl Client {
    /// The client in `text`.
    pub fn read(text: &str) -> Self {
        let file = syn::parse_file(text).expect("the client is Rust");
        let types = module(&file.items, "types").map_or_else(HashMap::new, types::read);
        let builders = module(&file.items, "operations").unwrap_or_default();
        let starts = file.items.iter().filter_map(|item| match item {
            syn::Item::Impl(item) => Some(&item.items),
            _ => None,
        });
        let operations = starts
            .flatten()
            .filter_map(|item| match item {
                syn::ImplItem::Fn(function) => Some(operation(function, builders)),
                _ => None,
            })
            .collect();
        Self { operations, types }
    }
}

fn module<'a>(items: &'a [syn::Item], name: &str) -> Option<&'a [syn::Item]> {
    items.iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == name => {
            module.content.as_ref().map(|(_, items)| items.as_slice())
        }
        _ => None,
    })
}

/// The functions of `impl name`.
pub fn functions<'a>(items: &'a [syn::Item], name: &syn::Ident) -> Vec<&'a syn::ImplItemFn> {
    let of_name = |ty: &syn::Type| last_segment(ty).is_some_and(|segment| segment.ident == *name);
    items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Impl(item) if of_name(&item.self_ty) && item.trait_.is_none() => {
                Some(&item.items)
            }
            _ => None,
        })
        .flatten()
        .filter_map(|item| match item {
            syn::ImplItem::Fn(function) => Some(function),
            _ => None,
        })
        .collect()
}

pub fn last_segment(ty: &syn::Type) -> Option<&syn::PathSegment> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The `index`th argument of a generic type.
pub fn argument(segment: &syn::PathSegment, index: usize) -> Option<&syn::Type> {
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.iter().nth(index)? {
        syn::GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

/// What an argument takes: `T` of `impl Into<T>`, a list of it for `impl IntoIterator<Item = impl Into<T>>`, and a map for
/// pairs.
fn taken(ty: &syn::Type) -> Option<syn::Type> {
    let syn::Type::ImplTrait(implementation) = ty else {
        return None;
    };
    let syn::TypeParamBound::Trait(bound) = implementation.bounds.first()? else {
        return None;
    };
    let segment = bound.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(ty) => Some(ty.clone()),
        syn::GenericArgument::AssocType(item) => match &item.ty {
            syn::Type::Tuple(pair) => {
                let value = taken(pair.elems.last()?)?;
                Some(syn::parse_quote!(std::collections::BTreeMap<String, #value>))
            }
            item => {
                let item = taken(item)?;
                Some(syn::parse_quote!(Vec<#item>))
            }
        },
        _ => None,
    }
}

/// The arguments that are `impl Into<T>` or lists of those, with their types.
pub fn inputs(function: &syn::ImplItemFn) -> Vec<(syn::Ident, syn::Type)> {
    let inputs = function.sig.inputs.iter();
    inputs
        .filter_map(|input| {
            let syn::FnArg::Typed(input) = input else {
                return None;
            };
            let (syn::Pat::Ident(name), Some(ty)) = (&*input.pat, taken(&input.ty)) else {
                panic!("{} takes something of no known form", function.sig.ident);
            };
            Some((name.ident.clone(), ty))
        })
        .collect()
}

fn operation(function: &syn::ImplItemFn, items: &[syn::Item]) -> Operation {
    let syn::ReturnType::Type(_, builder) = &function.sig.output else {
        panic!("{} returns nothing", function.sig.ident);
    };
    let builder = last_segment(builder).expect("a builder").ident.clone();
    let said = Calls::of(function);
    let constant = said.constant.clone().expect("`Call::new` gets a constant");
    let [id, http_method, path] = constants(items, &constant);
    let functions = functions(items, &builder);
    let send = functions
        .iter()
        .find(|function| function.sig.ident == "send");
    let answer = send.and_then(|send| match &send.sig.output {
        syn::ReturnType::Type(_, ty) => {
            let response = argument(last_segment(ty)?, 0)?;
            argument(last_segment(response)?, 0).cloned()
        }
        syn::ReturnType::Default => None,
    });
    let setters = functions
        .iter()
        .filter(|function| function.sig.ident != "send");
    Operation {
        required: inputs(function)
            .into_iter()
            .map(|(ident, ty)| said.input(ident.clone(), &ident, ty))
            .collect(),
        optional: setters
            .flat_map(|setter| {
                let said = Calls::of(setter);
                let name = &setter.sig.ident;
                inputs(setter)
                    .into_iter()
                    .map(move |(ident, ty)| said.input(name.clone(), &ident, ty))
            })
            .collect(),
        answer: answer.expect("`send` answers with a `Result<Response<T>, _>`"),
        method: function.sig.ident.clone(),
        builder,
        id,
        http_method,
        path,
    }
}

/// The fields of the constant of an operation.
fn constants(items: &[syn::Item], name: &syn::Ident) -> [String; 3] {
    let fields = items.iter().find_map(|item| match item {
        syn::Item::Const(item) if item.ident == *name => match &*item.expr {
            syn::Expr::Struct(value) => Some(&value.fields),
            _ => None,
        },
        _ => None,
    });
    ["id", "method", "path"].map(|wanted| {
        let mut fields = fields.into_iter().flatten();
        let field = fields
            .find(|field| matches!(&field.member, syn::Member::Named(member) if member == wanted));
        field
            .and_then(|field| literal(&field.expr))
            .expect("an operation says all of it")
    })
}

fn literal(expression: &syn::Expr) -> Option<String> {
    match expression {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    }
}

/// What a function does with its arguments.
#[derive(Default, Clone)]
pub struct Calls {
    constant: Option<syn::Ident>,
    /// The function that was called, its literal, and every identifier in its arguments.
    calls: Vec<(String, Option<String>, Vec<syn::Ident>)>,
    /// The field of `self` that is set.
    pub field: Option<syn::Ident>,
}

impl Calls {
    pub fn of(function: &syn::ImplItemFn) -> Self {
        let mut calls = Self::default();
        calls.visit_impl_item_fn(function);
        calls
    }

    fn input(&self, ident: syn::Ident, argument: &syn::Ident, ty: syn::Type) -> Input {
        let (place, name, _) = self
            .calls
            .iter()
            .find(|(_, _, arguments)| arguments.contains(argument))
            .unwrap_or_else(|| panic!("{argument} is not sent"));
        Input {
            ident,
            ty,
            place: place.clone(),
            name: name.clone(),
        }
    }
}

impl<'ast> Visit<'ast> for Calls {
    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        if let Some(syn::Expr::Reference(constant)) = call.args.iter().nth(1)
            && let syn::Expr::Path(path) = &*constant.expr
        {
            self.constant = path
                .path
                .segments
                .last()
                .map(|segment| segment.ident.clone());
        }
        syn::visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        struct Names(Vec<syn::Ident>);
        impl<'ast> Visit<'ast> for Names {
            fn visit_ident(&mut self, ident: &'ast syn::Ident) {
                self.0.push(ident.clone());
            }
        }
        let of_call = match &*call.receiver {
            syn::Expr::Path(path) => path.path.is_ident("call"),
            syn::Expr::Field(field) => {
                matches!(&field.member, syn::Member::Named(name) if name == "call")
            }
            _ => false,
        };
        if of_call {
            let mut names = Names(Vec::new());
            call.args
                .iter()
                .for_each(|argument| names.visit_expr(argument));
            let text = call.args.first().and_then(literal);
            self.calls.push((call.method.to_string(), text, names.0));
        }
        syn::visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        if let syn::Expr::Field(field) = &*assign.left
            && let syn::Member::Named(name) = &field.member
        {
            self.field = Some(name.clone());
        }
    }
}
