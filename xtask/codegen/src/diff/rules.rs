//! Every kind of change with its level and the reason: the one place where a change is graded.

use super::Level;

/// How one kind of change is graded. A kind that is graded by its circumstances has several.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The kind: `field-added`.
    pub kind: &'static str,
    /// What it asks of the version number.
    pub level: Level,
    /// Why, in a sentence.
    pub reason: &'static str,
}

macro_rules! rules {
    ($($name:ident = $kind:literal $level:ident $reason:literal;)*) => {
        $(pub(super) const $name: Rule = Rule { kind: $kind, level: Level::$level, reason: $reason };)*

        /// All rules, as `docs/diff.md` lists them.
        pub const RULES: &[Rule] = &[$($name),*];
    };
}

rules! {
    OPERATION_ADDED = "operation-added" Minor "a new method; nothing that was there changes";
    OPERATION_REMOVED = "operation-removed" Major "calls of it no longer compile";
    OPERATION_RENAMED = "operation-renamed" Major "calls by the old name no longer compile";
    OPERATION_MOVED = "operation-moved" Major "the same call goes to another path, or with another method";
    OPERATION_TEMPLATE_CHANGED = "operation-template-changed" Patch "the name of a placeholder is not sent";
    OPERATION_ID_CHANGED = "operation-id-changed" Patch "the id is seen in errors and traces only";
    OPERATION_BUILDER_RENAMED = "operation-builder-renamed" Major "code that names the builder's type no longer compiles";
    OPERATION_ANSWER_CHANGED = "operation-answer-changed" Major "code that reads the answer meets another type";
    OPERATION_SETTING_CHANGED = "operation-setting-changed" Minor "the client treats the request otherwise; calls stay as they are";
    ARGUMENTS_REORDERED = "arguments-reordered" Major "arguments are told apart by their order";

    PARAMETER_ADDED_OPTIONAL = "parameter-added" Minor "optional: calls without it stay as they are";
    PARAMETER_ADDED_REQUIRED = "parameter-added" Major "required: calls without it no longer compile";
    PARAMETER_REMOVED = "parameter-removed" Major "calls that give it no longer compile";
    PARAMETER_RENAMED_ARGUMENT = "parameter-renamed" Patch "required: an argument's name is not written in a call";
    PARAMETER_RENAMED_SETTER = "parameter-renamed" Major "optional: the old setter is gone";
    PARAMETER_TYPE_CHANGED = "parameter-type-changed" Major "calls that give the old type no longer compile";
    PARAMETER_PLACE_CHANGED = "parameter-place-changed" Major "the same call sends it in another place";
    PARAMETER_WIRE_NAME_CHANGED = "parameter-wire-name-changed" Major "the same call sends it by another name";
    PARAMETER_NOW_REQUIRED = "parameter-now-required" Major "its setter is gone, and calls without it no longer compile";
    PARAMETER_NOW_OPTIONAL = "parameter-now-optional" Major "it is a setter and no longer an argument";

    TYPE_ADDED = "type-added" Minor "a new type; nothing that was there changes";
    TYPE_REMOVED = "type-removed" Major "code that names it no longer compiles";
    TYPE_RENAMED = "type-renamed" Major "code that names it no longer compiles; its content is the same";
    TYPE_KIND_CHANGED = "type-kind-changed" Major "a struct, an enum and an alias are used in different ways";
    TYPE_ENCODING_CHANGED = "type-encoding-changed" Major "it is declared otherwise, so that it is written or read in another form";
    TRAIT_ADDED = "trait-added" Minor "more can be done with it than before";
    TRAIT_REMOVED = "trait-removed" Major "code that needs the trait no longer compiles";
    CONSTRUCTOR_ADDED = "constructor-added" Minor "more can be done with it than before";
    CONSTRUCTOR_REMOVED = "constructor-removed" Major "code that calls `new` no longer compiles";
    METHOD_ADDED = "method-added" Minor "more can be done with it than before";
    METHOD_REMOVED = "method-removed" Major "calls of it no longer compile";
    METHOD_CHANGED = "method-changed" Major "calls of it may no longer compile";

    FIELD_ADDED = "field-added" Minor "the type is non-exhaustive, so that code cannot depend on its fields being all";
    FIELD_ADDED_ARGUMENT = "field-added" Major "a new argument of `new`: calls without it no longer compile";
    FIELD_REMOVED = "field-removed" Major "code that reads or sets it no longer compiles";
    FIELD_RENAMED = "field-renamed" Major "code that uses the old name no longer compiles; its name on the wire is the same";
    FIELD_TYPE_CHANGED = "field-type-changed" Major "code that reads or sets it meets another type";
    FIELD_WIRE_NAME_CHANGED = "field-wire-name-changed" Major "the same field is read and sent by another name";
    FIELD_NOW_REQUIRED = "field-now-required" Major "it has to be given, and an answer without it is an error";
    FIELD_NOW_OPTIONAL = "field-now-optional" Major "code that reads it meets an `Option`, or `new` no longer takes it";
    FIELD_ENCODING_CHANGED = "field-encoding-changed" Major "the same value is written or read in another form";
    SECRET_EXPOSED = "secret-exposed" Major "it was a secret, and now it is printed wherever the value is printed";
    SETTER_ADDED = "setter-added" Minor "more can be done with it than before";
    SETTER_REMOVED = "setter-removed" Major "calls of it no longer compile";
    SETTER_CHANGED = "setter-changed" Major "the setter or `new` takes another form of the value";

    VARIANT_ADDED = "variant-added" Minor "the enum is non-exhaustive, so that matches are prepared for more";
    VARIANT_REMOVED = "variant-removed" Major "code that names it no longer compiles";
    VARIANT_RENAMED = "variant-renamed" Major "code that names it no longer compiles; its form on the wire is the same";
    VARIANT_TYPE_CHANGED = "variant-type-changed" Major "code that makes or matches it meets another content";
    VARIANT_WIRE_CHANGED = "variant-wire-changed" Major "the same variant is another value on the wire";
    VARIANT_ORDER_CHANGED = "variant-order-changed" Major "variants without a tag are tried in order, so that an answer may become another variant";

    ITEM_DEPRECATED = "item-deprecated" Minor "code that uses it still compiles, with a warning";
    ITEM_UNDEPRECATED = "item-undeprecated" Patch "a warning is gone";
    ITEM_ADDED = "item-added" Minor "a line of no known form; nothing that was there changes";
    ITEM_REMOVED = "item-removed" Major "a line of no known form: what it meant may have been used";
    ITEM_CHANGED = "item-changed" Major "a line of no known form: what it meant may have been used";
}
