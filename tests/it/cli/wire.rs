//! An ear on the wire: everything that passes between Gatehouse and the practice tenant, so that a test knows every secret
//! there was.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A front that passes bytes on and keeps a copy.
pub(crate) struct Wire {
    listener: TcpListener,
    heard: Arc<Mutex<Vec<Vec<u8>>>>,
}

/// What stands before a secret in JSON, in a form, or in an address.
const BEFORE: [&str; 9] = [
    "\"refresh_token\":\"",
    "\"access_token\":\"",
    "\"id_token\":\"",
    "\"secretText\":\"",
    "refresh_token=",
    "client_secret=",
    "code_verifier=",
    "code=",
    "Bearer ",
];

impl Wire {
    pub(crate) fn new() -> Self {
        Self { listener: TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap(), heard: Arc::default() }
    }

    pub(crate) fn port(&self) -> u16 {
        self.listener.local_addr().unwrap().port()
    }

    /// Passes every connection on to `there`, from now on.
    pub(crate) fn leads_to(&self, there: SocketAddr) {
        let (listener, heard) = (self.listener.try_clone().unwrap(), Arc::clone(&self.heard));
        std::thread::spawn(move || {
            for here in listener.incoming() {
                let (Ok(here), Ok(there)) = (here, TcpStream::connect(there)) else { continue };
                for (from, to) in [(here.try_clone().unwrap(), there.try_clone().unwrap()), (there, here)] {
                    let heard = Arc::clone(&heard);
                    std::thread::spawn(move || pass(from, to, &heard));
                }
            }
        });
    }

    /// Every secret that passed: tokens, codes, verifiers, client secrets. As sent, and decoded where it was in a form.
    pub(crate) fn secrets(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for bytes in self.heard.lock().unwrap().iter() {
            let text = String::from_utf8_lossy(bytes);
            for before in BEFORE {
                for (at, _) in text.match_indices(before) {
                    let rest = &text[at + before.len()..];
                    let end = rest.find(['"', '&', '\r', '\n', ' ']).unwrap_or(rest.len());
                    let value = &rest[..end];
                    // Shorter ones are no secrets: `error_code=…`, `code=` in a description.
                    if value.len() >= 16 {
                        found.insert(value.to_owned());
                        found.insert(url_decoded(value));
                    }
                }
            }
        }
        found
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, heard: &Mutex<Vec<Vec<u8>>>) {
    let mut all = Vec::new();
    let mut piece = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut piece) {
        all.extend_from_slice(&piece[..length]);
        if to.write_all(&piece[..length]).is_err() {
            break;
        }
    }
    heard.lock().unwrap().push(all);
    let _ = to.shutdown(Shutdown::Write);
    let _ = from.shutdown(Shutdown::Read);
}

fn url_decoded(value: &str) -> String {
    let pair = format!("a={value}");
    let url = tauri::Url::parse(&format!("http://x/?{pair}")).unwrap();
    url.query_pairs().next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}
