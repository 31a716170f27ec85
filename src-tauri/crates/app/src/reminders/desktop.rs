//! Reminders as notifications on this desktop, with what their buttons do.

use std::sync::Arc;

use async_trait::async_trait;
use contract::Changed;
use watch::reminders::{Bundle, Channel, ChannelFault, ChannelKind, Delivered, ReminderId};

use crate::errors::OrExplain;
use crate::host::{Notification, NotificationAnswer};
use crate::space::OpenSpace;
use crate::{App, held};

/// The desktop that this program runs on.
pub(super) struct Desktop {
    pub(super) app: App,
    pub(super) space: Arc<OpenSpace>,
}

#[async_trait]
impl Channel for Desktop {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Desktop
    }

    async fn deliver(&self, bundle: &Bundle) -> Delivered {
        let ids: Vec<ReminderId> = bundle.items.iter().map(|due| due.reminder.id()).collect();
        let (app, space, host) =
            (self.app.clone(), Arc::clone(&self.space), Arc::clone(&self.app.0.options.host));
        let runtime = tokio::runtime::Handle::current();
        let answered: Box<dyn FnOnce(NotificationAnswer) + Send> = Box::new(move |answer| {
            runtime.spawn(async move { app.notification_answered(&space, ids, answer).await });
        });
        let notification = Notification {
            title: bundle.title(),
            body: bundle.body(),
            urgent: bundle.days_left() <= 1,
            answered: Some(answered),
        };
        match tokio::task::spawn_blocking(move || host.notify(notification)).await {
            Ok(Ok(_)) => Delivered::Shown,
            Ok(Err(_)) => Delivered::Failed { fault: ChannelFault::NoDaemon, wait: None },
            Err(_) => Delivered::Failed { fault: ChannelFault::Other, wait: None },
        }
    }
}

impl App {
    /// What somebody pressed on a notification.
    async fn notification_answered(
        &self,
        space: &OpenSpace,
        ids: Vec<ReminderId>,
        answer: NotificationAnswer,
    ) {
        let done = match answer {
            NotificationAnswer::Open | NotificationAnswer::Renew => {
                let waiting = self.what_waits(space).await;
                if let Some(show) = held(&self.0.reminding).clone() {
                    show(super::Waiting { open_window: true, ..waiting });
                }
                Ok(())
            }
            NotificationAnswer::Snooze | NotificationAnswer::Done => self.mark_all(space, &ids, answer).await,
        };
        if let Err(error) = done {
            tracing::warn!(code = ?error.code, "what was pressed on a notification could not be noted");
        }
    }

    async fn mark_all(
        &self,
        space: &OpenSpace,
        ids: &[ReminderId],
        answer: NotificationAnswer,
    ) -> crate::errors::Answer<()> {
        let ledger = self.reminder_ledger(space).await?;
        let (tomorrow, moment) = (self.nine_in_days(1), self.moment(space).await?);
        for id in ids {
            if answer == NotificationAnswer::Snooze {
                ledger.snooze(id, tomorrow, &moment).await.or_explain()?;
            } else {
                ledger.done(id, self.now()).await.or_explain()?;
            }
        }
        self.remind_again();
        self.changed(Changed::Reminders);
        Ok(())
    }
}
