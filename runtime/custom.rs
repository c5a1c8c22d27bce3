//! A call with settings of its own: time limits, repetition, and parameters that the document does not know.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::{Call, Check};
use super::operation::Repeat;
use super::response::{self, Raw};
use super::{Error, Pages, Paging, Response, RetryPolicy, Sending};

/// A call with settings of its own, from a builder's `customize` or from `Client::request`.
///
/// ```no_run
/// # async fn call(client: onlyfansapi::Client) -> Result<(), onlyfansapi::Error> {
/// use std::time::Duration;
///
/// let status = client
///     .poll_authentication_status("auth_1")
///     .customize()
///     .timeout(Duration::from_secs(5))
///     .query("verbose", true)
///     .send()
///     .await?;
/// println!("{:?}", status.json()?["a_field_that_the_type_does_not_know"]);
/// # Ok(()) }
/// ```
///
/// Setting a parameter again replaces it. `Debug` prints none of the values.
#[must_use = "nothing is sent until it is awaited"]
pub struct CustomCall<T> {
    call: Call,
    decode: fn(Raw) -> Result<Response<T>, Error>,
    answer: PhantomData<fn() -> T>,
}

impl<T> CustomCall<T> {
    pub(super) fn new(call: Call, decode: fn(Raw) -> Result<Response<T>, Error>) -> Self {
        Self {
            call,
            decode,
            answer: PhantomData,
        }
    }

