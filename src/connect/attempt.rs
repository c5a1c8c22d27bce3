//! An attempt that is under way.

use std::time::Duration;

use super::step::Status;
use super::{AttemptKind, Polling, Step};
use crate::runtime::Response;
use crate::runtime::clock::{self, Instant};
use crate::types::{PollAuthenticationStatusResponse, Submit2faBody};
use crate::{Client, Error, Secret};

/// How many looks in a row may fail for a reason that may pass, each with its own repetitions.
const FAILURES: u32 = 3;
/// How many looks may show that a code is wanted after one was handed in, before that means that it was wrong.
const STALE: u32 = 3;

/// An attempt to connect an account, from [`Connect::start`](super::Connect::start) or [`Client::resume`].
///
/// Dropping it stops looking at it; the attempt itself goes on, and [`id`](Self::id) brings it back.
#[derive(Debug)]
pub struct Attempt<'a> {
    client: &'a Client,
    id: String,
    kind: AttemptKind,
    polling: Polling,
    began: Instant,
    /// A link that was not said yet, and the last that was.
    link: Option<String>,
    said: Option<String>,
    /// What was handed in and is not answered by the status yet.
    pending: Option<Pending>,
    refused: bool,
    looks: u32,
    last: Option<String>,
    progress: Option<String>,
}

/// Something was handed in. The status may show for a while that it is still wanted.
#[derive(Debug)]
struct Pending {
    selfie: bool,
    looks: u32,
}

impl<'a> Attempt<'a> {
    pub(super) fn new(
        client: &'a Client,
        id: String,
        kind: AttemptKind,
        link: Option<String>,
    ) -> Self {
        Self {
            client,
            id,
            kind,
            polling: Polling::default(),
            began: Instant::now(),
            link,
            said: None,
            pending: None,
            refused: false,
            looks: 0,
            last: None,
            progress: None,
        }
    }

    /// Sets how often the attempt is looked at, and for how long from now on.
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
    /// * With [`Error::is_attempt_failed`] when the attempt failed; [`Error::api`] has the vendor's code and message.
    /// * With [`Error::is_timeout`] when the deadline is over.
    /// * When a look fails for a reason that does not pass, or several times in a row for one that may. The attempt can
    ///   be looked at again.
    pub async fn next(&mut self) -> Result<Step, Error> {
        if let Some(deep_link) = self.link.take() {
            self.said = Some(deep_link.clone());
            return Ok(Step::OpenOnPhone { deep_link });
        }
        let mut failures = 0;
        loop {
            let left = self.left()?;
            let poll = self.client.poll_authentication_status(&self.id);
            let answer = match poll.customize().deadline(left).send().await {
                Ok(answer) => answer,
                Err(error) if error.is_retryable() && failures < FAILURES => {
                    failures += 1;
                    self.rest().await?;
                    continue;
                }
                Err(error) => return Err(error),
            };
            failures = 0;
            if let Some(step) = self.read(&answer)? {
                return Ok(step);
            }
            self.rest().await?;
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
        let body = Submit2faBody::new().code(code);
        match self.client.submit_2fa(&self.id, body).send().await {
            Ok(_) => self.handed_in(false),
            Err(error)
                if matches!(
                    error.status().map(|status| status.as_u16()),
                    Some(400 | 422)
                ) =>
            {
                self.refused = true;
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Says that the creator has verified with a selfie. Go on with [`next`](Self::next).
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn selfie_done(&mut self) -> Result<(), Error> {
        let body = Submit2faBody::new().selfie_verification_completed(true);
        self.client.submit_2fa(&self.id, body).send().await?;
        self.handed_in(true);
        Ok(())
    }

    /// Sends the creator an e-mail, to the address used for OnlyFans, with which the login can be verified on the
    /// creator's own device.
    ///
    /// # Errors
    ///
    /// When the call fails; with [`Error::api`] when the API answers that it was no success.
    pub async fn email_creator(&mut self) -> Result<(), Error> {
        let answer = self
            .client
            .send_2fa_email_to_creator(&self.id)
            .send()
            .await?;
        if answer.success == Some(false) {
            return Err(answer.refused(None, answer.message.clone()));
        }
        Ok(())
    }

    fn handed_in(&mut self, selfie: bool) {
        self.pending = Some(Pending { selfie, looks: 0 });
        self.looks = 0;
    }

    /// What an answer means for the caller; `None` while there is nothing to say.
    fn read(
        &mut self,
        answer: &Response<PollAuthenticationStatusResponse>,
    ) -> Result<Option<Step>, Error> {
        let mark = format!("{:?}{:?}", answer.state, answer.progress);
        if self.last.as_ref() != Some(&mark) {
            self.last = Some(mark);
            self.looks = 0;
        }
        self.progress = answer.progress.clone();
        let status = Status::of(answer);
        // What was handed in is dealt with once something else, or nothing, is wanted.
        let same = match (&self.pending, &status) {
            (Some(pending), Status::Selfie(_)) => pending.selfie,
            (Some(pending), Status::Code { .. }) => !pending.selfie,
            _ => false,
        };
        let stale = match &mut self.pending {
            Some(pending) if same => {
                pending.looks += 1;
                pending.looks <= STALE
            }
            _ => false,
        };
        if stale {
            return Ok(None);
        }
        Ok(match status {
            Status::Selfie(url) => {
                self.pending = None;
                Some(Step::NeedsSelfie { url })
            }
            Status::Code { hint, from_app } => {
                let again = self.pending.take().is_some_and(|pending| !pending.selfie)
                    || std::mem::take(&mut self.refused);
                Some(Step::NeedsCode {
                    hint,
                    from_app,
                    again,
                })
            }
            Status::Connected => Some(Step::Connected(answer.account.clone().unwrap_or_default())),
            Status::Failed => {
                let attempt = answer.last_attempt.as_ref();
                let code = attempt.and_then(|attempt| attempt.error_code.clone());
                let message = attempt.and_then(|attempt| attempt.error_message.clone());
                return Err(answer.refused(code, message));
            }
            Status::Pending => {
                if let Some(pending) = &mut self.pending {
                    // It moved: whatever is wanted next is wanted anew.
                    pending.looks = STALE;
                }
                let link = answer.mobile_auth_session_deeplink.as_ref();
                let new = link.filter(|link| !link.is_empty() && self.said.as_ref() != Some(link));
                new.cloned().map(|deep_link| {
                    self.said = Some(deep_link.clone());
                    Step::OpenOnPhone { deep_link }
                })
            }
        })
    }

    /// Waits until the next look is due.
    async fn rest(&mut self) -> Result<(), Error> {
        let wait = self.polling.wait(self.looks).min(self.left()?);
        self.looks = self.looks.saturating_add(1);
        clock::sleep(wait).await;
        Ok(())
    }

    /// What is left of the deadline; an error when that is nothing.
    fn left(&self) -> Result<Duration, Error> {
        let left = self.polling.deadline.saturating_sub(self.began.elapsed());
        if left.is_zero() {
            return Err(Error::overdue(
                "the attempt was not over within its deadline; it can be resumed by its id",
            ));
        }
        Ok(left)
    }
}
