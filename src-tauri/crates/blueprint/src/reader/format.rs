//! Version 1 of the format, field by field. The types in `connector` are the same thing for the program; a test with a
//! file that uses every field holds the two together.

use super::shape::{Field, Format, Shape, line, list, may, must, text};

const ID: Shape = text(40, Format::Id);
const SENTENCE: Shape = line(400);
const LABEL: Shape = line(80);
const PLACE: Shape = list(&LABEL, 10);
const IDS: Shape = list(&ID, 30);
const WHEN: Shape = Shape::Table(&[
    may("features", IDS, "Holds when one of these features is chosen."),
    may("environments", IDS, "Holds for these environments."),
    may("input", ID, "Together with `is`: a choice that was asked for earlier."),
    may("is", list(&LABEL, 20), "The answers for which it holds."),
]);
const KIND: Shape = Shape::OneOf(&["application", "delegated"]);
const RESOURCE: Shape = line(80);
const PERMISSION_NAME: Shape = text(120, Format::Name);
const MONTHS: Shape = Shape::Whole { min: 1, max: 24 };

/// The whole file.
pub(super) const CONNECTOR: Shape = Shape::Table(&[
    must("format", Shape::Whole { min: 1, max: 1 }, "The version of the format: 1."),
    must("id", ID, "Stable name, in lower case with hyphens."),
    must("version", text(20, Format::Version), "Version of the content, such as 1.0.0."),
    must("vendor", LABEL, "Who makes the product."),
    must("product", LABEL, "The product, as its vendor writes it."),
    must("name", LABEL, "What the connector is called in the gallery."),
    must("summary", line(160), "One sentence for the gallery."),
    must("purpose", line(600), "What a person gets from it, in two or three sentences."),
    may(
        "legacy",
        SENTENCE,
        "When the guide's way is being retired: what happened, and what takes its place.",
    ),
    may("replaced_by", ID, "The connector that takes its place."),
    may("guide", text(300, Format::Link), "The vendor's own guide."),
    may("features", list(&FEATURE, 30), "What can be chosen."),
    may("environments", list(&ENVIRONMENT, 10), "Worlds of the product that need a registration each."),
    may("inputs", list(&INPUT, 30), "What is asked, in order."),
    may("registrations", list(&REGISTRATION, 10), "The app registrations."),
    may("accounts", list(&ACCOUNT, 5), "Accounts that the product signs in with."),
    may("settings", list(&SETTING, 5), "Settings of the organisation that the product depends on."),
    may("proofs", list(&PROOF, 30), "What is tried afterwards."),
    may("hand_over", list(&SECTION, 10), "The vendor's forms, field by field."),
    may("follow_ups", list(&FOLLOW_UP, 20), "What only a person can do, elsewhere."),
]);

const FEATURE: Shape = Shape::Table(&[
    must("id", ID, "Stable name inside the connector."),
    must("name", LABEL, "The vendor's name for it."),
    must("summary", SENTENCE, "What it does for people."),
    may("default", Shape::Flag, "Whether it is chosen to begin with."),
    may("unavailable", SENTENCE, "Why it cannot be chosen, and what to do instead."),
]);

const ENVIRONMENT: Shape = Shape::Table(&[
    must("id", ID, "Stable name inside the connector."),
    must("name", LABEL, "What the vendor calls it."),
    may("default", Shape::Flag, "Whether it is chosen to begin with."),
]);

const INPUT: Shape = Shape::Table(&[
    must("id", ID, "Stable name; `{id}` stands for the answer in templates."),
    must(
        "kind",
        Shape::OneOf(&[
            "mailbox",
            "email",
            "domain",
            "verified-domain",
            "host-label",
            "url",
            "number",
            "choice",
            "text",
            "certificate",
            "service-account",
            "licence",
            "country",
        ]),
        "What kind of answer is wanted.",
    ),
    must("label", LABEL, "The question's label."),
    must("help", SENTENCE, "What it is for."),
    may("required", Shape::Flag, "Whether it must be answered; yes, when left out."),
    may("multiple", Shape::Flag, "Whether several answers are possible."),
    may("example", LABEL, "An answer that shows the shape."),
    may("default", LABEL, "The answer to begin with."),
    may("choices", list(&CHOICE, 20), "With kind `choice`: the possible answers."),
    may("characters", text(60, Format::Characters), "The characters that are allowed, as in `a-z0-9-`."),
    may("min", Shape::Whole { min: 0, max: 1_000_000 }, "Least number of characters, or least number."),
    may("max", Shape::Whole { min: 0, max: 1_000_000 }, "Greatest number of characters, or greatest number."),
    may("when", WHEN, "When it is asked."),
]);

