//! Reminders in an Outlook calendar.

use contract::{AppError, ErrorCode, SignInPurpose};
use graph::UserRef;
use graph::mail::Mailbox;
use watch::reminders::calendar::{self, Outlook};
use watch::reminders::{CalendarChoice, ChannelFault, ChannelKind, Moment, Reminder, Settings};

use crate::App;
use crate::accounts::Account;
use crate::errors::{Answer, OrExplain};
use crate::plans::check_scopes;
use crate::space::OpenSpace;

impl App {
    /// Brings the calendar in step with the schedule; what stands in the way is noted in the ledger.
    pub(super) async fn keep_calendar(
        &self,
        space: &OpenSpace,
        settings: &Settings,
        reminders: &[Reminder],
        moment: &Moment,
    ) -> Answer<()> {
        let ledger = self.reminder_ledger(space).await?;
        match self.outlook(space, &settings.calendar).await {
            Ok(None) => Ok(()),
            Ok(Some(outlook)) => {
                calendar::sync(&outlook, &ledger, reminders, moment).await.or_explain().map(drop)
            }
            Err(error) => {
                let fault = if error.code == ErrorCode::Offline {
                    ChannelFault::Unreachable
                } else {
                    ChannelFault::SignIn
                };
                ledger.note(ChannelKind::Calendar, Some(fault), self.now()).await.or_explain()
            }
        }
    }

    /// The person chose another calendar, or none: what was put into the old one goes. What cannot be removed now is no
    /// reason to refuse the choice.
    pub(super) async fn leave_calendar(&self, space: &OpenSpace, before: &Settings, now: &Settings) {
        if before.calendar == now.calendar {
            return;
        }
        let Ok(Some(outlook)) = self.outlook(space, &before.calendar).await else { return };
        let Ok(ledger) = self.reminder_ledger(space).await else { return };
        if let Err(error) = calendar::clear(&outlook, &ledger, self.now()).await {
            tracing::warn!(%error, "events of the calendar that was left remain there");
        }
    }

    /// The calendar that was chosen; none for none.
    pub(super) async fn outlook(
        &self,
        space: &OpenSpace,
        choice: &CalendarChoice,
    ) -> Answer<Option<Outlook>> {
        let (purpose, shared) = match choice {
            CalendarChoice::Off => return Ok(None),
            CalendarChoice::Mine => (SignInPurpose::Calendar, None),
            CalendarChoice::Shared { address } => (SignInPurpose::SharedCalendar, Some(address)),
        };
        let account = self.calendar_account(space, purpose)?;
        let session = self.session(space, &account).await?;
        let address = shared.unwrap_or(&account.upn).to_lowercase();
        let mailbox = match shared {
            None => Mailbox::Mine,
            Some(address) => Mailbox::Of(UserRef::new(address).map_err(|_| {
                AppError::new(ErrorCode::AnswersNeedAttention)
                    .because("A mailbox has an address like team@contoso.com.")
            })?),
        };
        Ok(Some(Outlook {
            client: session.graph.clone(),
            mailbox,
            address,
            tenant: account.key.tenant_id.to_string(),
        }))
    }

    /// Whoever is signed in for calendars: the active person before others.
    fn calendar_account(&self, space: &OpenSpace, purpose: SignInPurpose) -> Answer<Account> {
        let active = self.active(space)?;
        if active.covers(purpose) {
            return Ok(active);
        }
        let other =
            self.accounts(space).into_iter().find(|account| !account.bootstrap && account.covers(purpose));
        match other {
            Some(account) => Ok(account),
            None => check_scopes(&active, &[purpose]).map(|()| active),
        }
    }
}
