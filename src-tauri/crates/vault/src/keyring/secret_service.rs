//! Looking at the Secret Service without waking its prompt, and waking it in a way that can be given up.
//!
//! <https://specifications.freedesktop.org/secret-service-spec/latest/>: `ReadAlias` answers `/` where there is no default
//! collection, and a collection has a `Locked` property; both can be asked while it is locked. `Unlock` answers with a
//! prompt that reports its end in a signal. The `keyring` crate would wait for that signal for ever, with a lock held.

use std::io::ErrorKind;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{OwnedObjectPath, OwnedValue};

use super::{Availability, StoreError};
use crate::status::AbsentReason;

/// For each of the calls. A service that is only now being started takes tens of milliseconds.
const PATIENCE: Duration = Duration::from_millis(1_200);
/// How often to see whether the collection was unlocked elsewhere while the prompt is open.
const GLANCE: Duration = Duration::from_millis(250);
/// How many glances a prompt is left open for: two minutes.
const GLANCES: u32 = 480;

const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";

/// What state the default collection is in.
pub(super) fn look() -> Availability {
    let Some(connection) = connect() else {
        return Availability::Absent(AbsentReason::NoService);
    };
    match default_collection(&connection)
        .and_then(|path| path.map(|path| is_locked(&connection, &path)).transpose())
    {
        Ok(Some(false)) => Availability::Open,
        Ok(Some(true)) => Availability::Locked,
        Ok(None) => Availability::Absent(AbsentReason::NoCollection),
        Err(error) => explain(&error),
    }
}

/// Shows the keyring's own prompt, and waits until the person answers it, unlocks the keyring in another way, or leaves
/// it alone for two minutes.
pub(super) fn unlock() -> Result<(), StoreError> {
    let connection = connect().ok_or(StoreError::Absent(AbsentReason::NoService))?;
    let outcome = prompt_for_default_collection(&connection);
    // Ends the thread that listens for the signal.
    let _ = connection.close();
    match outcome {
        Ok(true) => Ok(()),
        Ok(false) => Err(StoreError::Locked),
        Err(error) => Err(match explain(&error) {
            Availability::Absent(reason) => StoreError::Absent(reason),
            Availability::Open | Availability::Locked | Availability::NotAnswering => {
                StoreError::NotAnswering
            }
        }),
    }
}

fn prompt_for_default_collection(connection: &Connection) -> zbus::Result<bool> {
    let Some(collection) = default_collection(connection)? else { return Ok(false) };
    let service = Proxy::new(connection, SERVICE, ROOT, "org.freedesktop.Secret.Service")?;
    let (unlocked, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) =
        service.call("Unlock", &(vec![&collection],))?;
    if prompt.as_str() == "/" {
        return Ok(unlocked.contains(&collection));
    }
    let prompt = Proxy::new(connection, SERVICE, prompt, "org.freedesktop.Secret.Prompt")?;
    let dismissed = listen_for_end(&prompt)?;
    // No window is named: the webview's id means nothing to the prompt.
    prompt.call::<_, _, ()>("Prompt", &"")?;
    for _ in 0..GLANCES {
        match dismissed.recv_timeout(GLANCE) {
            Ok(dismissed) => return Ok(!dismissed),
            Err(RecvTimeoutError::Timeout) if !is_locked(connection, &collection)? => return Ok(true),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(false),
        }
    }
    prompt.call::<_, _, ()>("Dismiss", &())?;
    Ok(false)
}

/// Listens on a thread, because a blocking signal iterator waits without end.
fn listen_for_end(prompt: &Proxy<'_>) -> zbus::Result<Receiver<bool>> {
    let mut signals = prompt.receive_signal("Completed")?;
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new().name("vault-prompt".to_owned()).spawn(move || {
        if let Some(signal) = signals.next() {
            let ended: zbus::Result<(bool, OwnedValue)> = signal.body().deserialize();
            // A signal that makes no sense counts as dismissed: the key is not there.
            let _ = sender.send(ended.map_or(true, |(dismissed, _)| dismissed));
        }
    })?;
    Ok(receiver)
}

fn connect() -> Option<Connection> {
    Builder::session().and_then(|bus| bus.method_timeout(PATIENCE).build()).ok()
}

fn default_collection(connection: &Connection) -> zbus::Result<Option<OwnedObjectPath>> {
    let service = Proxy::new(connection, SERVICE, ROOT, "org.freedesktop.Secret.Service")?;
    let path: OwnedObjectPath = service.call("ReadAlias", &"default")?;
    Ok((path.as_str() != "/").then_some(path))
}

fn is_locked(connection: &Connection, collection: &OwnedObjectPath) -> zbus::Result<bool> {
    let properties = Proxy::new(connection, SERVICE, collection, "org.freedesktop.DBus.Properties")?;
    let locked: OwnedValue = properties.call("Get", &("org.freedesktop.Secret.Collection", "Locked"))?;
    Ok(bool::try_from(locked)?)
}

/// Where nothing owns the name and nothing can be started for it, there is no keyring. Everything else means that there
/// is one which is in no state to answer.
fn explain(error: &zbus::Error) -> Availability {
    const NOBODY: [&str; 3] = [
        "org.freedesktop.DBus.Error.ServiceUnknown",
        "org.freedesktop.DBus.Error.NameHasNoOwner",
        "org.freedesktop.DBus.Error.AccessDenied",
    ];
    match error {
        zbus::Error::MethodError(name, ..) if NOBODY.contains(&name.as_str()) => {
            Availability::Absent(AbsentReason::NoService)
        }
        zbus::Error::InputOutput(io) if io.kind() != ErrorKind::TimedOut => {
            Availability::Absent(AbsentReason::NoService)
        }
        _ => Availability::NotAnswering,
    }
}