const CHOICE: Shape = Shape::Table(&[
    must("value", LABEL, "What is kept, and goes into templates."),
    must("label", LABEL, "What is shown."),
    may("note", SENTENCE, "What choosing it means."),
]);

const ACCOUNT: Shape = Shape::Table(&[
    must("key", ID, "Stable name inside the connector."),
    must("title", LABEL, "What it is, as a heading."),
    must("input", ID, "The input of the kind `service-account` that names it."),
    must("display_name", text(80, Format::Template), "What a new account is called; may use `{input}`."),
    may("licence_input", ID, "The input of the kind `licence`: what a new account gets."),
    may("country_input", ID, "The input of the kind `country`: where the account is used."),
    may("needs_mailbox", Shape::Flag, "Whether it must have a mailbox."),
    must("why", SENTENCE, "Why the product needs it."),
    may("when", WHEN, "When it applies."),
]);

const SETTING: Shape = Shape::Table(&[
    must("kind", Shape::OneOf(&["reports-show-names"]), "Which setting."),
    must("why", SENTENCE, "Why the product needs it."),
    may("when", WHEN, "When it applies."),
]);

const REGISTRATION: Shape = Shape::Table(&[
    must("key", ID, "Stable name inside the connector."),
    must("title", LABEL, "What it is, as a heading."),
    must(
        "display_name",
        text(120, Format::Template),
        "The registration's name; may use `{input}`, `{environment}`.",
    ),
    may("features", IDS, "Made when one of these features is chosen; always, when left out."),
    may("each_environment", Shape::Flag, "Whether one is made for each chosen environment."),
    may(
        "audiences",
        Shape::List { of: &AUDIENCE, min: 1, max: 4 },
        "Account types on offer; this organisation only, when left out.",
    ),
    may("redirects", list(&REDIRECT, 256), "Where Microsoft sends people back to."),
    may("permissions", list(&PERMISSION, 400), "What the app may do."),
    may("removes", list(&REMOVED, 20), "Permissions to take away where they are found."),
    must("credential", CREDENTIAL, "How the app signs in."),
    may("mailbox_limit", MAILBOX_LIMIT, "Whether access can be limited to some mailboxes."),
    may("roles", list(&ROLE, 10), "Directory roles for the enterprise app itself."),
    may("exchange_roles", list(&EXCHANGE_ROLE, 20), "Rights that exist only in Exchange."),
    may("when", WHEN, "When it is made, besides `features`."),
]);

const AUDIENCE: Shape = Shape::Table(&[
    must(
        "audience",
        Shape::OneOf(&[
            "AzureADMyOrg",
            "AzureADMultipleOrgs",
            "AzureADandPersonalMicrosoftAccount",
            "PersonalMicrosoftAccount",
        ]),
        "Microsoft's value.",
    ),
    may("note", SENTENCE, "When to choose it."),
]);

const REDIRECT: Shape = Shape::Table(&[
    must("platform", Shape::OneOf(&["web", "spa", "public"]), "What kind of app waits there."),
    must("uri", text(256, Format::Redirect), "The address; may use `{input}`."),
    may("when", WHEN, "When it applies."),
]);

const PERMISSION: Shape = Shape::Table(&[
    must("resource", RESOURCE, "The API: its name in the catalogue, or its app id."),
    may("resource_name", LABEL, "With an app id: what the API is called."),
    must("value", PERMISSION_NAME, "The permission's name."),
    must("kind", KIND, "Whether the app acts by itself or for a person."),
    may("features", IDS, "Needed for these features; for every choice, when left out."),
    may("guide_name", LABEL, "What the vendor's guide calls it, where that is not its name."),
    must("why", SENTENCE, "Why the product needs it."),
    may(
        "consent",
        Shape::OneOf(&["organisation", "admin", "each-person"]),
        "For whom a delegated permission is granted; for everybody, when left out.",
    ),
    may("default", Shape::Flag, "Whether it is on to begin with; yes, when left out."),
    may("when", WHEN, "When it applies, besides `features`."),
]);

const REMOVED: Shape = Shape::Table(&[
    must("resource", RESOURCE, "The API."),
    must("value", PERMISSION_NAME, "The permission's name."),
    must("kind", KIND, "Its kind."),
    must("why", SENTENCE, "Why it goes."),
]);

