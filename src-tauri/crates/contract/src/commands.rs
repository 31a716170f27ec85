//! The commands: one list that registration, permissions and TypeScript come from.

use ts_rs::{Config, TS};

use crate::{
    AccountView, AppDetail, AppStatus, Approval, AuthorizeRequest, AuthorizeStarted, Changed, ChannelTrial,
    ConnectedPeople, ConnectionSummary, ConnectionView, ConnectorDraft, ConnectorReview, ConnectorSummary,
    ConnectorText, ConnectorView, CopyReceipt, DisconnectRequest, Disconnected, DomainView, DropFeatures,
    EwsReadiness, FindingsPage, FindingsQuery, GrantRequestView, GroupView, HandOnSaved, HandedOn,
    IgnoreFinding, ImportAccept, ImportText, InputIssue, InventoryExport, InventoryPage, InventoryQuery,
    Invitation, InvitationReview, InvitationView, LicenceView, MailboxAccessView, MailboxTest,
    MailboxTestResult, ManifestReview, ManifestText, NameSuggestion, NoteSubject, NoteView,
    OrganisationClient, PermissionReport, PersonView, PersonalConnection, PersonalPreview, PersonalRequest,
    PlanRequest, PlanView, RegistrationRef, RegistrationSummary, RegistrationView, ReminderSettings,
    RemindersView, ReportSettingsView, RevealedSecret, RotationView, RunSummary, RunView, SaveNote,
    SecretMatch, SecretMatchRequest, Settings, SetupDraft, SignInEvent, SignInPurpose, SignInReason,
    SignInRequest, SignInStarted, SignedOut, SnoozeReminder, Space, SyncState, Timeline, TimelineQuery,
    VaultChoice, VaultStatus, WebhookAddress,
};

/// What a command may touch; each group is one permission of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandGroup {
    /// Reads, and keeps what belongs to this machine only.
    Read,
    /// Opens a browser, keeps or removes sessions.
    SignIn,
    /// Changes an organisation.
    Write,
    /// Brings a secret to the clipboard or the page.
    Secret,
    /// Opens, chooses or abandons the place where secrets are kept.
    Vault,
}

impl CommandGroup {
    /// Name of the permission in `src-tauri/permissions`.
    pub const fn permission(self) -> &'static str {
        match self {
            Self::Read => "allow-read",
            Self::SignIn => "allow-sign-in",
            Self::Write => "allow-write",
            Self::Secret => "allow-secret",
            Self::Vault => "allow-vault",
        }
    }
}

/// One command. It takes at most one `request` and at most one `events` channel.
pub struct CommandSpec {
    /// Name, as invoked.
    pub name: &'static str,
    /// What it may touch.
    pub group: CommandGroup,
    /// What it does, for the generated TypeScript.
    pub doc: &'static str,
    /// TypeScript of the request; none when it takes none.
    pub request: Option<fn(&Config) -> String>,
    /// TypeScript of the events; none when it sends none.
    pub events: Option<fn(&Config) -> String>,
    /// TypeScript of the result.
    pub result: fn(&Config) -> String,
}

macro_rules! name_of {
    () => {
        None
    };
    ($ty:ty) => {
        Some(<$ty as TS>::name as fn(&Config) -> String)
    };
}

macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $group:ident $name:ident ($($request:ty)?) $(sends $event:ty)? => $result:ty;)+) => {
        /// Every command there is.
        pub const COMMANDS: &[CommandSpec] = &[$(CommandSpec {
            name: stringify!($name),
            group: CommandGroup::$group,
            doc: concat!($($doc),+),
            request: name_of!($($request)?),
            events: name_of!($($event)?),
            result: <$result as TS>::name,
        }),+];
    };
}

