//! Mail folders and messages.

use serde_json::{Value, json};

use super::mailboxes::{Correspondent, exchange_id};
use super::{Ground, moment, object};
use crate::random::Random;
use crate::store::Mailbox;

/// Well-known name and the name that people see.
const FOLDERS: [(&str, &str); 7] = [
    ("inbox", "Inbox"),
    ("drafts", "Drafts"),
    ("sentitems", "Sent Items"),
    ("deleteditems", "Deleted Items"),
    ("junkemail", "Junk Email"),
    ("archive", "Archive"),
    ("outbox", "Outbox"),
];

/// Subject and text of everyday mail.
const LETTERS: [(&str, &str); 14] = [
    (
        "Delayed container at Rotterdam",
        "The vessel berths on Thursday. Please move the pick-up to Friday morning.",
    ),
    ("Updated tariff for Q1", "Attached is the new price list. It is valid from the first of January."),
    ("Re: Dock 4 is blocked", "The forklift has been repaired. Dock 4 is open again since noon."),
    ("Minutes of the operations meeting", "Three points were decided; the open ones are with Noor."),
    (
        "Driver hours this week",
        "Two drivers are close to the limit. Could you plan a second crew for Hamburg?",
    ),
    ("Invoice 20817", "The amount is right, the reference is missing. Could you send it again?"),
    ("New customer: Bergström Papper", "They start with two loads a week. Contract is in the usual folder."),
    ("Fuel cards", "The old cards stop working on Friday. Please collect the new ones at reception."),
    ("Question about the customs form", "Box 44 needs the certificate number. Where do we find it?"),
    ("Christmas party", "We have booked the old harbour hall. Please answer by the end of next week."),
    ("Truck 118 is back", "The brakes were replaced. It can be planned again from Monday."),
    ("Password of the scanner", "It does not need one any more; sign in with your badge."),
    ("Visit of the auditors", "They come on Tuesday at nine and need a quiet room."),
    ("Thank you", "That was the fastest clearance we ever had. Thanks to the whole team!"),
];

pub(crate) fn fill(
    ground: &Ground,
    random: &mut Random,
    owner: &Correspondent,
    everyone: &[Correspondent],
    mailbox: &mut Mailbox,
) {
    let root = exchange_id(random, "AAMk");
    let folders: Vec<String> = FOLDERS.iter().map(|_| exchange_id(random, "AAMk")).collect();
    for number in 0..14_usize {
        let Some((subject, text)) = random.pick(&LETTERS) else { continue };
        let Some(other) = random.pick(everyone) else { continue };
        let sent = number % 5 == 4;
        let (from, to) = if sent { (owner, other) } else { (other, owner) };
        let minutes = i64::try_from(number * 700 + random.below(600)).unwrap_or(0);
        let at = ground.now - jiff::SignedDuration::from_mins(minutes + 5);
        let folder = &folders[if sent { 2 } else { 0 }];
        mailbox.messages.push(object(message(
            ground,
            random,
            subject,
            text,
            from,
            to,
            &moment(at),
            folder,
            sent || number > 2,
        )));
    }
    for ((well_known, name), id) in FOLDERS.iter().zip(&folders) {
        let inside = |message: &&serde_json::Map<String, Value>| message["parentFolderId"] == id.as_str();
        let total = mailbox.messages.iter().filter(inside).count();
        let unread =
            mailbox.messages.iter().filter(inside).filter(|message| message["isRead"] == false).count();
        mailbox.folders.push(object(json!({
            "id": id, "displayName": name, "parentFolderId": root, "childFolderCount": 0, "unreadItemCount": unread,
            "totalItemCount": total, "sizeInBytes": total * 18_000, "isHidden": false, "_wellKnown": well_known,
        })));
    }
}

/// A `message` in Graph's shape.
#[expect(clippy::too_many_arguments, reason = "the parts of a letter")]
fn message(
    ground: &Ground,
    random: &mut Random,
    subject: &str,
    text: &str,
    from: &Correspondent,
    to: &Correspondent,
    at: &str,
    folder: &str,
    read: bool,
) -> Value {
    let person = |who: &Correspondent| json!({"emailAddress": {"name": who.name, "address": who.address}});
    let key = random.guid();
    json!({
        "id": exchange_id(random, "AAMk"),
        "createdDateTime": at,
        "lastModifiedDateTime": at,
        "changeKey": exchange_id(random, "CQAA"),
        "categories": [],
        "receivedDateTime": at,
        "sentDateTime": at,
        "hasAttachments": false,
        "internetMessageId": format!("<{key}@{}>", ground.place.domain),
        "subject": subject,
        "bodyPreview": text,
        "importance": "normal",
        "parentFolderId": folder,
        "conversationId": exchange_id(random, "AAQk"),
        "conversationIndex": null,
        "isDeliveryReceiptRequested": null,
        "isReadReceiptRequested": false,
        "isRead": read,
        "isDraft": false,
        "webLink": format!("https://outlook.office365.com/owa/?ItemID={key}&exvsurl=1&viewmodel=ReadMessageItem"),
        "inferenceClassification": "focused",
        "body": {"contentType": "html", "content": format!("<html><body><p>{text}</p><p>{}</p></body></html>", from.name)},
        "sender": person(from),
        "from": person(from),
        "toRecipients": [person(to)],
        "ccRecipients": [],
        "bccRecipients": [],
        "replyTo": [],
        "flag": {"flagStatus": "notFlagged"},
    })
}
