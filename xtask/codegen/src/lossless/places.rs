//! Which generated type belongs to a place of the document, and where its examples are.

use serde_json::Value;

use crate::client::{Client, Operation, Type};
use crate::document::{join, last_token, parent};
use crate::inputs::Location;
use crate::repair::Named;
use crate::shapes;
use crate::walk;

/// Finds the type of a schema by its pointer.
pub struct Places<'a> {
    client: &'a Client,
    named: &'a Named,
    root: &'a Value,
}

impl<'a> Places<'a> {
    pub fn new(client: &'a Client, named: &'a Named, root: &'a Value) -> Self {
        Self {
            client,
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
                let operation = self.operation(pointer)?;
                let typed = walk::is_success(status) && media_type.contains("json");
                return typed.then(|| operation.response.clone());
            }
            _ => {}
        }
        // A union's member is only reached through its name; anything else also through its owner's type.
        let owner = parent(pointer)?;
        match (last_token(owner).as_str(), last_token(pointer).as_str()) {
            ("properties", name) => {
                let owner = self.type_of(parent(owner)?)?;
                self.client.step(&owner, Some(name)).cloned()
            }
            (_, "items") => self.item(&self.type_of(owner)?),
            (_, "additionalProperties") => {
                let owner = self.type_of(owner)?;
                self.client.step(&owner, Some("")).cloned()
            }
            _ => self.type_named(self.named.get(pointer)?),
        }
    }

    /// What an array of type `ty` takes for an item, none when it is no array.
    fn item(&self, ty: &Type) -> Option<Type> {
        match self.client.bare(ty) {
            Type::List { item, tolerant } if *tolerant => Some(Type::clone(item).optional()),
            Type::List { item, .. } => Some(Type::clone(item)),
            _ => None,
        }
    }

    fn operation(&self, pointer: &str) -> Option<&Operation> {
        let mut tokens = pointer.split('/').skip(2);
        let path = tokens.next()?.replace("~1", "/").replace("~0", "~");
        self.client.operation(&path, tokens.next()?)
    }

    fn input(&self, pointer: &str) -> Option<Type> {
        let owner = parent(pointer)?;
        if !pointer.contains("/parameters/") {
            let body = self.operation(pointer)?.body.as_ref()?;
            let ty = body.ty.clone();
            return Some(if body.required { ty } else { ty.optional() });
        }
        let parameter = self.root.pointer(owner)?;
        let name = parameter.get("name").and_then(Value::as_str)?;
        let location = match parameter.get("in").and_then(Value::as_str)? {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            _ => return None,
        };
        // The parameters of a path item belong to all of its operations that do not declare their own; one of them is
        // enough.
        let input = match self.operation(pointer) {
            Some(operation) => operation.parameter(name, location),
            None => {
                let path = last_token(&pointer.split('/').take(3).collect::<Vec<_>>().join("/"));
                let operations = self.client.operations.iter();
                let mut heirs = operations
                    .filter(|operation| operation.path == path)
                    .filter(|operation| !self.declares(operation, parameter));
                heirs.find_map(|operation| operation.parameter(name, location))
            }
        }?;
        // A parameter whose example is `null` has none, or is not sent.
        Some(input.ty.clone().optional())
    }

    /// Whether `operation` has a parameter of its own in place of the path item's.
    fn declares(&self, operation: &Operation, parameter: &Value) -> bool {
        let path = join("/paths", &operation.path);
        let pointer = join(&path, &operation.method.to_lowercase());
        let own = self.root.pointer(&join(&pointer, "parameters"));
        let mut own = own.and_then(Value::as_array).into_iter().flatten();
        own.any(|own| {
            ["in", "name"]
                .iter()
                .all(|key| own.get(key) == parameter.get(key))
        })
    }

    fn type_named(&self, name: &str) -> Option<Type> {
        let name = crate::names::type_name(name);
        self.client.shape(&name).map(|_| Type::Named(name))
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
        (Type::String | Type::Secret, Value::Number(number)) => number.to_string().into(),
        (Type::String | Type::Secret, Value::Bool(truth)) => truth.to_string().into(),
        (Type::Integer | Type::Float | Type::Number, Value::String(text)) => {
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
