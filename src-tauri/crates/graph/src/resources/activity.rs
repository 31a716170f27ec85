//! When apps were last used.
//! <https://learn.microsoft.com/graph/api/resources/serviceprincipalsigninactivity?view=graph-rest-beta>,
//! <https://learn.microsoft.com/graph/api/resources/appcredentialsigninactivity?view=graph-rest-beta>,
//! <https://learn.microsoft.com/graph/api/resources/signin?view=graph-rest-beta>

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{AppId, KeyId};

/// The last of something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SignInActivity {
    /// Last attempt.
    #[serde(deserialize_with = "crate::time::lenient")]
    pub last_sign_in_date_time: Option<Timestamp>,
    /// Last attempt that worked, where Graph tells it apart.
    #[serde(deserialize_with = "crate::time::lenient")]
    pub last_successful_sign_in_date_time: Option<Timestamp>,
}

/// When an app was last used, in each way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePrincipalSignInActivity {
    /// Client id.
    pub app_id: AppId,
    /// In any way, as client or as API.
    #[serde(default)]
    pub last_sign_in_activity: Option<SignInActivity>,
    /// By itself, as client.
    #[serde(default)]
    pub application_authentication_client_sign_in_activity: Option<SignInActivity>,
    /// For a person, as client.
    #[serde(default)]
    pub delegated_client_sign_in_activity: Option<SignInActivity>,
}

impl ServicePrincipalSignInActivity {
    /// The latest of all.
    #[must_use]
    pub fn latest(&self) -> Option<Timestamp> {
        [
            &self.last_sign_in_activity,
            &self.application_authentication_client_sign_in_activity,
            &self.delegated_client_sign_in_activity,
        ]
        .into_iter()
        .flatten()
        .filter_map(|activity| activity.last_sign_in_date_time)
        .max()
    }
}

/// When a credential of an app was last used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppCredentialSignInActivity {
    /// Client id.
    pub app_id: AppId,
    /// Which credential.
    pub key_id: KeyId,
    /// When.
    #[serde(default)]
    pub sign_in_activity: Option<SignInActivity>,
}

/// One line of the sign-in log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// When.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub created_date_time: Option<Timestamp>,
    /// Client id.
    #[serde(default)]
    pub app_id: Option<String>,
    /// The credential that an app signed in with; beta only.
    #[serde(default)]
    pub service_principal_credential_key_id: Option<String>,
    /// How it ended.
    #[serde(default)]
    pub status: Option<SignInStatus>,
}

impl SignIn {
    /// Whether it worked. A line that does not say is taken as one that did: then something uses the app.
    #[must_use]
    pub fn worked(&self) -> bool {
        self.status.as_ref().and_then(|status| status.error_code).is_none_or(|code| code == 0)
    }
}

/// How a sign-in ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignInStatus {
    /// 0 when it worked, else an AADSTS number.
    #[serde(default)]
    pub error_code: Option<i64>,
}
