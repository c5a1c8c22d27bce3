//! The model of the client → its public surface.

use super::operations::{self, inputs};
use super::spelling::{self, Scope};
use super::types::{self, argument, has_default};
use crate::client::{Client, Field, Operation, Presence, Shape, Type};
use crate::surface::{
    FieldLine, OperationHead, OperationLines, ParameterLine, Role, Surface, TypeHead, TypeLines,
    VariantLine,
};

/// The surface of `client`.
pub fn surface(client: &Client) -> Surface {
    let operations = client.operations.iter();
    let types = client.types.iter();
    Surface {
        operations: operations
            .map(|operation| (operation.name.clone(), operation_lines(operation)))
            .collect(),
        types: types
            .map(|(name, declaration)| (name.clone(), type_lines(&declaration.shape)))
            .collect(),
        others: Vec::new(),
    }
}

fn operation_lines(operation: &Operation) -> OperationLines {
    let text = |ty: &Type| spelling::text(ty, Scope::Surface);
    let response = text(&operation.response);
    let inputs = inputs(operation);
    let required = inputs.iter().filter(|input| input.required);
    let arguments: Vec<String> = required.map(|input| input.name.to_owned()).collect();
    let parameters = inputs.iter().map(|input| {
        let setter = || spelling::setter(input.name, operations::methods(operation));
        let name = if input.required {
            input.name.to_owned()
        } else {
            setter()
        };
        let line = ParameterLine {
            ty: input.argument(Scope::Surface).word(),
            place: input.sent_by.to_owned(),
            wire: input
                .sent_as
                .filter(|wire| *wire != name)
                .map(str::to_owned),
            required: input.required,
            // An argument has no attribute that a caller sees.
            deprecated: !input.required && input.deprecated.is_some(),
        };
        (name, line)
    });
    let mut lines = OperationLines {
        head: Some(OperationHead {
            method: operation.method.clone(),
            path: operation.path.clone(),
            id: operation.id.clone(),
            builder: spelling::builder(operation),
            deprecated: operation.deprecated.is_some(),
        }),
        parameters: parameters.collect(),
        arguments: if arguments.len() > 1 {
            arguments
        } else {
            Vec::new()
        },
        settings: operations::settings_by_name(operation)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        // It borrows nothing, and can be kept.
        traits: ["'static", "Clone", "Debug", "IntoFuture"]
            .map(str::to_owned)
            .to_vec(),
        ..OperationLines::default()
    };
    if let Some(item) = &operation.item {
        let bare = |ty| spelling::text(ty, Scope::Types);
        let page = format!("Response<{}>", bare(&operation.response));
        lines.streams.insert("pages".into(), page);
        lines.streams.insert("items".into(), bare(item));
    }
    lines.answer = Some(response);
    lines
}

fn type_lines(shape: &Shape) -> TypeLines {
    let (kind, words, traits): (_, &[&str], _) = match shape {
        Shape::Struct { .. } => ("struct", &["non_exhaustive"], types::STRUCT_TRAITS),
        Shape::Wrapper(_) => ("tuple", &["transparent"], types::STRUCT_TRAITS),
        Shape::StringEnum(_) => (
            "enum",
            &["open", "non_exhaustive"],
            types::STRING_ENUM_TRAITS,
        ),
        Shape::Union(_) => (
            "enum",
            &["untagged", "non_exhaustive"],
            types::STRUCT_TRAITS,
        ),
    };
    let mut lines = TypeLines {
        head: Some(TypeHead {
            kind: kind.to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        }),
        traits: traits.iter().map(|name| (*name).to_owned()).collect(),
        ..TypeLines::default()
    };
    let text = |ty: &Type| spelling::text(ty, Scope::Types);
    let variant = |ty: Option<String>, wire: Option<String>| VariantLine { ty, wire };
    match shape {
        Shape::Struct { fields, sent } => {
            for field in fields {
                field_line(field, *sent, &mut lines);
            }
            if has_default(fields) {
                lines.traits.push("Default".into());
            }
            if *sent {
                let required = fields
                    .iter()
                    .filter(|field| field.presence == Presence::Required);
                lines.new = Some(required.map(|field| field.name.clone()).collect());
            }
        }
        Shape::Wrapper(ty) => {
            let field = FieldLine {
                ty: text(ty),
                wire: None,
                presence: None,
                role: None,
                deprecated: false,
            };
            lines.fields.insert("0".into(), field);
            lines.traits.push(format!("From<{}>", text(ty)));
        }
        Shape::StringEnum(values) => {
            for value in values {
                let line = variant(None, Some(value.wire.clone()));
                lines.variants.insert(value.name.clone(), line);
            }
            lines
                .variants
                .insert("Unknown".into(), variant(Some("String".into()), None));
        }
        Shape::Union(members) => {
            for member in members {
                let line = variant(Some(text(&member.ty)), None);
                lines.variants.insert(member.name.clone(), line);
                lines.order.push(member.name.clone());
            }
            let line = variant(Some(text(&Type::Any)), None);
            lines.variants.insert("Unknown".into(), line);
            lines.order.push("Unknown".into());
        }
    }
    lines.traits.sort();
    lines
}

fn field_line(field: &Field, sent: bool, lines: &mut TypeLines) {
    let text = |ty: &Type| spelling::text(ty, Scope::Types);
    let presence = match field.presence {
        Presence::Required => "required",
        Presence::Nullable => "nullable",
        Presence::Optional => "optional",
    };
    let takes = argument(field);
    let usual = takes.word() == text(field.ty.required());
    let takes_word = (!usual).then(|| takes.word());
    let setter = spelling::setter(&field.name, types::METHODS);
    let role = match field.presence {
        _ if !sent => None,
        Presence::Required => Some("argument"),
        // A setter of another name is a method of its own.
        _ if setter == field.name => Some("setter"),
        _ => {
            let name = &field.name;
            let signature = format!("fn {setter}(self, {name}: {}) -> Self", takes.text());
            lines.methods.insert(setter, signature);
            None
        }
    };
    let line = FieldLine {
        ty: text(&field.ty),
        wire: (field.wire != field.name).then(|| field.wire.clone()),
        presence: Some(presence.to_owned()),
        role: role.map(|word| Role {
            word: word.to_owned(),
            takes: takes_word,
        }),
        deprecated: field.deprecated.is_some(),
    };
    lines.fields.insert(field.name.clone(), line);
}
