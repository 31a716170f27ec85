//! A person's own account: as little as shows the person that a connection works.
//! <https://learn.microsoft.com/graph/api/resources/users>

use jiff::Timestamp;

use crate::mail::Mailbox;
use crate::paging::{Page, page};
use crate::path::Path;
use crate::reply::{Reply, Unreadable, json};
use crate::request::Request;
use crate::resources::{Contact, Event, MailFolder};

/// The largest picture that is taken, in bytes. Graph scales pictures down to 648 pixels, far below that.
const LARGEST_PICTURE: usize = 256 * 1024;

/// The next entries of the calendar from this moment on, recurring ones included, at most `most`.
/// <https://learn.microsoft.com/graph/api/user-list-calendarview>
#[must_use]
pub fn next_events(from: Timestamp, to: Timestamp, most: u8) -> Request<Page<Event>> {
    Request::get(Mailbox::Mine.path().then("calendarView"), page)
        .query("startDateTime", from.to_string())
        .query("endDateTime", to.to_string())
        .select(&["id", "subject", "start", "end", "isAllDay"])
        .query("$orderby", "start/dateTime")
        .query("$top", most.to_string())
}

/// The inbox with its number of unread mails, and no mail.
/// <https://learn.microsoft.com/graph/api/mailfolder-get>
#[must_use]
pub fn inbox() -> Request<MailFolder> {
    Request::get(Mailbox::Mine.path().then("mailFolders").then("inbox"), json).select(&[
        "id",
        "displayName",
        "totalItemCount",
        "unreadItemCount",
    ])
}

/// Some contacts by their names, at most `most`.
/// <https://learn.microsoft.com/graph/api/user-list-contacts>
#[must_use]
pub fn contacts(most: u8) -> Request<Page<Contact>> {
    Request::get(Mailbox::Mine.path().then("contacts"), page)
        .select(&["id", "displayName"])
        .query("$top", most.to_string())
}

/// A picture, as bytes of a kind that is known.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// `image/jpeg` or `image/png`, by what the bytes are and not by what the server calls them.
    pub media_type: &'static str,
    /// The picture.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}, {} bytes)", self.media_type, self.bytes.len())
    }
}

/// The person's picture; `None` when what comes is no picture. Not found when there is none.
/// <https://learn.microsoft.com/graph/api/profilephoto-get>
#[must_use]
pub fn picture() -> Request<Option<Picture>> {
    Request::get(Path::new("me").then("photo").then("$value"), read_picture)
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of every reader")]
fn read_picture(reply: &Reply) -> Result<Option<Picture>, Unreadable> {
    let media_type = match reply.body.as_slice() {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => "image/png",
        _ => return Ok(None),
    };
    let fits = reply.body.len() <= LARGEST_PICTURE;
    Ok(fits.then(|| Picture { media_type, bytes: reply.body.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: Vec<u8>) -> Option<Picture> {
        read_picture(&Reply { status: 200, headers: reqwest::header::HeaderMap::new(), body }).unwrap()
    }

    #[test]
    fn a_picture_is_what_its_bytes_are() {
        assert_eq!(read(vec![0xff, 0xd8, 0xff, 0xe0]).unwrap().media_type, "image/jpeg");
        assert_eq!(read(b"\x89PNG\r\n\x1a\nrest".to_vec()).unwrap().media_type, "image/png");
        for other in [&b"<svg onload=alert(1)>"[..], b"", b"GIF89a", b"\xff\xd8"] {
            assert_eq!(read(other.to_vec()), None);
        }
    }

    #[test]
    fn a_picture_beyond_all_measure_is_left_out() {
        let mut large = vec![0; LARGEST_PICTURE + 1];
        large[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
        assert_eq!(read(large.clone()), None);
        large.pop();
        assert_eq!(format!("{:?}", read(large).unwrap()), "Picture(image/jpeg, 262144 bytes)");
    }
}
