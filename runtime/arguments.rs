//! How the arguments of generated methods become the values that are sent: lists and maps of what can be converted.

/// The items of a list, each converted by way of `V`, which is what the method says that it takes.
pub fn list<V: Into<T>, T>(items: impl IntoIterator<Item = impl Into<V>>) -> Vec<T> {
    items.into_iter().map(|item| item.into().into()).collect()
}

/// The entries of a map, each value converted by way of `V`.
pub fn map<V: Into<T>, T, M: FromIterator<(String, T)>>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<V>)>,
) -> M {
    let entries = entries.into_iter();
    entries
        .map(|(key, value)| (key.into(), value.into().into()))
        .collect()
}
