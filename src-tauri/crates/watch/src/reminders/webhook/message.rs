//! What a message says, in either form.

use serde_json::{Value, json};

use super::Form;
use crate::reminders::watched::titled;
use crate::reminders::{Bundle, Due};

/// Reminders that a plain message names. A hundred are about 30 KB.
const LISTED: usize = 100;

/// The message of a bundle.
pub(super) fn of(form: Form, bundle: &Bundle) -> Value {
    match form {
        Form::Teams => {
            let mut lines = bundle.lines();
            lines.extend(bundle.caution());
            card(&bundle.title(), &lines)
        }
        Form::Plain => plain(bundle),
    }
}

/// A message that says that it is a trial.
pub(super) fn trial(form: Form, practice: bool) -> Value {
    let title = &titled(practice, "A trial reminder from Gatehouse".to_owned());
    let text = "If you can read this, reminders arrive here.";
    match form {
        Form::Teams => card(title, &[text.to_owned()]),
        Form::Plain => json!({
            "format": 1, "source": "gatehouse", "kind": "trial", "title": title, "text": text, "practice": practice,
            "reminders": [],
        }),
    }
}

/// Runs of text, not text blocks: those would read Markdown, and an app could be named like a link.
/// <https://learn.microsoft.com/adaptive-cards/schema-explorer/rich-text-block>
fn card(title: &str, lines: &[String]) -> Value {
    let run = |text: &str| json!({ "type": "TextRun", "text": text });
    let mut body = vec![json!({
        "type": "RichTextBlock",
        "inlines": [{ "type": "TextRun", "text": title, "weight": "Bolder", "size": "Medium" }],
    })];
    body.extend(
        lines
            .iter()
            .map(|line| json!({ "type": "RichTextBlock", "spacing": "Small", "inlines": [run(line)] })),
    );
    json!({
        "type": "message",
        "summary": title,
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "contentUrl": null,
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "fallbackText": title,
                "msteams": { "width": "Full" },
                "body": body,
            },
        }],
    })
}

fn plain(bundle: &Bundle) -> Value {
    let one = |due: &Due| {
        let credential = &due.reminder.credential;
        json!({
            "id": due.reminder.id(),
            "tenantId": credential.tenant,
            "practice": credential.practice,
            "appId": credential.app_id,
            "appName": credential.app_name,
            "keyId": credential.key_id,
            "kind": credential.kind,
            "name": credential.name,
            "endsAt": credential.ends,
            "daysLeft": due.reminder.days_left(bundle.now, &bundle.zone),
            "missed": due.missed,
        })
    };
    json!({
        "format": 1,
        "source": "gatehouse",
        "kind": "reminder",
        "id": bundle.id,
        "title": bundle.title(),
        "text": bundle.body(),
        "knownAt": bundle.known_at,
        "total": bundle.items.len(),
        "reminders": bundle.items.iter().take(LISTED).map(one).collect::<Vec<_>>(),
    })
}
