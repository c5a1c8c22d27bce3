//! An attempt that is under way.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use super::step::{self, Status};
use super::{AttemptKind, Polling, Step};
use crate::runtime::Response;
use crate::runtime::clock::{self, Instant};
use crate::types::Submit2faBody;
use crate::{ApiError, Client, Error, Secret};

/// How many looks in a row may fail for a reason that may pass, each with its own repetitions.
const FAILURES: u32 = 3;
/// How many looks may show that a code is wanted after one was handed in, before that means that it was wrong; and how
/// many that the attempt has failed though it is not said to be over.
const STALE: u32 = 3;
const NO_STATUS: &str = "expected the status of an attempt, but found another kind of value";

/// An attempt to connect an account, from [`Connect::start`](super::Connect::start) or [`Client::resume`].
///
/// Dropping it stops looking at it; the attempt itself goes on, and [`id`](Self::id) brings it back.
pub struct Attempt {
    client: Client,
    id: String,
    kind: AttemptKind,
    polling: Polling,
    began: Instant,
    /// A link that was not said yet, and the last that was.
    link: Option<Secret>,
    said: Option<Secret>,
    /// What was handed in and is not answered by the status yet.
    pending: Option<Pending>,
    /// What the API said of a code that it refused at once.
    refused: Option<Option<String>>,
    looks: u32,
    /// How many looks in a row have shown a failure though the attempt is not said to be over.
    failing: u32,
    /// How many requests the looks took, and the last status that was seen.
    requests: u32,
    seen: Option<Response<Value>>,
    /// When the next look may be.
    due: Instant,
    /// What was sent and must not be printed when an answer repeats it.
    sent: Vec<String>,
    last: Option<String>,
    progress: Option<String>,
    state: Option<String>,
}

/// Something was handed in. The status may show for a while that it is still wanted.
struct Pending {
    /// What it was that was wanted, `None` for a selfie: another state wants another code.
    state: Option<Option<String>>,
    looks: u32,
}

impl Attempt {
    pub(super) fn new(
        client: &Client,
        id: String,
        kind: AttemptKind,
        link: Option<Secret>,
    ) -> Self {
        Self {
            client: client.clone(),
            id,
            kind,
            polling: Polling::default(),
            began: Instant::now(),
            link,
            said: None,
            pending: None,
            refused: None,
            looks: 0,
            failing: 0,
            requests: 0,
            seen: None,
            due: Instant::now(),
            sent: client.sent_texts(&()),
            last: None,
            progress: None,
            state: None,
        }
    }

    /// Remembers what was sent, so that no error prints it.
    pub(super) fn sent(mut self, sent: Vec<String>) -> Self {
        self.sent = sent;
        self
    }

    /// Sets how often the attempt is looked at, and for how long from its start.
    #[must_use]
    pub fn polling(mut self, polling: Polling) -> Self {
        self.polling = polling;
        self
    }

    /// Identifies the attempt. Another process can go on with it: [`Client::resume`].
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Which kind of attempt was started.
    #[must_use]
    pub fn kind(&self) -> AttemptKind {
        self.kind
    }

    /// What the login was doing when it was last looked at, such as `filling_out_login`; for people.
    #[must_use]
    pub fn progress(&self) -> Option<&str> {
        self.progress.as_deref()
    }

    /// Looks at the attempt, again and again, until something is wanted or it is over.
    ///
    /// What is wanted and not handed in is said again by the next call; a link to open on a phone is said once. It can be
    /// dropped at any time, and called again.
    ///
    /// # Errors
    ///
    /// * With [`Error::is_attempt_failed`] when the attempt failed; [`Error::api`] has the vendor's code and message. When
    ///   its state is `failed` and it is not said to be over, that is so after a few looks.
    /// * With [`Error::is_timeout`] when the deadline is over; [`Error::body`] has the status that was seen last.
    /// * When a look fails for a reason that does not pass, or several times in a row for one that may, or for a response
    ///   that is no status. The attempt can be looked at again.
    pub async fn next(&mut self) -> Result<Step, Error> {
        if let Some(deep_link) = self.link.take() {
            self.said = Some(deep_link.clone());
            return Ok(Step::OpenOnPhone { deep_link });
        }
        let mut failures = 0;
        loop {
            self.rest().await?;
            let left = self.left()?;
            let poll = self.client.poll_authentication_status(&self.id);
            // Whatever types the fields have today.
            let poll = poll.customize().answer::<Value>();
            let mut wait = self.polling.wait(self.looks);
            self.looks = self.looks.saturating_add(1);
            // Before it is sent: whoever drops this and calls again must not look faster.
            self.due = Instant::now().checked_add(wait).unwrap_or(self.due);
            let step = match self.look(poll.within(left).send().await) {
                Ok(answer) => {
                    let step = self.read(&answer);
                    self.seen = Some(answer);
                    step
                }
                Err(error)
                    if (error.is_retryable() || error.is_decode()) && failures < FAILURES =>
                {
                    failures += 1;
                    let asked = error.api().and_then(|error| error.retry_after());
                    wait = wait.max(asked.unwrap_or_default());
                    // A wait beyond what the clock can count is beyond any deadline.
                    let due = Instant::now().checked_add(wait);
                    let left = self.left()?;
                    match due.filter(|_| wait < left) {
                        None => return Err(error),
                        Some(due) => self.due = due,
                    }
                    continue;
                }
                Err(error) => Err(error),
            };
            // Also when it is said at once that something is wanted.
            self.due = Instant::now().checked_add(wait).unwrap_or(self.due);
            if let Some(step) = step? {
                return Ok(step);
            }
            failures = 0;
        }
    }

