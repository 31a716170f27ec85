//! Recipients as Exchange sees them: mailboxes and groups that can receive mail, with a distinguished name each.

use serde_json::{Value, json};

use super::refusal::CmdletError;
use crate::random::guid_for;
use crate::store::{Row, Tables};

/// The domain controller that errors name.
pub(crate) const DOMAIN_CONTROLLER: &str = "SWEP280A001DC01.SWEP280A001.PROD.OUTLOOK.COM";
/// Where distinguished names end.
const FOREST: &str = "OU=Microsoft Exchange Hosted Organizations,DC=SWEP280A001,DC=PROD,DC=OUTLOOK,DC=COM";
/// Exchange's own ids of recipients differ from the directory's.
const GUIDS: u64 = 0x0E0E;

/// What kind of recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Mailbox,
    SharedMailbox,
    SecurityGroup,
    DistributionGroup,
    UnifiedGroup,
}

impl Kind {
    /// `RecipientTypeDetails`.
    pub(crate) const fn details(self) -> &'static str {
        match self {
            Self::Mailbox => "UserMailbox",
            Self::SharedMailbox => "SharedMailbox",
            Self::SecurityGroup => "MailUniversalSecurityGroup",
            Self::DistributionGroup => "MailUniversalDistributionGroup",
            Self::UnifiedGroup => "GroupMailbox",
        }
    }

    /// `RecipientType`.
    const fn broad(self) -> &'static str {
        match self {
            Self::UnifiedGroup => "MailUniversalDistributionGroup",
            Self::SharedMailbox => "UserMailbox",
            other => other.details(),
        }
    }
}

/// One recipient.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipient<'t> {
    pub(crate) row: &'t Row,
    pub(crate) kind: Kind,
}

/// Everybody and everything with a mail address.
pub(crate) fn all(tables: &Tables) -> impl Iterator<Item = Recipient<'_>> {
    let people = tables.users.values().filter_map(|row| of_user(tables, row));
    people.chain(tables.groups.values().filter_map(of_group))
}

/// A person as a recipient; `None` without a mailbox.
pub(crate) fn of_user<'t>(tables: &Tables, row: &'t Row) -> Option<Recipient<'t>> {
    let has = row.deleted.is_none() && tables.mailboxes.contains_key(row.text("id"));
    let kind = if crate::seed::is_shared_mailbox(row) { Kind::SharedMailbox } else { Kind::Mailbox };
    has.then_some(Recipient { row, kind })
}

/// A group as a recipient; `None` for one that cannot receive mail.
pub(crate) fn of_group(row: &Row) -> Option<Recipient<'_>> {
    let flag = |name: &str| row.body.get(name) == Some(&Value::Bool(true));
    let unified = row
        .body
        .get("groupTypes")
        .and_then(Value::as_array)
        .is_some_and(|kinds| kinds.iter().any(|kind| kind == "Unified"));
    if row.deleted.is_some() || !flag("mailEnabled") {
        return None;
    }
    let kind = match (unified, flag("securityEnabled")) {
        (true, _) => Kind::UnifiedGroup,
        (false, true) => Kind::SecurityGroup,
        (false, false) => Kind::DistributionGroup,
    };
    Some(Recipient { row, kind })
}

/// The recipients that an identity means: by anything that identifies one, or else by display name.
pub(crate) fn meant<'t>(tables: &'t Tables, identity: &str) -> Vec<Recipient<'t>> {
    let identity = identity.trim();
    let exactly: Vec<_> = all(tables).filter(|recipient| recipient.is(tables, identity)).collect();
    if !exactly.is_empty() {
        return exactly;
    }
    all(tables).filter(|recipient| recipient.row.text("displayName").eq_ignore_ascii_case(identity)).collect()
}

/// The one recipient of some kinds that an identity means.
///
/// # Errors
/// When there is none, or there are several.
pub(crate) fn one<'t>(
    tables: &'t Tables,
    identity: &str,
    of_kind: impl Fn(&Recipient<'_>) -> bool,
) -> Result<Recipient<'t>, CmdletError> {
    let mut found = meant(tables, identity).into_iter().filter(of_kind);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(CmdletError::NotFound(identity.to_owned())),
        (Some(_), Some(_)) => Err(CmdletError::Ambiguous(identity.to_owned())),
    }
}

