//! Where a call goes that no operation describes, and where a link in an answer leads: never to another origin.

use reqwest::Url;

use super::call::Prepared;

/// A path below `base`, or a URL of its origin: the key goes nowhere else. No message shows the target, which may be what
/// somebody else made up.
pub(super) fn resolve(base: &Url, target: &str) -> Prepared<Url> {
    if has_steps(target) {
        return Err(
            "expected a path without steps (`.`, `..`) and control characters, but found one with"
                .into(),
        );
    }
    if target.contains('#') {
        return Err(
            "expected a path without a fragment (`#…`), which is never sent, but found one with; a `#` that belongs to \
             a value is written `%23`"
                .into(),
        );
    }
    if target.starts_with('/') && !target.starts_with("//") {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        return Ok(below(base, path, query));
    }
    match Url::parse(target) {
        Ok(url) if url.origin() == base.origin() && url.username().is_empty() && url.password().is_none() => Ok(url),
        Ok(_) => Err("expected a URL of the base URL's origin, but found one of another; the key is not sent there".into()),
        Err(_) => Err("expected a path that starts with `/`, or a URL of the base URL's origin, but found neither".into()),
    }
}

/// Where a link leads that the answer to a request for `page` has; `None` when that is no place of the API.
///
/// Behind a gateway an answer still has links of the API's own, `published` origin. What they lead to is below the base
/// URL then, as is a link without an origin: nothing is sent anywhere else.
pub(super) fn follow(base: &Url, published: &Url, page: &Url, link: &str) -> Option<Url> {
    if has_steps(link) {
        return None;
    }
    let mut url = page.join(link).ok()?;
    url.set_fragment(None);
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let is_whole = Url::parse(link).is_ok();
    let is_path = link.starts_with('/') && !link.starts_with("//");
    if url.origin() == base.origin() {
        // The API knows of no path in front of its own.
        let front = base.path().trim_end_matches('/');
        let is_below = url
            .path()
            .strip_prefix(front)
            .is_some_and(|rest| rest.starts_with('/'));
        return Some(match is_path && !is_below {
            true => below(base, url.path(), url.query()),
            false => url,
        });
    }
    (is_whole && url.origin() == published.origin()).then(|| below(base, url.path(), url.query()))
}

/// The URL of a path below `base`.
fn below(base: &Url, path: &str, query: Option<&str>) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}{path}", base.path().trim_end_matches('/')));
    url.set_query(query);
    url
}

/// Whether a path steps up or holds what URLs drop: both lead out of the base URL's path.
fn has_steps(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    target.chars().any(char::is_control)
        || path
            .split(['/', '\\'])
            .map(|part| part.to_ascii_lowercase().replace("%2e", "."))
            .any(|part| part == "." || part == "..")
}

/// What may be values in a path that the caller wrote: all of it, and each part that does not look like a word of the API's.
pub(super) fn path_values(url: &Url) -> impl Iterator<Item = &str> {
    let is_word = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_lowercase() || b"-_".contains(&byte))
    };
    let path = url.path().trim_matches('/');
    let whole = Some(path).filter(|path| path.contains('/'));
    let parts = path.split('/').filter(move |part| !is_word(part));
    whole.into_iter().chain(parts)
}

/// Takes a parameter out of a URL's query, with all that it has in brackets.
pub(super) fn without(url: &mut Url, name: &str) {
    let name = name.strip_suffix("[]").unwrap_or(name);
    let is_it = |set: &str| {
        let rest = set.strip_prefix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
    };
    if url.query_pairs().any(|(set, _)| is_it(&set)) {
        let rest: Vec<_> = url
            .query_pairs()
            .into_owned()
            .filter(|(set, _)| !is_it(set))
            .collect();
        url.set_query(None);
        if !rest.is_empty() {
            url.query_pairs_mut().extend_pairs(rest);
        }
    }
}
