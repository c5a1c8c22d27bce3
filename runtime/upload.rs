//! Content to be sent as it is: a file of a form, or a whole body that is no JSON.

use std::cell::RefCell;
use std::fmt;
#[cfg(not(target_arch = "wasm32"))]
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

#[cfg(not(target_arch = "wasm32"))]
use super::stream::Stream;

/// A file to be sent, or any other content that is sent as it is.
///
/// It is made [from bytes](Self::bytes), [from text](Self::text), [from a path](Self::path), from an
/// [async reader](Self::reader) or from a [body of reqwest](Self::body). A path and a reader are read
/// while they are sent, a piece at a time. Bytes, text and a path can be sent again, and a clone
/// sends the same; a reader and a streaming body can be sent once, and sending one again fails
/// before anything is sent.
///
/// `Debug` prints neither content nor name.
#[derive(Clone, PartialEq)]
pub struct Upload {
    pub(super) piece: Piece,
    pub(super) file_name: Option<String>,
    pub(super) media_type: Option<String>,
}

/// A part of what is sent, one after the other.
#[derive(Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) content: Content,
    /// How many bytes it has, where that was said.
    pub(super) size: Option<u64>,
    pub(super) progress: Option<Progress>,
}

impl From<Content> for Piece {
    fn from(content: Content) -> Self {
        Self {
            content,
            size: None,
            progress: None,
        }
    }
}

/// Who is told how much of a content is sent.
#[derive(Clone)]
pub(super) struct Progress(Arc<dyn Fn(u64, Option<u64>) + Send + Sync>);

impl Progress {
    pub(super) fn tell(&self, sent: u64, total: Option<u64>) {
        (self.0)(sent, total);
    }
}

impl PartialEq for Progress {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Clone, PartialEq)]
pub(super) enum Content {
    Bytes(Bytes),
    #[cfg(not(target_arch = "wasm32"))]
    Path(PathBuf),
    #[cfg(not(target_arch = "wasm32"))]
    Stream(Stream),
}

impl Content {
    /// Whether the same can be sent again.
    pub(super) fn is_replayable(&self) -> bool {
        #[cfg(not(target_arch = "wasm32"))]
        let replayable = !matches!(self, Self::Stream(_));
        #[cfg(target_arch = "wasm32")]
        let replayable = true;
        replayable
    }
}

impl Upload {
    fn new(content: Content) -> Self {
        Self {
            piece: content.into(),
            file_name: None,
            media_type: None,
        }
    }

    /// Sends `bytes`.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Content::Bytes(bytes.into()))
    }

    /// Sends `text`, as `text/plain` in UTF-8 unless another media type is set.
    pub fn text(text: impl Into<String>) -> Self {
        Self::bytes(text.into()).media_type("text/plain; charset=utf-8")
    }

    /// Sends the file at `path` under its own name. It is opened when the call is sent; if that
    /// fails, the call fails with [`Error::is_request`](super::Error::is_request).
    #[cfg(not(target_arch = "wasm32"))]
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        Self {
            file_name: name,
            ..Self::new(Content::Path(path))
        }
    }

    /// Sends what `reader` gives, up to its end.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn reader(reader: impl tokio::io::AsyncRead + Send + 'static) -> Self {
        Self::new(Content::Stream(Stream::reader(reader)))
    }

    /// Sends a body of reqwest, such as the answer to another request.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn body(body: impl Into<reqwest::Body>) -> Self {
        Self::new(Content::Stream(Stream::new(body.into())))
    }

    /// Says how many bytes a reader or a streaming body will give, so that the size of the request
    /// is known to the server before it is sent. The call breaks off if it gives more or fewer.
    #[must_use]
    pub fn size(mut self, bytes: u64) -> Self {
        self.piece.size = Some(bytes);
        self
    }

    /// Tells `progress` while the content is sent how many bytes of it are handed to the connection, and how many there are
    /// if that is known. When the call is sent again, it begins from zero. A browser takes all of it at once.
    #[must_use]
    pub fn progress(mut self, progress: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        self.piece.progress = Some(Progress(Arc::new(progress)));
        self
    }

    /// Sets the name that a form says the file has; `file` when none is set.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, such as `image/png`. Without one a file of a form is sent as
    /// `application/octet-stream`, and a whole body as what the document says.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("media_type", &self.media_type)
            .finish_non_exhaustive()
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

/// Contents one after the other, in one piece: in a browser there is nothing else than bytes, and it takes them at once.
#[cfg(target_arch = "wasm32")]
pub(super) fn join(pieces: &[Piece]) -> Result<Vec<u8>, String> {
    let mut all = Vec::new();
    for piece in pieces {
        let Content::Bytes(bytes) = &piece.content;
        let size = bytes.len() as u64;
        if piece.size.is_some_and(|said| said != size) {
            return Err("what was to be sent has another size than was said".to_owned());
        }
        if let Some(progress) = &piece.progress {
            progress.tell(0, Some(size));
            progress.tell(size, Some(size));
        }
        all.extend_from_slice(bytes);
    }
    Ok(all)
}

thread_local! {
    /// The form that is being put together: the marker of its files, and those met so far.
    static FORM: RefCell<Option<(String, Vec<Upload>)>> = const { RefCell::new(None) };
}

/// `value` as JSON without its uploads, and these. In the place of each stands the text `marker`
/// with its index, so no other text of `value` may start with `marker`.
pub(super) fn set_aside(
    marker: &str,
    value: &impl Serialize,
) -> serde_json::Result<(Value, Vec<Upload>)> {
    let outer = FORM.replace(Some((marker.to_owned(), Vec::new())));
    let value = serde_json::to_value(value);
    let uploads = FORM.replace(outer).map(|(_, uploads)| uploads);
    Ok((value?, uploads.unwrap_or_default()))
}

/// In a form the content is set aside; elsewhere there is only JSON, which can hold a text.
impl Serialize for Upload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let placeholder = FORM.with_borrow_mut(|form| {
            form.as_mut().map(|(marker, uploads)| {
                uploads.push(self.clone());
                format!("{marker}{}", uploads.len() - 1)
            })
        });
        match (&placeholder, &self.piece.content) {
            (Some(placeholder), _) => serializer.serialize_str(placeholder),
            (None, Content::Bytes(bytes)) => match std::str::from_utf8(bytes) {
                Ok(text) => serializer.serialize_str(text),
                Err(_) => Err(S::Error::custom("bytes that are no text cannot be JSON")),
            },
            #[cfg(not(target_arch = "wasm32"))]
            (None, _) => Err(S::Error::custom("a file or a stream cannot be JSON")),
        }
    }
}

impl<'de> Deserialize<'de> for Upload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::bytes)
    }
}
