//! A connector as a person builds it.

use crate::catalogue::{self, MICROSOFT_GRAPH, PermissionKind};
use crate::connector::{
    AudienceOffer, Condition, Connector, Credential, GroupKind, HandOverField, HandOverSection, Input,
    InputKind, LimitOffer, MailboxLimit, ProofKind, ProofRequest, Redirect, Registration,
    RequestedPermission, SignInAudience, ValueSource, WhoConsents,
};
use crate::reader::BlueprintError;
use crate::setup::RedirectUri;

/// The key of the one registration of a connector that was built.
const KEY: &str = "app";
/// The id of its question for a test mailbox.
const MAILBOX: &str = "test-mailbox";

/// A connector as a person builds it: one app registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Stable name, in lower case with hyphens; made from the name where it is empty.
    pub id: String,
    /// The product's name.
    pub name: String,
    /// Who makes it.
    pub vendor: String,
    /// One sentence: what it does.
    pub summary: String,
    /// The vendor's guide.
    pub guide: Option<String>,
    /// The registration's display name.
    pub display_name: String,
    /// Which accounts may sign in.
    pub audience: SignInAudience,
    /// Where Microsoft sends people back to.
    pub redirects: Vec<RedirectUri>,
    /// What the app may do.
    pub permissions: Vec<DraftPermission>,
    /// Lifetime of its secret, in months; none for an app without a secret.
    pub secret_months: Option<u8>,
    /// Whether its mailboxes can be limited.
    pub mailbox_limit: bool,
}

/// A permission of a connector that is being built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftPermission {
    /// The API: its name in the catalogue, or its app id.
    pub resource: String,
    /// With an app id: what the API is called.
    pub resource_name: Option<String>,
    /// Microsoft's name of the permission.
    pub value: String,
    /// Whether the app acts by itself or for a person.
    pub kind: PermissionKind,
    /// Why the product needs it.
    pub why: String,
}

impl Draft {
    /// The connector, checked like a file from elsewhere.
    ///
    /// # Errors
    /// Everything that is wrong with the draft, by the fields of the file that it would be.
    pub fn connector(&self) -> Result<Connector, BlueprintError> {
        let text = self.unchecked().to_toml();
        Connector::parse("connector", &text)
    }

    /// The connector before anything is checked, for showing what is there so far.
    fn unchecked(&self) -> Connector {
        let permissions: Vec<RequestedPermission> = self.permissions.iter().map(requested).collect();
        let proofs = proofs(&permissions);
        let asks_for_mailbox = proofs.iter().any(|proof| proof.mailbox.is_some());
        let id = if self.id.is_empty() { id_from(&self.name) } else { self.id.clone() };
        Connector {
            format: 1,
            id,
            version: "1.0.0".to_owned(),
            vendor: self.vendor.clone(),
            product: self.name.clone(),
            name: self.name.clone(),
            summary: self.summary.clone(),
            purpose: self.summary.clone(),
            legacy: None,
            replaced_by: None,
            guide: self.guide.clone(),
            features: Vec::new(),
            environments: Vec::new(),
            inputs: if asks_for_mailbox { vec![test_mailbox()] } else { Vec::new() },
            registrations: vec![self.registration(permissions)],
            accounts: Vec::new(),
            settings: Vec::new(),
            proofs,
            hand_over: vec![self.hand_over()],
            follow_ups: Vec::new(),
        }
    }

    fn registration(&self, permissions: Vec<RequestedPermission>) -> Registration {
        Registration {
            key: KEY.to_owned(),
            title: "App".to_owned(),
            display_name: self.display_name.clone(),
            features: Vec::new(),
            each_environment: false,
            audiences: vec![AudienceOffer { audience: self.audience, note: None }],
            redirects: self.redirects.iter().map(redirect).collect(),
            permissions,
            removes: Vec::new(),
            credential: match self.secret_months {
                Some(months) => Credential::Secret {
                    display_name: "Gatehouse".to_owned(),
                    months,
                    max_months: 24,
                    note: None,
                },
                None => Credential::None,
            },
            mailbox_limit: self.mailbox_limit.then(|| MailboxLimit {
                offer: LimitOffer::Recommended,
                group: GroupKind::MailEnabledSecurity,
                nested: false,
                note: "Without a limit, the app can reach every mailbox.".to_owned(),
            }),
            roles: Vec::new(),
            exchange_roles: Vec::new(),
            when: Condition::default(),
        }
    }

