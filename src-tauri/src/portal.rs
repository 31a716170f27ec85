//! A desktop portal that does not answer must not hold up the window (Linux).
//!
//! Where no session manager of GNOME or Xfce runs, GTK 3 asks `org.freedesktop.portal.Inhibit` for its properties while its
//! application object registers (`gtk_application_impl_dbus_startup`), on the main thread and with D-Bus's patience of 25
//! seconds; no setting turns that off, and neither does any variable that names the portal. So the same question is asked here
//! first, beside what has to be done anyway. After [`PATIENCE`] without an answer the program starts itself again with the
//! session bus behind an address that nothing listens at yet. GTK does without a bus that it cannot reach; as soon as it has
//! registered, the address is made to lead to the real bus ([`Hidden::reveal`]): the keyring, the browser and everything later
//! find it where their environment says.

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::{DirBuilderExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use zbus::Address;
use zbus::address::Transport;
use zbus::address::transport::{Unix, UnixSocket};
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};

/// How long the portal may take. One that has to be started first takes up to a few hundred milliseconds.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long the bus may take to say where screen readers listen.
const ACCESSIBILITY_PATIENCE: Duration = Duration::from_millis(200);

const BUS: &str = "DBUS_SESSION_BUS_ADDRESS";
/// Where the real bus is, for the second start.
const REAL_BUS: &str = "GATEHOUSE_SESSION_BUS";
/// With it, GTK need not ask the session bus for the screen reader's.
const ACCESSIBILITY_BUS: &str = "AT_SPI_BUS_ADDRESS";

/// A question to the portal that is under way.
pub(crate) enum Question {
    /// This is the second start: the portal stayed silent at the first.
    Settled(Hidden),
    /// The answer comes through the channel.
    Asked(Receiver<()>, Instant),
}

/// Asks the portal, on a thread.
pub(crate) fn ask() -> Question {
    if let Some(hidden) = Hidden::from_environment() {
        return Question::Settled(hidden);
    }
    let (done, answered) = channel();
    // Without a thread nothing comes back, which counts as silence.
    let _ = std::thread::Builder::new().name("portal".into()).spawn(move || {
        if !is_silent() {
            let _ = done.send(());
        }
    });
    Question::Asked(answered, Instant::now())
}

impl Question {
    /// Goes on at once when the portal has answered. When it stays silent, this process starts again with the bus hidden;
    /// where that cannot be done, it goes on and GTK waits.
    pub(crate) fn settle(self) -> Option<Hidden> {
        let (answered, asked) = match self {
            Self::Settled(hidden) => return Some(hidden),
            Self::Asked(answered, asked) => (answered, asked),
        };
        if answered.recv_timeout(PATIENCE.saturating_sub(asked.elapsed())).is_err() {
            let error = begin_again();
            tracing::warn!(%error, "the desktop portal does not answer, and the window waits for it");
        }
        None
    }
}

/// Whether GTK would wait. An error is an answer too, and a bus that cannot be reached keeps nobody waiting.
fn is_silent() -> bool {
    let Some(bus) = connect(PATIENCE) else { return false };
    let asked = Proxy::new(
        &bus,
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.DBus.Properties",
    )
    .and_then(|portal| portal.call_method("GetAll", &"org.freedesktop.portal.Inhibit"));
    matches!(asked, Err(zbus::Error::InputOutput(error)) if error.kind() == io::ErrorKind::TimedOut)
}

fn connect(patience: Duration) -> Option<Connection> {
    Builder::session().and_then(|bus| bus.method_timeout(patience).build()).ok()
}

/// Starts this program again, in this process. Comes back only with the reason why it could not.
fn begin_again() -> io::Error {
    let prepared = bus_socket().and_then(|real| Ok((hiding_place()?, real, std::env::current_exe()?)));
    let (place, real, program) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => return error,
    };
    let mut again = Command::new(program);
    let hidden = Address::from(Transport::Unix(Unix::new(UnixSocket::File(place.join("bus")))));
    again.args(std::env::args_os().skip(1)).env(BUS, hidden.to_string()).env(REAL_BUS, real);
    if let Some(address) = accessibility_bus() {
        again.env(ACCESSIBILITY_BUS, address);
    }
    let error = again.exec();
    let _ = std::fs::remove_dir(place);
    error
}

/// The socket that the environment names. Only one in the file system can be reached through a link.
fn bus_socket() -> io::Result<PathBuf> {
    let address = Address::session().map_err(io::Error::other)?;
    match address.transport() {
        Transport::Unix(unix) => match unix.path() {
            UnixSocket::File(path) => Ok(path.clone()),
            _ => Err(io::Error::other("the session bus is not a file")),
        },
        _ => Err(io::Error::other("the session bus is not a Unix socket")),
    }
}

/// A new folder that nobody else can look into.
fn hiding_place() -> io::Result<PathBuf> {
    let base = std::env::var_os("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute() && folder.is_dir())
        .unwrap_or_else(std::env::temp_dir);
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for attempt in 0..16 {
        let place = base.join(format!("gatehouse-bus-{}-{attempt}", std::process::id()));
        match DirBuilder::new().mode(0o700).create(&place) {
            Ok(()) => return Ok(place),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn accessibility_bus() -> Option<String> {
    if std::env::var_os(ACCESSIBILITY_BUS).is_some() {
        return None;
    }
    let bus = connect(ACCESSIBILITY_PATIENCE)?;
    let service = Proxy::new(&bus, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus").ok()?;
    service.call::<_, _, String>("GetAddress", &()).ok().filter(|address| !address.is_empty())
}

/// The session bus of a second start: not yet where the environment says.
#[derive(Debug)]
pub(crate) struct Hidden {
    real: PathBuf,
    link: PathBuf,
}

impl Hidden {
    /// What a first start left in the environment. A program that was started by such a process inherits the same words, but
    /// for it the link is there already.
    fn from_environment() -> Option<Self> {
        let real = PathBuf::from(std::env::var_os(REAL_BUS)?);
        let link = bus_socket().ok()?;
        (!link.exists()).then_some(Self { real, link })
    }

    /// Makes the bus reachable. To be called once GTK has registered.
    pub(crate) fn reveal(self) -> Revealed {
        if let Err(error) = symlink(&self.real, &self.link) {
            tracing::warn!(%error, "the session bus cannot be reached");
        }
        Revealed(self.link)
    }
}

/// The link to the bus.
#[derive(Debug)]
pub(crate) struct Revealed(PathBuf);

impl Revealed {
    /// Leaves nothing behind. Children that outlive the window have connected long before.
    pub(crate) fn remove(&self) {
        let _ = std::fs::remove_file(&self.0);
        let _ = self.0.parent().map_or(Ok(()), std::fs::remove_dir);
    }
}
