//! What stands in the way of limiting an app, or should be known about it.

use serde::{Deserialize, Serialize};

use crate::{Problem, ProblemKind};

/// What there is about whose mailboxes an app reaches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum MailboxProblem {
    /// Exchange knows no group by this name or address.
    NoSuchGroup {
        /// As typed.
        group: String,
    },
    /// It is no group, or not of the kind that is needed.
    WrongKindOfGroup {
        /// Its name.
        group: String,
    },
    /// Nobody is in the group: the app would reach no mailbox.
    EmptyGroup {
        /// Its name.
        group: String,
    },
    /// Groups in the group do not count.
    NestedGroups {
        /// Its name.
        group: String,
        /// The groups in it.
        inner: Vec<String>,
    },
    /// No mailbox at this address.
    NoMailbox {
        /// The address.
        address: String,
    },
    /// The test mailbox lies outside of the limit.
    TestMailboxOutside {
        /// Its address.
        mailbox: String,
    },
    /// No mailbox outside of the limit was found, so that a refusal cannot be shown.
    NothingOutside,
    /// Exchange has no role for these: they hold for the whole organisation.
    NoRole {
        /// The permissions.
        permissions: Vec<String>,
    },
    /// Granted in Entra, these reach every mailbox whatever Exchange says: the union trap.
    UnionTrap {
        /// The permissions.
        permissions: Vec<String>,
    },
    /// Policies that keep an app *out* of mailboxes cannot be said with roles.
    DenyPolicies {
        /// The groups.
        groups: Vec<String>,
    },
    /// The app has other roles in Exchange, which were not made here and stay.
    OtherRoles {
        /// The roles.
        roles: Vec<String>,
    },
    /// Exchange has to be opened for the organisation's own settings first.
    NotCustomizable,
    /// The signed-in person may not look into Exchange.
    NotAllowed,
}

impl MailboxProblem {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NoSuchGroup { .. } => "no-such-group",
            Self::WrongKindOfGroup { .. } => "wrong-kind-of-group",
            Self::EmptyGroup { .. } => "empty-group",
            Self::NestedGroups { .. } => "nested-groups",
            Self::NoMailbox { .. } => "no-mailbox",
            Self::TestMailboxOutside { .. } => "test-mailbox-outside",
            Self::NothingOutside => "nothing-outside",
            Self::NoRole { .. } => "no-role-in-exchange",
            Self::UnionTrap { .. } => "union-trap",
            Self::DenyPolicies { .. } => "deny-policies",
            Self::OtherRoles { .. } => "other-roles",
            Self::NotCustomizable => "not-customizable",
            Self::NotAllowed => "exchange-role-missing",
        }
    }

    fn words(&self) -> (&'static str, String) {
        match self {
            Self::NoSuchGroup { group } => (
                "The group is not there",
                format!(
                    "Exchange knows no group “{group}”. It may be spelled differently, or have no mail address: a limit \
                     needs a group with one. Choose another group, or choose people."
                ),
            ),
            Self::WrongKindOfGroup { group } => (
                "Another kind of group is needed",
                format!(
                    "“{group}” is not a mail-enabled security group, and the limit needs one. Choose another group, or \
                     choose people: Gatehouse makes the group then."
                ),
            ),
            Self::EmptyGroup { group } => (
                "Nobody is in the group",
                format!("“{group}” has no members, so the app will reach no mailbox until somebody joins it."),
            ),
            Self::NestedGroups { group, inner } => (
                "Groups in the group do not count",
                format!(
                    "Only direct members of “{group}” are reached. Members of {} are not, unless they are in it \
                     themselves.",
                    inner.join(", ")
                ),
            ),
            Self::NoMailbox { address } => (
                "No mailbox at this address",
                format!("“{address}” has no mailbox in Exchange Online. Check the address, or leave it out."),
            ),
            Self::TestMailboxOutside { mailbox } => (
                "The test mailbox is outside of the limit",
                format!(
                    "“{mailbox}” is not among the mailboxes that the app may reach, so trying it will be refused. Add it, or \
                     choose another test mailbox."
                ),
            ),
            Self::NothingOutside => (
                "A refusal cannot be shown",
                "No mailbox outside of the limit was found, so Gatehouse cannot try whether one is refused.".to_owned(),
            ),
            Self::NoRole { permissions } => (
                "A part cannot be limited",
                format!(
                    "Exchange has no role for {}. What these allow holds for the whole organisation.",
                    permissions.join(", ")
                ),
            ),
            Self::UnionTrap { permissions } => (
                "The app reaches every mailbox all the same",
                format!(
                    "{} is granted for the whole organisation, which counts beside any limit in Exchange. It is taken away \
                     as the last step.",
                    permissions.join(", ")
                ),
            ),
            Self::DenyPolicies { groups } => (
                "A policy that keeps the app out cannot be carried over",
                format!(
                    "A policy keeps the app out of the mailboxes of {}. Roles in Exchange can only say whom an app reaches. \
                     Choose a group without these people, and limit the app to it.",
                    groups.join(", ")
                ),
            ),
            Self::OtherRoles { roles } => (
                "The app has other roles in Exchange",
                format!("{} was given by somebody else and stays as it is.", roles.join(", ")),
            ),
            Self::NotCustomizable => (
                "Exchange has to be opened first",
                "This organisation has never changed these settings of Exchange. Run Enable-OrganizationCustomization in \
                 Exchange Online PowerShell once, wait an hour, and make the plan again."
                    .to_owned(),
            ),
            Self::NotAllowed => (
                "Someone else has to do this",
                "Policies in Exchange can only be read and replaced by an Exchange Administrator or a Global Administrator."
                    .to_owned(),
            ),
        }
    }

    /// As a problem to know.
    pub(crate) fn into_problem(self) -> Problem {
        let (title, why) = self.words();
        Problem::to_know(ProblemKind::MailboxAccess { problem: self }, title, why)
    }

    /// As one that stops the plan.
    pub(super) fn blocking(self) -> Problem {
        self.into_problem().blocking()
    }
}