commands! {
    /// The first answer to the window.
    Read app_status() => AppStatus;
    /// Subscribes the window to changes; stays open.
    Read app_changes() sends Changed => ();
    /// Passes through one of the doors on Welcome. Starts the practice tenant where needed.
    SignIn space_enter(Space) => AppStatus;
    /// Back to Welcome.
    Read space_leave() => AppStatus;
    /// Settings of this machine.
    Read settings_get() => Settings;
    /// Saves settings of this machine.
    Read settings_set(Settings) => Settings;
    /// Opens a web page that Gatehouse itself offered (portal, vendor guide, consent page).
    Read link_open(String) => ();

    /// Organisations whose Gatehouse registration is known here.
    Read organisation_clients() => Vec<OrganisationClient>;
    /// Why a purpose asks for what it asks for.
    Read sign_in_reason(SignInPurpose) => SignInReason;
    /// Starts a sign-in in the browser.
    SignIn sign_in_start(SignInRequest) sends SignInEvent => SignInStarted;
    /// Opens the browser again for a sign-in that waits.
    SignIn sign_in_open_again(String) => ();
    /// Copies the link of a sign-in that waits.
    SignIn sign_in_copy_link(String) => CopyReceipt;
    /// Ends a sign-in that waits.
    SignIn sign_in_cancel(String) => ();
    /// Looks through another account's eyes.
    SignIn account_choose(String) => AccountView;
    /// Removes a session from this machine.
    SignIn sign_out(String) => SignedOut;

    /// How secrets are kept; opens the vault if that needs nobody.
    Vault vault_open() => VaultStatus;
    /// Chooses or unlocks the place where secrets are kept.
    Vault vault_choose(VaultChoice) => VaultStatus;

    /// The connectors.
    Read connectors() => Vec<ConnectorSummary>;
    /// One connector with its questions.
    Read connector(String) => ConnectorView;
    /// Saves the answers so far; gives the draft its id.
    Read draft_save(SetupDraft) => SetupDraft;
    /// Looks at the answers.
    Read draft_check(String) => Vec<InputIssue>;
    /// Throws the answers away.
    Read draft_discard(String) => ();
    /// The organisation's domains.
    Read domains() => Vec<DomainView>;
    /// People by a part of their name or address.
    Read people_search(String) => Vec<PersonView>;
    /// Groups by a part of their name or address.
    Read groups_search(String) => Vec<GroupView>;
    /// The organisation's licences.
    Read licences() => Vec<LicenceView>;

    /// A connector file in plain words, before it can do anything.
    Read connector_review(ImportText) => ConnectorReview;
    /// Takes in a connector file that was reviewed.
    Read connector_import(ImportAccept) => ConnectorSummary;
    /// Saves a connector to the person's downloads; gives the path.
    Read connector_export(String) => String;
    /// Removes a connector that did not come with Gatehouse. What was set up with it stays.
    Read connector_remove(String) => ();
    /// A connector made from a registration that exists, without its secrets.
    Read connector_from_registration(RegistrationRef) => ConnectorText;
    /// A connector as it was built in the window, in plain words and as a file.
    Read connector_build(ConnectorDraft) => ConnectorReview;

    /// Makes a plan. Only reads.
    Read plan_make(PlanRequest) => PlanView;
    /// Starts a run of a plan (its id). Ends when the run rests.
    Write run_start(String) sends RunView => RunView;
    /// Goes on with a run.
    Write run_resume(String) sends RunView => RunView;
    /// Undoes a run.
    Write run_undo(String) sends RunView => RunView;
    /// Stops a run at the next safe point.
    Write run_cancel(String) => ();
    /// Copies a secret that could not be kept here, in Rust.
    Secret unsaved_secret_copy(UnsavedSecretRef) => CopyReceipt;
    /// Tries now to keep it: the disk has room again, or the keyring is unlocked.
    Write unsaved_secret_retry(UnsavedSecretRef) => ();
    /// The person keeps it elsewhere; the run goes on without it.
    Write unsaved_secret_kept_elsewhere(UnsavedSecretRef) => ();
    /// Runs, newest first.
    Read runs() => Vec<RunSummary>;
    /// One run.
    Read run(String) => RunView;

    /// Finished set-ups.
    Read connections() => Vec<ConnectionSummary>;
    /// One finished set-up.
    Read connection(String) => ConnectionView;
    /// Looks up the permissions of a set-up again.
    Read connection_refresh(String) => ConnectionView;
    /// Proves a set-up again.
    Read connection_test(String) => ConnectionView;
    /// Ticks a follow-up.
    Read follow_up_tick(FollowUpTick) => ConnectionView;
    /// Notes where the person put a secret.
    Read secret_kept_at(SecretKeptAt) => ConnectionView;
    /// Copies a field of the hand-over, in Rust.
    Secret hand_over_copy(HandOverFieldRef) => CopyReceipt;
    /// Brings a secret to the page for a short while.
    Secret hand_over_reveal(HandOverFieldRef) => RevealedSecret;
    /// Saves the request for another admin to the person's downloads; gives the path.
    Read grant_request_save(String) => String;

    /// Registrations by a part of their name, or by client id.
    Read registrations_search(String) => Vec<RegistrationSummary>;
    /// The three truths of one registration.
    Read permission_report(RegistrationRef) => PermissionReport;
    /// Who may use a registration, where people are sent back to, who owns it.
    Read registration_view(RegistrationRef) => RegistrationView;
    /// A manifest fragment with names for its ids, compared with a registration.
    Read manifest_review(ManifestText) => ManifestReview;
    /// What may be meant by a permission's name; one suggestion at least when anything is like it.
    Read permission_name_check(String) => Vec<NameSuggestion>;
    /// A colleague's request file (its text) in plain words.
    Read grant_request_open(String) => GrantRequestView;

    /// Whose mailboxes an app reaches.
    Read mailbox_access(RegistrationRef) => MailboxAccessView;
    /// Asks Exchange whether an app reaches a mailbox.
    Read mailbox_access_test(MailboxTest) => MailboxTestResult;
    /// Whether an app can still use Exchange Web Services.
    Read ews_readiness(RegistrationRef) => EwsReadiness;
    /// Whether usage reports show people's names.
    Read report_settings() => ReportSettingsView;

    /// Signs in through an app that was set up, for a token that the vendor's form wants.
    SignIn authorize_start(AuthorizeRequest) sends SignInEvent => AuthorizeStarted;
    /// Copies the token of such a sign-in, in Rust.
    Secret authorize_copy_token(String) => CopyReceipt;

    /// A part of the inventory, as last read. Answers from this machine alone.
    Read inventory_rows(InventoryQuery) => InventoryPage;
    /// Reads the organisation's apps, or what changed since the last time.
    Read inventory_sync() sends SyncState => SyncState;
    /// One app with its credentials.
    Read inventory_app(RegistrationRef) => AppDetail;
    /// Saves rows of the inventory to the person's downloads; gives the path.
    Read inventory_export(InventoryExport) => String;
    /// What people here wrote about an app or a set-up, the newest first.
    Read notes(NoteSubject) => Vec<NoteView>;
    /// Writes a note, changes one, or takes one away.
    Read note_save(SaveNote) => Vec<NoteView>;
    /// What ends when.
    Read timeline(TimelineQuery) => Timeline;
    /// What needs attention on the organisation's apps.
    Read findings(FindingsQuery) => FindingsPage;
    /// Stops showing a finding.
    Read finding_ignore(IgnoreFinding) => ();
    /// Shows it again.
    Read finding_show_again(String) => ();

    /// Rotations, those that wait for the person first.
    Read rotations() => Vec<RotationView>;
    /// One rotation.
    Read rotation(String) => RotationView;
    /// Looks up whether the old credential is still used.
    Read rotation_look(String) => RotationView;
    /// The person has given the new credential to the product.
    Read rotation_handed_over(String) => RotationView;
    /// Copies a field of a rotation's hand-over, in Rust.
    Secret rotation_copy(HandOverFieldRef) => CopyReceipt;
    /// Saves a made certificate with its key to the person's downloads, sealed with this passphrase; gives the path.
    Secret rotation_save_key(RotationKeyFile) => String;
    /// Which credential a secret is, without sending it anywhere.
    Read secret_match(SecretMatchRequest) => SecretMatch;

    /// Reminders, their settings, and how each way stands.
    Read reminders() => RemindersView;
    /// Saves the settings; installs or removes what they need on this machine.
    Read reminder_settings_set(ReminderSettings) => RemindersView;
    /// Keeps or forgets the address for messages.
    Read reminder_webhook_set(WebhookAddress) => RemindersView;
    /// Puts a reminder off.
    Read reminder_snooze(SnoozeReminder) => RemindersView;
    /// The person has taken care of it.
    Read reminder_done(String) => RemindersView;
    /// Sends one of each, and says what became of it.
    Read reminder_trial() => Vec<ChannelTrial>;
    /// Saves all reminders as a calendar file to the person's downloads; gives the path.
    Read reminder_calendar_file() => String;
    /// Saves set-ups, reminders and notes for a colleague to the person's downloads; gives the path. Holds nothing secret.
    Read hand_on_save() => HandOnSaved;
    /// A colleague's file in plain words.
    Read hand_on_open(String) => HandedOn;
    /// Takes over what is in a colleague's file.
    Read hand_on_accept(String) => HandedOn;

    /// What a connection of the own account will ask for. Sends nothing.
    Read personal_preview(PersonalRequest) => PersonalPreview;
    /// Starts connecting the own account, reconnecting it, or adding to it, in the browser.
    SignIn personal_connect(PersonalRequest) sends SignInEvent => SignInStarted;
    /// The person's own connections, as last seen.
    Read personal_connections() => Vec<PersonalConnection>;
    /// One of them, as last seen.
    Read personal_connection(String) => PersonalConnection;
    /// Looks now: renews the session, reads the token, proves each feature.
    SignIn personal_check(String) => PersonalConnection;
    /// Sends a test message to the person's own address.
    Write personal_test_message(String) => PersonalConnection;
    /// Fewer features.
    SignIn personal_drop(DropFeatures) => PersonalConnection;
    /// Ends a connection: wipes it here, and says what stays at Microsoft.
    SignIn personal_disconnect(DisconnectRequest) => Disconnected;
    /// Copies a token of the connection for a product that wants one, in Rust.
    Secret personal_copy_token(String) => CopyReceipt;
    /// Saves the connection's facts (no token) for a product to the person's downloads; gives the path.
    Read personal_save_file(String) => String;

    /// What waits for an admin, newest first.
    Read approvals() => Vec<Approval>;
    /// Waits for an admin because the person saw that one must agree: Microsoft's page ended there, and no answer came.
    Read approval_ask(PersonalRequest) => Approval;
    /// Looks now whether it was granted, and finishes the connection when it was.
    SignIn approval_look(String) => Approval;
    /// Starts a sign-in that asks only who the person is, so that Gatehouse can look by itself.
    SignIn approval_watch(String) sends SignInEvent => SignInStarted;
    /// Copies the letter to the admin, or its link.
    Read approval_copy(ApprovalCopy) => CopyReceipt;
    /// Saves the request file for an admin who has Gatehouse to the person's downloads; gives the path.
    Read approval_save(String) => String;
    /// Stops waiting.
    Read approval_forget(String) => ();

    /// Makes an invitation.
    Read invitation_make(Invitation) => InvitationView;
    /// Saves an invitation to the person's downloads; gives the path.
    Read invitation_save(Invitation) => String;
    /// An invitation that came (its link or its file's text), in plain words.
    Read invitation_open(String) => InvitationReview;
    /// The link that the system opened Gatehouse with, once; none when there is none.
    Read invitation_waiting() => Option<String>;

    /// Who has let an app act for them.
    Read connected_people(RegistrationRef) => ConnectedPeople;
}

