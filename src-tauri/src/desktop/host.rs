//! What the use-cases need from this computer: its clock, its browser, its clipboard.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use app::scheduler::{Entry, System, ThisComputer};
use app::{Host, HostError, Noted, Notification};
use arboard::Clipboard;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};

use super::Tray;
use super::notifications::Notifications;

/// The host of a desktop session.
pub(crate) fn new() -> Arc<dyn Host> {
    Arc::new(DesktopHost { clipboard: start_clipboard(), notifications: Notifications::default() })
}

struct DesktopHost {
    clipboard: Sender<Copy>,
    notifications: Notifications,
}

struct Copy {
    text: SecretString,
    clear_after: Option<Duration>,
    done: Sender<Result<(), HostError>>,
}

impl Host for DesktopHost {
    #[expect(clippy::disallowed_methods, reason = "the one place where the app reads real time")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn copy(&self, text: SecretString, clear_after: Option<Duration>) -> Result<(), HostError> {
        let (done, answer) = channel();
        self.clipboard.send(Copy { text, clear_after, done }).map_err(|_| HostError::ClipboardAbsent)?;
        answer.recv_timeout(Duration::from_secs(2)).map_err(|_| HostError::ClipboardAbsent)?
    }

    fn clear_clipboard(&self) {
        let (done, answer) = channel();
        let nothing = Copy { text: SecretString::from(""), clear_after: Some(Duration::ZERO), done };
        if self.clipboard.send(nothing).is_ok() {
            let _ = answer.recv_timeout(Duration::from_secs(1));
        }
    }

    fn notify(&self, notification: Notification) -> Result<Noted, HostError> {
        self.notifications.show(notification)
    }

    fn tray(&self) -> (bool, &'static str) {
        Tray::stands()
    }

    fn starts(&self) -> Option<(Arc<dyn System>, Entry)> {
        let home = std::env::var_os("GATEHOUSE_HOME").and_then(|home| home.into_string().ok());
        let environment = home.map(|home| ("GATEHOUSE_HOME".to_owned(), home)).into_iter().collect();
        let entry = Entry { program: std::env::current_exe().ok()?, arguments: Vec::new(), environment };
        Some((Arc::new(ThisComputer::new(crate::paths::of_system()?)), entry))
    }
}

/// One thread owns the clipboard: on Linux the owner must stay alive for others to paste.
fn start_clipboard() -> Sender<Copy> {
    let (sender, receiver) = channel();
    let spawned = std::thread::Builder::new().name("clipboard".into()).spawn(move || serve(&receiver));
    if let Err(error) = spawned {
        tracing::warn!(%error, "no thread for the clipboard");
    }
    sender
}

fn serve(requests: &Receiver<Copy>) {
    let mut clipboard: Option<Clipboard> = None;
    let mut held: Option<(SecretString, Instant)> = None;
    loop {
        let request = match &held {
            Some((_, until)) => requests.recv_timeout(until.saturating_duration_since(Instant::now())),
            None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match request {
            Ok(copy) if copy.text.expose_secret().is_empty() => {
                forget(clipboard.as_mut(), held.take());
                let _ = copy.done.send(Ok(()));
            }
            Ok(copy) => {
                if clipboard.is_none() {
                    clipboard = Clipboard::new().ok();
                }
                let result = clipboard.as_mut().ok_or(HostError::ClipboardAbsent).and_then(|clipboard| {
                    put(clipboard, copy.text.expose_secret(), copy.clear_after.is_some())
                });
                if let Some(after) = copy.clear_after.filter(|_| result.is_ok()) {
                    held = Some((copy.text, Instant::now() + after));
                }
                let _ = copy.done.send(result);
            }
            Err(RecvTimeoutError::Timeout) => forget(clipboard.as_mut(), held.take()),
            Err(RecvTimeoutError::Disconnected) => {
                forget(clipboard.as_mut(), held.take());
                return;
            }
        }
    }
}

/// Secrets are kept out of clipboard histories where the system lets us ask for that.
fn put(clipboard: &mut Clipboard, text: &str, secret: bool) -> Result<(), HostError> {
    let set = clipboard.set();
    #[cfg(target_os = "linux")]
    let set = if secret { arboard::SetExtLinux::exclude_from_history(set) } else { set };
    #[cfg(target_os = "macos")]
    let set = if secret { arboard::SetExtApple::exclude_from_history(set) } else { set };
    #[cfg(windows)]
    let set = if secret {
        use arboard::SetExtWindows;
        set.exclude_from_monitoring().exclude_from_cloud().exclude_from_history()
    } else {
        set
    };
    set.text(text).map_err(|_| HostError::ClipboardAbsent)
}

/// Clears the clipboard if it still holds our value.
fn forget(clipboard: Option<&mut Clipboard>, held: Option<(SecretString, Instant)>) {
    let (Some(clipboard), Some((ours, _))) = (clipboard, held) else { return };
    if clipboard.get_text().is_ok_and(|now| now == ours.expose_secret()) {
        let _ = clipboard.clear();
    }
}
