//! Reminders as notifications on this desktop, with what their buttons do.

use std::sync::Arc;

use async_trait::async_trait;
use contract::Changed;
use watch::reminders::{Bundle, Channel, ChannelFault, ChannelKind, Delivered, ReminderId, Watched};

use crate::errors::OrExplain;
use crate::host::{Notification, NotificationAnswer};
use crate::space::OpenSpace;
use crate::{App, Shown, held};

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
        let ends: Vec<Arc<Watched>> =
            bundle.items.iter().map(|due| Arc::clone(&due.reminder.credential)).collect();
        let (app, space, host) =
            (self.app.clone(), Arc::clone(&self.space), Arc::clone(&self.app.0.options.host));
        let runtime = tokio::runtime::Handle::current();
        let answered: Box<dyn FnOnce(NotificationAnswer) + Send> = Box::new(move |answer| {
            runtime.spawn(async move { app.notification_answered(&space, ids, &ends, answer).await });
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
        ends: &[Arc<Watched>],
        answer: NotificationAnswer,
    ) {
        let done = match answer {
            NotificationAnswer::Open => {
                self.bring_window(space, Shown::AsItWas).await;
                Ok(())
            }
            NotificationAnswer::Renew => {
                self.bring_window(space, self.where_to_renew(space, ends)).await;
                Ok(())
            }
            NotificationAnswer::Snooze | NotificationAnswer::Done => self.mark_all(space, &ids, answer).await,
        };
        if let Err(error) = done {
            tracing::warn!(code = ?error.code, "what was pressed on a notification could not be noted");
        }
    }

    async fn bring_window(&self, space: &OpenSpace, shown: Shown) {
        let waiting = self.what_waits(space).await;
        if let Some(observer) = held(&self.0.reminding).clone() {
            observer(super::Waiting { show: Some(shown), ..waiting });
        }
    }

    /// The renewal itself where all that ends is one app's, in the organisation that the window shows; else the list.
    fn where_to_renew(&self, space: &OpenSpace, ends: &[Arc<Watched>]) -> Shown {
        let here = self.active(space).ok().map(|account| account.key.tenant_id.to_string());
        match ends {
            [first, rest @ ..]
                if here.as_deref() == Some(&first.tenant)
                    && rest.iter().all(|one| one.tenant == first.tenant && one.app_id == first.app_id) =>
            {
                Shown::Renewal { app_id: first.app_id.clone(), key_id: first.key_id.clone() }
            }
            _ => Shown::Reminders,
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