impl Recipient<'_> {
    /// Object id in the directory.
    pub(crate) fn id(&self) -> &str {
        self.row.text("id")
    }

    /// Whether it is somebody's mailbox, or one that several share.
    pub(crate) fn is_mailbox(&self) -> bool {
        matches!(self.kind, Kind::Mailbox | Kind::SharedMailbox)
    }

    /// Exchange's id.
    pub(crate) fn guid(&self) -> String {
        guid_for(GUIDS, self.id())
    }

    /// The alias.
    pub(crate) fn alias(&self) -> &str {
        self.row.text("mailNickname")
    }

    /// `Name`: the alias of a person, the display name of a group.
    pub(crate) fn name(&self) -> &str {
        if self.is_mailbox() { self.alias() } else { self.row.text("displayName") }
    }

    /// The address it sends from.
    pub(crate) fn address(&self) -> &str {
        match self.row.text("mail") {
            "" => self.row.text("userPrincipalName"),
            mail => mail,
        }
    }

    /// The distinguished name.
    pub(crate) fn distinguished_name(&self, tables: &Tables) -> String {
        let mut name = String::new();
        for character in self.name().chars() {
            if matches!(character, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=') {
                name.push('\\');
            }
            name.push(character);
        }
        format!("CN={name},OU={},{FOREST}", organisational_unit(tables))
    }

    fn is(&self, tables: &Tables, identity: &str) -> bool {
        let same = |own: &str| !own.is_empty() && own.eq_ignore_ascii_case(identity);
        [self.id(), self.name(), self.alias(), self.row.text("mail"), self.row.text("userPrincipalName")]
            .into_iter()
            .any(same)
            || same(&self.guid())
            || same(&self.distinguished_name(tables))
    }

    /// Distinguished names of the groups of which it is a direct member.
    pub(crate) fn member_of(&self, tables: &Tables) -> Vec<String> {
        let inside = |group: &&Row| {
            tables
                .members
                .get(group.text("id"))
                .is_some_and(|members| members.iter().any(|own| own == self.id()))
        };
        let groups = tables.groups.values().filter(|row| row.deleted.is_none()).filter(inside);
        groups.filter_map(of_group).map(|group| group.distinguished_name(tables)).collect()
    }

    /// What the cmdlets show of it.
    pub(crate) fn shown(&self, tables: &Tables) -> Value {
        let mut body = json!({
            "Identity": self.name(), "Name": self.name(), "Alias": self.alias(), "DisplayName": self.row.text("displayName"),
            "DistinguishedName": self.distinguished_name(tables), "Guid": self.guid(), "ExternalDirectoryObjectId": self.id(),
            "PrimarySmtpAddress": self.address(), "EmailAddresses": self.row.body.get("proxyAddresses").cloned().unwrap_or_default(),
            "RecipientType": self.kind.broad(), "RecipientTypeDetails": self.kind.details(), "IsValid": true,
            "OrganizationalUnit": format!("swep280a001.prod.outlook.com/Microsoft Exchange Hosted Organizations/{}", organisational_unit(tables)),
            "WhenCreatedUTC": self.row.text("createdDateTime"),
        });
        if self.is_mailbox() {
            body["UserPrincipalName"] = self.row.text("userPrincipalName").into();
            body["WindowsEmailAddress"] = self.address().into();
            body["ExchangeGuid"] = guid_for(GUIDS, &format!("mailbox:{}", self.id())).into();
            body["Department"] = self.row.text("department").into();
            body["Title"] = self.row.text("jobTitle").into();
        } else {
            let security = self.kind == Kind::SecurityGroup;
            body["GroupType"] = if security { "Universal, SecurityEnabled" } else { "Universal" }.into();
        }
        body
    }
}

/// The domain that the organisation got when it was made names its unit.
fn organisational_unit(tables: &Tables) -> String {
    let initial = tables.domains.values().find(|row| row.body.get("isInitial") == Some(&Value::Bool(true)));
    initial.map(|row| row.text("id").to_owned()).unwrap_or_default()
}
