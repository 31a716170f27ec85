//! What a person chose.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use super::MailboxAccess;
use crate::{Connector, SignInAudience};

/// What a person chose and answered. Everything in it is as typed; [`Connector::setup`] judges it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Ids of the chosen features. They also decide which registrations are made.
    #[serde(default)]
    pub features: BTreeSet<String>,
    /// Ids of the chosen environments, where the connector has any.
    #[serde(default)]
    pub environments: BTreeSet<String>,
    /// Answers by input id, as typed. Several answers are separated by commas, semicolons or line breaks.
    #[serde(default)]
    pub inputs: BTreeMap<String, String>,
    /// By registration key: an account type other than the first one on offer.
    #[serde(default)]
    pub audiences: BTreeMap<String, SignInAudience>,
    /// By registration key: a display name other than the suggested one.
    #[serde(default)]
    pub display_names: BTreeMap<String, String>,
    /// By registration key: a secret lifetime in months, other than the suggested one.
    #[serde(default)]
    pub secret_months: BTreeMap<String, u8>,
    /// By registration key: whose mailboxes the app is to reach. Everybody's, where nothing is chosen.
    #[serde(default)]
    pub mailbox_access: BTreeMap<String, MailboxAccess>,
    /// Permissions that are off to begin with and were switched on, each by its
    /// [`RequestedPermission::switch`](crate::RequestedPermission::switch).
    #[serde(default)]
    pub permissions_on: BTreeSet<String>,
}

/// Answers are left out: people paste into the wrong box, and what they paste may be a key.
impl fmt::Debug for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Choices")
            .field("features", &self.features)
            .field("environments", &self.environments)
            .field("inputs", &self.inputs.keys())
            .field("audiences", &self.audiences)
            .field("display_names", &self.display_names.keys())
            .field("secret_months", &self.secret_months)
            .field("mailbox_access", &self.mailbox_access.keys())
            .field("permissions_on", &self.permissions_on)
            .finish()
    }
}

impl Connector {
    /// The choices to begin with: features and environments that are on by default, and default answers.
    #[must_use]
    pub fn default_choices(&self) -> Choices {
        Choices {
            features: self
                .features
                .iter()
                .filter(|feature| feature.default && feature.unavailable.is_none())
                .map(|feature| feature.id.clone())
                .collect(),
            environments: self
                .environments
                .iter()
                .filter(|environment| environment.default)
                .map(|environment| environment.id.clone())
                .collect(),
            inputs: self
                .inputs
                .iter()
                .filter_map(|input| Some((input.id.clone(), input.default.clone()?)))
                .collect(),
            ..Choices::default()
        }
    }
}
