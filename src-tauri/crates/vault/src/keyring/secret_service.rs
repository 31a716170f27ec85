//! A look at the Secret Service that neither prompts nor waits long.
//!
//! <https://specifications.freedesktop.org/secret-service-spec/latest/>: `ReadAlias` answers `/` where there is no default
//! collection, and a collection has a `Locked` property. Both can be asked while it is locked.

use std::io::ErrorKind;
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::OwnedObjectPath;

use super::Availability;
use crate::status::AbsentReason;

/// For each of the calls. A service that is only now being started takes tens of milliseconds.
const PATIENCE: Duration = Duration::from_millis(1_200);
const SERVICE: &str = "org.freedesktop.secrets";

pub(super) fn look() -> Availability {
    let Ok(connection) = Builder::session().and_then(|bus| bus.method_timeout(PATIENCE).build()) else {
        return Availability::Absent(AbsentReason::NoService);
    };
    match default_collection_is_locked(&connection) {
        Ok(Some(false)) => Availability::Open,
        Ok(Some(true)) => Availability::Locked,
        Ok(None) => Availability::Absent(AbsentReason::NoCollection),
        Err(error) => explain(&error),
    }
}

fn default_collection_is_locked(connection: &Connection) -> zbus::Result<Option<bool>> {
    let service =
        Proxy::new(connection, SERVICE, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service")?;
    let path: OwnedObjectPath = service.call("ReadAlias", &"default")?;
    if path.as_str() == "/" {
        return Ok(None);
    }
    let collection = Proxy::new(connection, SERVICE, path, "org.freedesktop.DBus.Properties")?;
    let locked: zbus::zvariant::OwnedValue =
        collection.call("Get", &("org.freedesktop.Secret.Collection", "Locked"))?;
    Ok(Some(bool::try_from(locked)?))
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
