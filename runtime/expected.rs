//! Fields that are nearly always there.

use super::Error;
use super::error::Kind;

/// A field that a response may leave out, and that a program cannot do without.
///
/// ```no_run
/// # async fn call(client: onlyfansapi::Client) -> Result<(), onlyfansapi::Error> {
/// use onlyfansapi::Expected as _;
/// use onlyfansapi::types::SendMessageBody;
///
/// let mut fans = client.list_all_fans("acct_1").items();
/// while let Some(fan) = fans.next().await.transpose()? {
///     let id = fan.id.expected("fan.id")?;
///     client.send_message("acct_1", id, SendMessageBody::new().text("Hello")).await?;
/// }
/// # Ok(()) }
/// ```
pub trait Expected<T> {
    /// The value; an error that names the field where there is none.
    ///
    /// # Errors
    ///
    /// With [`Error::is_decode`].
    fn expected(self, field: &'static str) -> Result<T, Error>;
}

impl<T> Expected<T> for Option<T> {
    fn expected(self, field: &'static str) -> Result<T, Error> {
        self.ok_or_else(|| Error::new(None, Kind::Absent(field)))
    }
}