    /// Sets how long one attempt of this call may take, or may go without progress while it sends a file; see
    /// [`ClientBuilder::timeout`](super::ClientBuilder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.own_mut().timeout = Some(timeout);
        self
    }

    /// Sets how long this call may take with all its attempts and the waits between them; see
    /// [`ClientBuilder::deadline`](super::ClientBuilder::deadline).
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.call.own_mut().deadline = Some(deadline);
        self
    }

    /// Sets how often this call is sent again when it fails; see
    /// [`ClientBuilder::retry`](super::ClientBuilder::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.call.own_mut().retry = Some(policy);
        self
    }

    /// Sets whether to do this call twice is to do it once, so that it is sent again after any failure that may pass; or
    /// that it is not, so that it is sent again only when it was not sent.
    pub fn repeatable(mut self, repeatable: bool) -> Self {
        self.call.own_mut().repeat = Some(if repeatable {
            Repeat::Always
        } else {
            Repeat::Unsent
        });
        self
    }

    /// Sets a deadline that is no later than the client's own.
    #[allow(dead_code, reason = "an API may have nothing that takes several calls")]
    pub(crate) fn within(self, deadline: Duration) -> Self {
        let own = self.call.client.defaults().deadline;
        self.deadline(own.map_or(deadline, |own| own.min(deadline)))
    }

    /// Sets a header. A `Content-Type` takes the place of the body's own, but for `multipart/form-data`, which says how
    /// its parts are told apart.
    pub fn header(mut self, name: impl Into<Cow<'static, str>>, value: impl Serialize) -> Self {
        self.call.header(name, &value);
        self
    }

    /// Sets a query parameter. A list or an object takes the form that PHP reads: `ids[]=1&ids[]=2`,
    /// `filter[online]=1`.
    pub fn query(mut self, name: impl Into<Cow<'static, str>>, value: impl Serialize) -> Self {
        self.call.query(name, &value);
        self
    }

    /// Sets a field of the body beside the others that it has, in the body's own form. A call without a body gets one, of
    /// JSON.
    pub fn body_field(mut self, name: &str, value: impl Serialize) -> Self {
        self.call.body_field(name, &value);
        self
    }

    /// Sends the booleans of a form as `true` and `false`, where they are `1` and `0` otherwise: those are what Laravel's
    /// `boolean` rule takes of texts. A body of JSON has the words always; a parameter of the query has one when it is
    /// [set](Self::query) as a text.
    pub fn boolean_words(mut self) -> Self {
        self.call.boolean_words();
        self
    }

    /// Sets the body, sent as JSON.
    pub fn json(mut self, body: &impl Serialize) -> Self {
        self.call.json(body);
        self
    }

    /// Sets the body, sent as a form in which any [`Upload`](super::Upload) is a file.
    pub fn multipart(mut self, body: &impl Serialize) -> Self {
        self.call.multipart(body);
        self
    }

    /// The same call with another type for the answer: one with fields that the document does not know, or
    /// [`serde_json::Value`] for the whole of it. The response has to be JSON;
    /// [`send_text`](Self::send_text) and [`send_raw`](Self::send_raw) take anything.
    pub fn answer<U: DeserializeOwned + 'static>(self) -> CustomCall<U> {
        CustomCall::new(self.call, Response::decode_json)
    }

    /// Sends the call.
    ///
    /// # Errors
    ///
    /// When the request cannot be built or sent, when the answer is no success, or when it cannot be decoded.
    pub async fn send(self) -> Result<Response<T>, Error> {
        (self.decode)(self.call.execute().await?)
    }

    /// The pages of the list that the call gives, by rules of one's own.
    ///
    /// ```no_run
    /// # async fn call(client: onlyfansapi::Client) -> Result<(), onlyfansapi::Error> {
    /// use onlyfansapi::{Method, Next, Paging};
    ///
    /// let by_url = Paging { items: "data", next: Next::Url("_pagination.next_page") };
    /// let mut pages = client.request(Method::GET, "/api/acct_1/something").pages_by(by_url);
    /// while let Some(page) = pages.next().await.transpose()? {
    ///     println!("{}", page["data"]);
    /// }
    /// # Ok(()) }
    /// ```
    pub fn pages_by(self, paging: Paging) -> Pages<Response<T>>
    where
        T: DeserializeOwned + Send + 'static,
    {
        self.call.pages_by(Some(paging))
    }

    /// The items of the list that the call gives, by rules of one's own.
    pub fn items_by<I: DeserializeOwned + Send + 'static>(self, paging: Paging) -> Pages<I> {
        self.call.items_by(Some(paging))
    }

    /// Sends the call and gives the body of its answer as it is, whatever it holds.
    ///
    /// # Errors
    ///
    /// When the request cannot be built or sent, or when the answer is no success.
    pub async fn send_raw(self) -> Result<Response<Bytes>, Error> {
        response::bytes(self.call.anything(Check::Nothing).execute().await?)
    }

    /// Sends the call and gives the body of its response as text, whatever it holds: a page, a table, JSON.
    ///
    /// # Errors
    ///
    /// When the request cannot be built or sent, when the response is no success, or when its body is not UTF-8.
    pub async fn send_text(self) -> Result<Response<String>, Error> {
        response::text(self.call.anything(Check::Nothing).execute().await?)
    }

    /// Sends the call and writes the body of a success to `writer` while it arrives; the answer is how many bytes those
    /// were. The body can be of any length, and is in no memory. The timeout is for the head of the answer and then for
    /// each piece of its body; a deadline is for all of it.
    ///
    /// It is sent again only as long as nothing was written. JSON that says nothing else than a failure does (`error`,
    /// `message`, …) is an error and not written: in place of a file it is none.
    ///
    /// # Errors
    ///
    /// When the request cannot be built or sent, when the answer is no success, or when the body breaks off or cannot be
    /// written. `writer` then has what came before.
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn send_to(
        self,
        writer: impl tokio::io::AsyncWrite + Send + Unpin,
    ) -> Result<Response<u64>, Error> {
        self.send_to_with(writer, |_, _| {}).await
    }

    /// [`send_to`](Self::send_to), which tells `progress` after each piece how many bytes are written, and how many there
    /// will be as far as the server said.
    ///
    /// # Errors
    ///
    /// As [`send_to`](Self::send_to).
    #[cfg(not(target_arch = "wasm32"))]
    pub async fn send_to_with(
        self,
        writer: impl tokio::io::AsyncWrite + Send + Unpin,
        progress: impl FnMut(u64, Option<u64>) + Send,
    ) -> Result<Response<u64>, Error> {
        let mut sink = super::download::Download::new(writer, progress);
        let call = self.call.anything(Check::File);
        let raw = call.execute_into(&mut sink).await?;
        Ok(Response::new(sink.written(), raw))
    }
}

impl<T: 'static> IntoFuture for CustomCall<T> {
    type Output = Result<Response<T>, Error>;
    type IntoFuture = Sending<T>;

    fn into_future(self) -> Sending<T> {
        Box::pin(self.send())
    }
}

impl<T> Clone for CustomCall<T> {
    fn clone(&self) -> Self {
        Self {
            call: self.call.clone(),
            ..*self
        }
    }
}

impl<T> fmt::Debug for CustomCall<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomCall")
            .field("operation", &self.call.operation.id)
            .finish_non_exhaustive()
    }
}
