//! Which generated type belongs to a place of the document, and where its examples are.

use serde_json::Value;

use super::model::Model;
use super::types::Type;
use crate::document::{join, last_token, parent};
use crate::polish::methods::{InputKind, Method};
use crate::repair::Named;
use crate::shapes;
use crate::walk;

/// Finds the type of a schema by its pointer.
pub struct Places<'a> {
    model: &'a Model,
    methods: &'a [Method],
    named: &'a Named,
    root: &'a Value,
}

impl<'a> Places<'a> {
    pub fn new(model: &'a Model, methods: &'a [Method], named: &'a Named, root: &'a Value) -> Self {
        Self {
            model,
            methods,
            named,
            root,
        }
    }

    /// The type of the schema at `pointer`, none when no type was generated for it (an error answer, a form that is not
    /// JSON).
    pub fn type_of(&self, pointer: &str) -> Option<Type> {
        let tokens: Vec<&str> = pointer.split('/').collect();
        match tokens.as_slice() {
            ["", "components", "schemas", name] => return self.type_named(name),
            [.., "parameters", _, "schema"]
            | ["", "paths", _, _, "requestBody", "content", _, "schema"] => {
                return self.input(pointer);
            }
            [
                "",
                "paths",
                _,
                _,
                "responses",
                status,
                "content",
                media_type,
                "schema",
            ] => {
                let method = self.method(pointer)?;
                let typed = walk::is_success(status) && media_type.contains("json");
                return typed.then(|| self.read(&method.answer));
            }
            _ => {}
        }
        // A union's member is only reached through its name; anything else also through its owner's type.
        let owner = parent(pointer)?;
        match (last_token(owner).as_str(), last_token(pointer).as_str()) {
            ("properties", name) => {
                let owner = self.type_of(parent(owner)?)?;
                self.model.step(&owner, Some(name)).cloned()
            }
            (_, "items") => self.model.item(&self.type_of(owner)?),
            (_, "additionalProperties") => {
                let owner = self.type_of(owner)?;
                self.model.step(&owner, Some("")).cloned()
            }
            _ => self.type_named(self.named.get(pointer)?),
        }
    }

    fn method(&self, pointer: &str) -> Option<&Method> {
        let mut tokens = pointer.split('/').skip(2);
        let path = tokens.next()?.replace("~1", "/").replace("~0", "~");
        let http_method = tokens.next()?.to_uppercase();
        self.methods
            .iter()
            .find(|method| method.path == path && method.http_method == http_method)
    }

    fn input(&self, pointer: &str) -> Option<Type> {
        let owner = parent(pointer)?;
        if !pointer.contains("/parameters/") {
            let mut inputs = self.method(pointer)?.inputs.iter();
            let body = inputs.find(|input| input.kind == InputKind::Body)?;
            let ty = self.read(&body.ty);
            return Some(if body.required {
                ty
            } else {
                Type::Nullable(Box::new(ty))
            });
        }
        let parameter = self.root.pointer(owner)?;
        let name = parameter.get("name").and_then(Value::as_str)?;
        let kind = match parameter.get("in").and_then(Value::as_str)? {
            "path" => InputKind::Path,
            "query" => InputKind::Query,
            "header" => InputKind::Header,
            _ => return None,
        };
        // The parameters of a path item belong to all of its operations that do not declare their own; one of them is
        // enough.
        let input = match self.method(pointer) {
            Some(method) => method.input(name, kind),
            None => {
                let path = last_token(&pointer.split('/').take(3).collect::<Vec<_>>().join("/"));
                let methods = self.methods.iter().filter(|method| method.path == path);
                let mut heirs = methods.filter(|method| !self.declares(method, parameter));
                heirs.find_map(|method| method.input(name, kind))
            }
        }?;
        // A parameter whose example is `null` has none, or is not sent.
        Some(Type::Nullable(Box::new(self.read(&input.ty))))
    }

    /// Whether the operation of `method` has a parameter of its own in place of the path item's.
    fn declares(&self, method: &Method, parameter: &Value) -> bool {
        let operation = join(
            &join("/paths", &method.path),
            &method.http_method.to_lowercase(),
        );
        let own = self.root.pointer(&join(&operation, "parameters"));
        let mut own = own.and_then(Value::as_array).into_iter().flatten();
        own.any(|own| {
            ["in", "name"]
                .iter()
                .all(|key| own.get(key) == parameter.get(key))
        })
    }

    /// What `ty`, as the client writes it, is.
    pub fn read(&self, ty: &syn::Type) -> Type {
        self.model.read_type(ty)
    }

    fn type_named(&self, name: &str) -> Option<Type> {
        self.model.named(&crate::names::type_name(name))
    }
}

/// Every example: those of schemas, and those that stand beside a schema.
pub fn examples(root: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for pointer in shapes::roots(root) {
        let beside = parent(&pointer).unwrap_or_default().to_owned();
        if let (Some(owner), true) = (root.pointer(&beside), pointer.ends_with("/schema")) {
            collect(owner, &beside, &mut found);
        }
        if let Some(schema) = root.pointer(&pointer) {
            visit(schema, &pointer, &mut found);
        }
    }
    found
}

fn visit(schema: &Value, pointer: &str, found: &mut Vec<(String, Value)>) {
    collect(schema, pointer, found);
    walk::subschemas(schema, pointer, &mut |pointer, schema| {
        if !pointer.ends_with("/not") {
            visit(schema, &pointer, found);
        }
    });
}

/// The examples that `owner` itself has, a schema or what stands beside one.
pub fn collect(owner: &Value, pointer: &str, found: &mut Vec<(String, Value)>) {
    if let Some(example) = owner.get("example") {
        found.push((join(pointer, "example"), example.clone()));
    }
    let examples = owner.get("examples").and_then(Value::as_object);
    for (name, example) in examples.into_iter().flatten() {
        if let Some(value) = example.get("value") {
            let pointer = join(&join(&join(pointer, "examples"), name), "value");
            found.push((pointer, value.clone()));
        }
    }
}

/// The example of a parameter of type `ty`, as a caller writes it: every parameter goes out as text, so `5` and `"5"`
/// are the same call.
pub fn as_sent(ty: &Type, example: Value) -> Value {
    match (ty, &example) {
        (Type::String, Value::Number(number)) => number.to_string().into(),
        (Type::String, Value::Bool(truth)) => truth.to_string().into(),
        (Type::Signed | Type::Unsigned | Type::Float | Type::Number, Value::String(text)) => {
            let number = serde_json::from_str::<serde_json::Number>(text);
            // `05` and ` 5` are other texts than the number's.
            match number {
                Ok(number) if number.to_string() == *text => Value::Number(number),
                _ => example,
            }
        }
        _ => example,
    }
}

/// The pointer of the schema that the example at `pointer` belongs to.
pub fn schema_of(pointer: &str) -> String {
    let owner = match parent(pointer) {
        Some(owner) if last_token(pointer) == "value" => {
            parent(owner).and_then(parent).unwrap_or_default()
        }
        Some(owner) => owner,
        None => "",
    };
    let tokens: Vec<&str> = owner.split('/').collect();
    let beside = matches!(
        tokens.as_slice(),
        ["", "paths", _, _, "responses", _, "content", _]
            | ["", "paths", _, _, "requestBody", "content", _]
            | ["", "paths", _, "parameters", _]
            | ["", "paths", _, _, "parameters", _]
    );
    if beside {
        join(owner, "schema")
    } else {
        owner.to_owned()
    }
}