    fn hand_over(&self) -> HandOverSection {
        let field = |label: &str, from: ValueSource| HandOverField {
            label: label.to_owned(),
            from,
            input: None,
            text: None,
            registration: None,
            account: None,
            note: None,
            when: Condition::default(),
        };
        let mut fields = vec![
            field("Directory (tenant) ID", ValueSource::TenantId),
            field("Application (client) ID", ValueSource::ClientId),
        ];
        if self.secret_months.is_some() {
            fields.push(field("Client secret", ValueSource::Secret));
        }
        if !self.redirects.is_empty() {
            fields.push(field("Redirect URI", ValueSource::RedirectUri));
        }
        HandOverSection {
            title: "Connection".to_owned(),
            registration: Some(KEY.to_owned()),
            place: Vec::new(),
            note: None,
            fields,
            when: Condition::default(),
        }
    }
}

fn requested(one: &DraftPermission) -> RequestedPermission {
    let known = catalogue::resource(&one.resource, None)
        .and_then(|resource| catalogue::name_of_resource(resource.app_id));
    RequestedPermission {
        resource: known.map_or_else(|| one.resource.clone(), str::to_owned),
        resource_name: if known.is_some() { None } else { one.resource_name.clone() },
        value: one.value.clone(),
        kind: one.kind,
        features: Vec::new(),
        guide_name: None,
        why: one.why.clone(),
        consent: WhoConsents::Organisation,
        default: true,
        when: Condition::default(),
    }
}

fn redirect(one: &RedirectUri) -> Redirect {
    Redirect { platform: one.platform, uri: one.uri.clone(), when: Condition::default() }
}

/// What the permissions allow to try, and leaves no trace.
fn proofs(permissions: &[RequestedPermission]) -> Vec<ProofRequest> {
    let graph = catalogue::name_of_resource(MICROSOFT_GRAPH).unwrap_or_default();
    let of_kind = |proof: ProofKind, kind: PermissionKind| {
        permissions.iter().any(|one| {
            one.kind == kind && one.resource == graph && proof.permissions().contains(&one.value.as_str())
        })
    };
    let tried = ProofKind::ALL.into_iter().filter(|proof| !proof.leaves_trace()).filter(|proof| {
        of_kind(*proof, PermissionKind::Application) || of_kind(*proof, PermissionKind::Delegated)
    });
    tried
        .map(|kind| ProofRequest {
            kind,
            registration: KEY.to_owned(),
            mailbox: (kind.needs_mailbox() && of_kind(kind, PermissionKind::Application))
                .then(|| MAILBOX.to_owned()),
            when: Condition::default(),
        })
        .collect()
}

fn test_mailbox() -> Input {
    Input {
        id: MAILBOX.to_owned(),
        kind: InputKind::Mailbox,
        label: "Test mailbox".to_owned(),
        help: "Gatehouse reads this mailbox to show that the connection works.".to_owned(),
        required: false,
        multiple: false,
        example: None,
        default: None,
        choices: Vec::new(),
        characters: None,
        min: None,
        max: None,
        when: Condition::default(),
    }
}

/// A name in lower case with hyphens: `Contoso Rooms 2` becomes `contoso-rooms-2`.
pub(super) fn id_from(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-");
    let id = if id.starts_with(|c: char| c.is_ascii_lowercase()) { id } else { format!("connector-{id}") };
    id.chars().take(40).collect::<String>().trim_end_matches('-').to_owned()
}
