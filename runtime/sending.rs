//! A call that is being sent, as `.await` on a builder makes it.

use std::pin::Pin;

use super::{Error, Response};

/// What `.await` on a builder waits for: the same as its `send`, in a box.
#[cfg(not(target_arch = "wasm32"))]
pub type Sending<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// What `.await` on a builder waits for: the same as its `send`, in a box.
#[cfg(target_arch = "wasm32")]
pub type Sending<T> = Pin<Box<dyn Future<Output = Result<Response<T>, Error>>>>;
