//! What a report compares with: what is committed, so that several regenerations before a commit are one change.

use std::collections::BTreeMap;
use std::sync::Arc;

use scribe_codegen::fingerprint::{self, in_header};
use scribe_codegen::source::Source;
use scribe_codegen::surface::Surface;
use scribe_codegen::upstream;

use crate::causes::Before;
use crate::error::Result;
use crate::pipeline;
use crate::report::Upstream;
use crate::repository::{CLIENT, Repository, SURFACE, UPSTREAM};
use crate::revision::Revision;

/// What there was before.
pub struct Base {
    /// The surface, and what it was made of.
    pub before: Before,
    /// The client.
    client: Option<Vec<u8>>,
    /// The vendored document when it is another one than that in the working tree.
    document: Option<Arc<Source>>,
}

impl Base {
    /// What git's last commit has; where there is no git, no commit, or no surface in it, what the working tree has.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn of(repository: &Repository) -> Result<Self> {
        // Without git there is nothing committed.
        match Revision::find(repository, "HEAD") {
            Ok(Some(revision)) => match revision.read(SURFACE)? {
                Some(surface) => Self::committed(repository, &revision, &surface),
                None => Self::working_tree(repository),
            },
            Ok(None) | Err(_) => Self::working_tree(repository),
        }
    }

    fn committed(
        repository: &Repository,
        revision: &Revision<'_>,
        surface: &Arc<Source>,
    ) -> Result<Self> {
        let client = revision.read(CLIENT)?;
        let document = revision.read(UPSTREAM)?;
        let vendored = repository.read(UPSTREAM)?;
        Ok(Self {
            before: Before {
                input: revision.input()?,
                surface: Surface::parse(&surface.text),
            },
            client: client.map(|client| client.text.clone().into_bytes()),
            document: document
                .filter(|document| vendored.as_deref() != Some(document.text.as_bytes())),
        })
    }

    /// What `spec/` has, when the client's header says that it was made of that.
    fn working_tree(repository: &Repository) -> Result<Self> {
        let surface = repository.read(SURFACE)?.unwrap_or_default();
        let client = repository.read(CLIENT)?;
        let text = String::from_utf8_lossy(client.as_deref().unwrap_or_default());
        let made_of = fingerprint::of(&repository.root.join("spec"));
        let is_made_of_this = made_of.is_ok_and(|made_of| in_header(&text) == Some(&made_of));
        let input = is_made_of_this
            .then(|| pipeline::input(repository, pipeline::vendored(repository)?))
            .transpose()?;
        Ok(Self {
            before: Before {
                input,
                surface: Surface::parse(&String::from_utf8_lossy(&surface)),
            },
            client: client.clone(),
            document: None,
        })
    }

    /// Whether `client` is another one.
    pub fn differs(&self, client: &str) -> bool {
        self.client.as_deref() != Some(client.as_bytes())
    }

    /// Whether more of `client` is another than its header, in which the fingerprint is.
    pub fn has_another_body(&self, client: &str) -> bool {
        let body = |client: &str| client.split_once("\n\n").map(|(_, body)| body.to_owned());
        let old = self.client.as_deref().map(String::from_utf8_lossy);
        old.and_then(|old| body(&old)) != body(client)
    }

    /// What became of the document since: `upstream` says it against the working tree. The tags of operations that are
    /// gone are added to `tags`.
    pub fn since(
        &self,
        upstream: Upstream,
        new: &Arc<Source>,
        tags: &mut BTreeMap<String, String>,
    ) -> Result<Upstream> {
        let Some(old) = &self.document else {
            return Ok(upstream);
        };
        if old.text == new.text {
            return Ok(match upstream {
                Upstream::Changed(_) | Upstream::First => Upstream::Unchanged,
                other => other,
            });
        }
        let new = pipeline::load(new)?.root;
        // What is committed and cannot be read is no reason to refuse what can.
        let Ok(old) = pipeline::load(old) else {
            return Ok(upstream);
        };
        for document in [&new, &old.root] {
            for (operation, tag) in upstream::tags(document) {
                tags.entry(operation).or_insert(tag);
            }
        }
        Ok(Upstream::Changed(upstream::changes(&old.root, &new)))
    }
}
