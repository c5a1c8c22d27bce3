//! Functions as their callers see them: receiver, arguments, result.

use super::attributes::Attributes;
use super::text;

/// Whether the receiver is `self` or `mut self`.
pub(super) fn takes_value(receiver: &syn::Receiver) -> bool {
    matches!(receiver.kind, syn::ReceiverKind::Value)
}

/// Whether the function gives `Self` back.
pub(super) fn returns_self(signature: &syn::Signature, name: &str) -> bool {
    match &signature.output {
        syn::ReturnType::Type(_, ty) => {
            let ty = text::tokens(ty);
            ty == "Self" || ty == name
        }
        syn::ReturnType::Default => false,
    }
}

/// The arguments beside the receiver; none when one of them is a pattern.
pub(super) fn arguments(signature: &syn::Signature) -> Option<Vec<(String, &syn::Type)>> {
    let mut arguments = Vec::new();
    for input in &signature.inputs {
        if let syn::FnArg::Typed(argument) = input {
            let syn::Pat::Ident(pattern) = &*argument.pat else {
                return None;
            };
            arguments.push((text::name(&pattern.ident), &*argument.ty));
        }
    }
    Some(arguments)
}

/// A function as its caller sees it; what private code does is hashed, since it may be used for encoding.
pub(super) fn signature(function: &syn::ImplItemFn) -> String {
    let words = Attributes::of(&function.attrs).last_words();
    let mut signature = function.sig.clone();
    for input in &mut signature.inputs {
        match input {
            // Not a part of what a caller sees.
            syn::FnArg::Receiver(receiver) if takes_value(receiver) => receiver.mutability = None,
            _ => {}
        }
    }
    let mut line = text::tokens(&signature);
    if !text::is_public(&function.vis) {
        line.push_str(&format!(
            " private code {}",
            text::hash(&text::tokens(&function.block))
        ));
    }
    push_words(&mut line, &words);
    line
}

pub(super) fn push_words(line: &mut String, words: &[String]) {
    for word in words {
        line.push(' ');
        line.push_str(word);
    }
}
