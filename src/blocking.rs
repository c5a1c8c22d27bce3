//! For programs without async: whatever the client gives to await can be waited for. Feature `blocking`.
//!
//! ```no_run
//! use onlyfansapi::blocking::Wait as _;
//! use onlyfansapi::{Client, Login};
//!
//! fn main() -> Result<(), onlyfansapi::Error> {
//!     let client = Client::from_env()?;
//!     let login = Login::email_password("creator@example.com", "correct horse");
//!     let mut attempt = client.connect(login).start().wait()?;
//!     println!("{:?}", attempt.next().wait()?);
//!     for fan in client.list_all_fans("acct_1").items().wait_each() {
//!         println!("{:?}", fan?.name);
//!     }
//!     Ok(())
//! }
//! ```

use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};

use crate::{Error, Pages};

/// One thread for all calls of the program: connections stay open between them.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name(env!("CARGO_PKG_NAME"))
        .enable_all()
        .build()
        .expect("the system starts a thread")
});

/// Waiting for a future, or for what a builder sends.
pub trait Wait: IntoFuture + Sized {
    /// Waits for the output.
    ///
    /// # Panics
    ///
    /// Within async code, which must not be held up: await the future there. Code that may be held up, such as what is
    /// given to tokio's `spawn_blocking`, may wait.
    fn wait(self) -> Self::Output {
        RUNTIME.block_on(self.into_future())
    }
}

impl<F: IntoFuture> Wait for F {}

impl<T> Pages<T> {
    /// The pages or items one after the other, each waited for.
    ///
    /// # Panics
    ///
    /// As [`Wait::wait`], at each item.
    pub fn wait_each(mut self) -> impl Iterator<Item = Result<T, Error>> {
        std::iter::from_fn(move || self.next().wait())
    }
}