/// Names a field of a connection's hand-over, or of a rotation's.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct HandOverFieldRef {
    /// The connection; for `rotation_copy`, the rotation.
    pub connection_id: String,
    /// The field.
    pub field_id: String,
}

/// Ticks or unticks a follow-up.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct FollowUpTick {
    /// The connection.
    pub connection_id: String,
    /// The follow-up.
    pub follow_up_id: String,
    /// Done or not.
    pub done: bool,
}

/// Where the person says they put a secret.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SecretKeptAt {
    /// The connection.
    pub connection_id: String,
    /// The registration's key.
    pub registration: String,
    /// The place, in the person's words. Not the secret.
    pub place: String,
}

/// What of a request to an admin to copy.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ApprovalCopy {
    /// The request.
    pub approval_id: String,
    /// True for the link alone.
    pub link_only: bool,
}

/// Where a made certificate goes with its key.
#[derive(Debug, serde::Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RotationKeyFile {
    /// The rotation.
    pub rotation_id: String,
    /// What the file is sealed with; the product is asked for it.
    pub passphrase: crate::SecretInput,
}

/// Names a secret that could not be kept here.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct UnsavedSecretRef {
    /// The run.
    pub run_id: String,
    /// Microsoft's key id of the secret.
    pub key_id: String,
}