    /// A look, if what came is a status at all.
    fn look(&mut self, looked: Result<Response<Value>, Error>) -> Result<Response<Value>, Error> {
        let requests = match &looked {
            Ok(answer) => answer.attempts(),
            Err(error) => error.attempts(),
        };
        self.requests = self.requests.saturating_add(requests);
        let answer = looked?;
        match step::is_status(&answer) {
            true => Ok(answer),
            false => Err(answer.unexpected(NO_STATUS)),
        }
    }

    /// Hands in the code that the creator got. That it was taken does not mean that it was right: go on with
    /// [`next`](Self::next), which asks again when it was wrong. It is never sent twice.
    ///
    /// # Errors
    ///
    /// When the call fails; not when the API says that the code is wrong (400, 422).
    pub async fn submit_code(&mut self, code: impl Into<Secret>) -> Result<(), Error> {
        let code = Secret::new(code.into().expose().trim());
        self.sent.extend(self.client.sent_texts(&code));
        let body = Submit2faBody::new().code(code);
        let Err(error) = self.client.submit_2fa(&self.id, body).send().await else {
            self.handed_in(Some(self.state.clone()));
            return Ok(());
        };
        let status = error.status().map(|status| status.as_u16());
        if error.api().is_some() && matches!(status, Some(200..300 | 400 | 422)) {
            self.refused = Some(error.api().and_then(reason));
            return Ok(());
        }
        // It may have been taken, so that it is not asked for again before the status says so.
        if error.is_retryable() && !error.is_unsent() {
            self.handed_in(Some(self.state.clone()));
        }
        Err(error)
    }

    /// Says that the creator has verified with a selfie. Go on with [`next`](Self::next).
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn selfie_done(&mut self) -> Result<(), Error> {
        let body = Submit2faBody::new().selfie_verification_completed(true);
        self.client.submit_2fa(&self.id, body).send().await?;
        self.handed_in(None);
        Ok(())
    }

    /// Sends the creator an e-mail, to the address used for OnlyFans, with which the login can be verified on the
    /// creator's own device.
    ///
    /// # Errors
    ///
    /// When the call fails; with [`Error::api`] when the API answers that it was no success.
    pub async fn email_creator(&mut self) -> Result<(), Error> {
        let email = self.client.send_2fa_email_to_creator(&self.id);
        email.send().await.map(drop)
    }

    fn handed_in(&mut self, state: Option<Option<String>>) {
        self.pending = Some(Pending { state, looks: 0 });
        self.looks = 0;
        self.due = Instant::now();
    }

    /// What an answer means for the caller; `None` while there is nothing to say.
    fn read(&mut self, answer: &Response<Value>) -> Result<Option<Step>, Error> {
        let status = step::read(answer);
        let mark = format!("{:?}{:?}", status.state, status.progress);
        if self.last.as_ref() != Some(&mark) {
            self.last = Some(mark);
            self.looks = 0;
        }
        self.progress = status.progress.clone();
        self.state = status.state.clone();
        let found = Status::of(&status);
        self.failing = match found {
            Status::Failing => self.failing + 1,
            _ => 0,
        };
        let (code, message) = step::words(answer, &status);
        // What was handed in is dealt with once something else, or nothing, is wanted.
        let same = match (self.pending.as_ref().map(|pending| &pending.state), &found) {
            (Some(None), Status::Selfie(_)) => true,
            (Some(Some(state)), Status::Code { .. }) => *state == status.state,
            _ => false,
        };
        if let Some(pending) = self.pending.as_mut().filter(|_| same) {
            pending.looks += 1;
            if pending.looks <= STALE {
                return Ok(None);
            }
        }
        Ok(match found {
            Status::Selfie(url) => {
                self.pending = None;
                Some(Step::NeedsSelfie { url })
            }
            Status::Code { hint, from_app } => {
                let refused = self.refused.take();
                let again = self.pending.take().is_some_and(|_| same) || refused.is_some();
                Some(Step::NeedsCode {
                    hint,
                    from_app,
                    again,
                    reason: refused.flatten().or(message.filter(|_| again)),
                })
            }
            Status::Connected => Some(Step::Connected(status.account.unwrap_or_default())),
            Status::Failed => return Err(answer.refused(code, message, &self.sent)),
            Status::Failing if self.failing > STALE => {
                return Err(answer.refused(code, message, &self.sent));
            }
            Status::Failing | Status::Pending => {
                if let Some(pending) = &mut self.pending {
                    // It moved: whatever is wanted next is wanted anew.
                    pending.looks = STALE;
                }
                let link = status.mobile_auth_session_deeplink.as_ref();
                let new = link
                    .filter(|link| !link.expose().is_empty() && self.said.as_ref() != Some(link));
                new.cloned().map(|deep_link| {
                    self.said = Some(deep_link.clone());
                    Step::OpenOnPhone { deep_link }
                })
            }
        })
    }

    /// Waits until the next look is due.
    async fn rest(&mut self) -> Result<(), Error> {
        let wait = self.due.saturating_duration_since(Instant::now());
        clock::sleep(wait.min(self.left()?)).await;
        Ok(())
    }

    /// What is left of the deadline; an error when that is nothing.
    fn left(&self) -> Result<Duration, Error> {
        let left = self.polling.deadline.saturating_sub(self.began.elapsed());
        if left.is_zero() {
            let what = "the attempt was not over within its deadline; it can be resumed by its id";
            return Err(Error::overdue(what, self.seen.as_ref(), self.requests));
        }
        Ok(left)
    }
}

/// What the API says of a code that it refuses.
fn reason(error: &ApiError) -> Option<String> {
    let field = || error.field_errors().values().flatten().next();
    let text = error.message().or(error.description());
    let text = text.or_else(|| field().map(String::as_str));
    text.or(error.error()).map(str::to_owned)
}

/// Without the link, with which anybody can finish the attempt.
impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("state", &self.state)
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}