const CREDENTIAL: Shape = Shape::ByKind(&[
    (
        "secret",
        &[
            must("display_name", text(80, Format::Template), "What the secret is called at Microsoft."),
            must("months", MONTHS, "How long it should live."),
            may("max_months", MONTHS, "The longest lifetime on offer; 24, when left out."),
            may("note", SENTENCE, "Why that long."),
        ],
    ),
    (
        "certificate",
        &[
            must("source", Shape::OneOf(&["vendor", "made-here"]), "Who makes the key."),
            may("input", ID, "With source `vendor`: the input that holds the public part."),
            may("months", MONTHS, "With source `made-here`: how long it should live."),
        ],
    ),
    ("none", &[]),
]);

const MAILBOX_LIMIT: Shape = Shape::Table(&[
    must("offer", Shape::OneOf(&["optional", "recommended"]), "How strongly it is offered."),
    must(
        "group",
        Shape::OneOf(&["mail-enabled-security", "any"]),
        "The kind of group that the limit hangs on.",
    ),
    may("nested", Shape::Flag, "Whether groups inside the group count."),
    must("note", SENTENCE, "What to know about it."),
]);

const ROLE: Shape = Shape::Table(&[
    must("name", LABEL, "Microsoft's name for the role."),
    must("template_id", text(36, Format::Guid), "The role's template id."),
    must("why", SENTENCE, "Why the product needs it."),
    may("default", Shape::Flag, "Whether it is on to begin with; yes, when left out."),
    may("when", WHEN, "When it applies."),
]);

const EXCHANGE_ROLE: Shape = Shape::Table(&[
    must("name", LABEL, "The role's name in Exchange."),
    must("why", SENTENCE, "Why the product needs it."),
    may("when", WHEN, "When it applies."),
]);

const PROOF: Shape = Shape::Table(&[
    must(
        "kind",
        Shape::OneOf(&[
            "calendar-read",
            "calendar-write",
            "mail-read",
            "mail-write",
            "mail-send-self",
            "contacts-read",
            "mailbox-settings-read",
            "users-read",
            "groups-read",
            "directory-read",
            "reports-read",
            "sites-read",
        ]),
        "What is tried.",
    ),
    must("registration", ID, "The registration whose credential is used."),
    may("mailbox", ID, "The input that names the mailbox."),
    may("when", WHEN, "When it is tried."),
]);

const SECTION: Shape = Shape::Table(&[
    must("title", LABEL, "What the form is for."),
    may("registration", ID, "The registration whose values go there, if it is about one."),
    may("place", PLACE, "Where the form is in the product, one menu entry each."),
    may("note", SENTENCE, "Something to know before filling it in."),
    must("fields", Shape::List { of: &HAND_OVER_FIELD, min: 1, max: 30 }, "The form's fields, in order."),
    may("when", WHEN, "When the section applies."),
]);

const HAND_OVER_FIELD: Shape = Shape::Table(&[
    must("label", LABEL, "The field's label in the vendor's own words."),
    must(
        "from",
        Shape::OneOf(&[
            "tenant-id",
            "tenant-name",
            "tenant-domain",
            "initial-domain",
            "client-id",
            "service-principal-id",
            "secret",
            "certificate-thumbprint",
            "certificate-file",
            "redirect-uri",
            "token",
            "account-address",
            "account-password",
            "ews-address",
            "input",
            "text",
        ]),
        "What goes into it.",
    ),
    may("input", ID, "With from `input`: which one."),
    may("text", line(300), "With from `text`: the text."),
    may("registration", ID, "The registration whose value it is, if not the section's."),
    may("account", ID, "With a value of an account: which one."),
    may("note", SENTENCE, "Something to know about this field."),
    may("when", WHEN, "When the field applies."),
]);

const FOLLOW_UP: Shape = Shape::Table(&[
    must("id", ID, "Stable name inside the connector."),
    must("text", SENTENCE, "What to do."),
    must("tick", LABEL, "What the tick box says."),
    may("place", PLACE, "Where in the product, one menu entry each."),
    may("link", text(300, Format::Link), "A page that helps."),
    may("script", SCRIPT, "A script that does it, with the person's own answers in it."),
    must(
        "moment",
        Shape::OneOf(&["before-setup", "before-hand-over", "after-hand-over"]),
        "When it has to be done.",
    ),
    may("when", WHEN, "When it applies."),
]);

const SCRIPT: Shape = Shape::Table(&[
    must("kind", Shape::OneOf(&["exchange-server-impersonation"]), "Which script."),
    must("account", ID, "The input that names the service account."),
    may("group", ID, "The input that names the group whose mailboxes are opened."),
]);

/// The fields of the table at the top.
pub(super) fn top() -> &'static [Field] {
    match &CONNECTOR {
        Shape::Table(fields) => fields,
        _ => &[],
    }
}
