//! Making tokens: the claims that Entra puts in, with the permissions as they are granted at this moment.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::Protocol;
use super::error::{Code, Refusal};
use super::ledger::digest;
use crate::auth;
use crate::directories::Kind;
use crate::lag::View;
use crate::random;
use crate::reference;
use crate::seed::{HOME_ACCOUNT, HOME_DIRECTORY};
use crate::sign_ins::UsedCredential;
use crate::store::{Row, Tables};
use crate::tenant::Tenant;

/// The directory role that every member's token lists.
const ORDINARY_USER: &str = "b79fbf4d-3ef9-4689-8143-76b194e85509";
/// The directory role that every application's token lists.
const ORDINARY_APPLICATION: &str = "0997a1d0-0d1d-4acb-b408-d5ca73121e90";

/// How the client proved who it is; `appidacr` of the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    None,
    Secret(UsedCredential),
    Certificate(UsedCredential),
}

impl Proof {
    const fn claim(&self) -> &'static str {
        match self {
            Self::None => "0",
            Self::Secret(_) => "1",
            Self::Certificate(_) => "2",
        }
    }

    /// The credential that was shown.
    pub(crate) fn used(&self) -> Option<UsedCredential> {
        match self {
            Self::None => None,
            Self::Secret(used) | Self::Certificate(used) => Some(used.clone()),
        }
    }
}

/// What all tokens of one answer share.
#[derive(Debug, Clone)]
pub(crate) struct Mint<'a> {
    pub(crate) tenant: &'a Tenant,
    /// Base address of the sign-in endpoints as the client calls them.
    pub(crate) base: String,
    pub(crate) now: Timestamp,
    pub(crate) client: String,
    pub(crate) client_name: String,
    pub(crate) proof: Proof,
    pub(crate) understands_challenges: bool,
}

/// A token and how long it lasts.
#[derive(Clone)]
pub(crate) struct Token {
    pub(crate) value: String,
    pub(crate) seconds: i64,
}

impl Mint<'_> {
    /// An access token for a person.
    pub(crate) fn for_person(
        &self,
        tables: &Tables,
        user: &Row,
        resource: &Row,
        called: &str,
        scopes: &BTreeSet<String>,
    ) -> Result<Token, Refusal> {
        let oid = user.text("id");
        let seconds = self.life();
        let mut wids = tables.active_roles(oid);
        wids.push(ORDINARY_USER.to_owned());
        let mut claims = self.common(tables, resource, called, seconds);
        let scp: Vec<_> = scopes.iter().filter(|scope| *scope != "offline_access").cloned().collect();
        extend(
            &mut claims,
            json!({
                "acct": i32::from(user.text("userType") == "Guest"),
                "acr": "1",
                "amr": ["pwd", "mfa"],
                "family_name": user.body.get("surname"),
                "given_name": user.body.get("givenName"),
                "idtyp": "user",
                "ipaddr": "127.0.0.1",
                "name": user.text("displayName"),
                "oid": self.tenant.kind.id_in_tokens(oid),
                "puid": puid(oid),
                "scp": scp.join(" "),
                "signin_state": ["kmsi"],
                "sub": pairwise(oid, resource.text("appId")),
                "unique_name": user.text("userPrincipalName"),
                "upn": user.text("userPrincipalName"),
                "wids": wids,
            }),
        );
        let roles = roles_of(tables, oid, resource, None);
        if !roles.is_empty() {
            claims["roles"] = json!(roles);
        }
        if claims["ver"] == "2.0" {
            claims["preferred_username"] = json!(user.text("userPrincipalName"));
        }
        self.as_guest(user, &mut claims);
        if self.understands_challenges {
            claims["xms_cc"] = json!(["cp1"]);
        }
        let mut token = self.sign(&claims, seconds)?;
        if self.tenant.kind == Kind::Personal {
            token.value = auth::opaque(&token.value);
        }
        Ok(token)
    }

    /// What tokens say of somebody who is at home elsewhere ("Access token claims reference": `acct`, `idp`; "ID token claims
    /// reference": `idp`, `email`).
    fn as_guest(&self, user: &Row, claims: &mut Value) {
        if user.text(HOME_ACCOUNT).is_empty() {
            return;
        }
        let provider = format!("https://sts.windows.net/{}/", user.text(HOME_DIRECTORY));
        extend(claims, json!({"idp": provider, "email": user.text("mail")}));
        for name in ["unique_name", "preferred_username", "login_hint"] {
            if claims.get(name).is_some() {
                claims[name] = json!(user.text("mail"));
            }
        }
        if let Some(claims) = claims.as_object_mut() {
            // Only there when the application asks for it as an optional claim.
            claims.remove("upn");
        }
    }

    /// An access token for an application by itself.
    pub(crate) fn for_application(
        &self,
        tables: &Tables,
        principal: &Row,
        resource: &Row,
        called: &str,
        view: &View,
    ) -> Result<Token, Refusal> {
        let id = principal.text("id");
        let seconds = if self.understands_challenges { 86_399 } else { 3_599 };
        let mut claims = self.common(tables, resource, called, seconds);
        let mut wids = tables.active_roles(id);
        wids.push(ORDINARY_APPLICATION.to_owned());
        extend(
            &mut claims,
            json!({ "idtyp": "app", "oid": id, "sub": id, "idp": format!("{}/{}/", self.base, self.tenant.tenant_id), "wids": wids }),
        );
        let roles = roles_of(tables, id, resource, Some(view));
        // Entra leaves the claim out when there is nothing to put in it.
        if !roles.is_empty() {
            claims["roles"] = json!(roles);
        }
        if self.understands_challenges {
            claims["xms_cc"] = json!(["cp1"]);
        }
        self.sign(&claims, seconds)
    }

    /// An ID token.
    pub(crate) fn id_token(
        &self,
        tables: &Tables,
        user: &Row,
        protocol: Protocol,
        nonce: Option<&str>,
        email: bool,
        code: Option<&str>,
    ) -> Result<String, Refusal> {
        let oid = user.text("id");
        let second = self.now.as_second();
        let mut claims = json!({
            "aud": self.client,
            "exp": second + 3_900,
            "iat": second,
            "name": user.text("displayName"),
            "nbf": second,
            "oid": self.tenant.kind.id_in_tokens(oid),
            "rh": "0.",
            "sid": random::fresh_guid(),
            "sub": pairwise(oid, &self.client),
            "tid": self.tenant.tenant_id,
            "uti": uti(),
        });
        match protocol {
            Protocol::V1 => extend(
                &mut claims,
                json!({
                    "iss": format!("{}/{}/", self.base, self.tenant.tenant_id),
                    "ver": "1.0",
                    "amr": ["pwd", "mfa"],
                    "family_name": user.body.get("surname"),
                    "given_name": user.body.get("givenName"),
                    "ipaddr": "127.0.0.1",
                    "unique_name": user.text("userPrincipalName"),
                    "upn": user.text("userPrincipalName"),
                }),
            ),
            Protocol::V2 => extend(
                &mut claims,
                json!({
                    "iss": format!("{}/{}/v2.0", self.base, self.tenant.tenant_id),
                    "ver": "2.0",
                    "preferred_username": user.text("userPrincipalName"),
                    "login_hint": user.text("userPrincipalName"),
                }),
            ),
        }
        if email && !user.text("mail").is_empty() {
            claims["email"] = json!(user.text("mail"));
        }
        self.as_guest(user, &mut claims);
        if let Some(nonce) = nonce {
            claims["nonce"] = json!(nonce);
        }
        if let Some(code) = code {
            claims["c_hash"] = json!(half_hash(code));
        }
        if let Some(own) = tables.service_principal_by_app_id(&self.client) {
            let roles = roles_of(tables, oid, own, None);
            if !roles.is_empty() {
                claims["roles"] = json!(roles);
            }
        }
        self.sign(&claims, 0).map(|token| token.value)
    }

    /// Claims of every access token. Which version it has is the resource's choice, not the client's.
    fn common(&self, tables: &Tables, resource: &Row, called: &str, seconds: i64) -> Value {
        let registration = tables.application_by_app_id(resource.text("appId"));
        let version =
            registration.and_then(|row| row.body.get("api")?.get("requestedAccessTokenVersion")?.as_i64());
        let v2 = version == Some(2);
        let second = self.now.as_second();
        let mut claims = json!({
            "iat": second,
            "nbf": second,
            "exp": second + seconds,
            "aio": random::fresh_token(),
            "rh": "0.",
            "tid": self.tenant.tenant_id,
            "uti": uti(),
            // Marks the token as ours, and says to the millisecond when it was issued.
            "practice": self.now.as_millisecond(),
        });
        if v2 {
            extend(
                &mut claims,
                json!({
                    "aud": resource.text("appId"),
                    "iss": format!("{}/{}/v2.0", self.base, self.tenant.tenant_id),
                    "azp": self.client,
                    "azpacr": self.proof.claim(),
                    "ver": "2.0",
                }),
            );
        } else {
            let aud = match called {
                "" if resource.text("appId") == reference::GRAPH => reference::GRAPH,
                "" => resource.text("appId"),
                called => called,
            };
            extend(
                &mut claims,
                json!({
                    "aud": aud,
                    "iss": format!("{}/{}/", self.base, self.tenant.tenant_id),
                    "appid": self.client,
                    "app_displayname": self.client_name,
                    "appidacr": self.proof.claim(),
                    "tenant_region_scope": "EU",
                    "ver": "1.0",
                }),
            );
        }
        claims
    }

    /// 60 to 90 minutes at random; a day for clients that understand challenges.
    fn life(&self) -> i64 {
        if self.understands_challenges { 86_399 } else { 3_600 + i64::from(rand::random::<u16>() % 1_800) }
    }

    fn sign(&self, claims: &Value, seconds: i64) -> Result<Token, Refusal> {
        let signed = self.tenant.keys.sign(claims);
        let value = signed.map_err(|_| {
            Refusal::new(Code::InvalidRequest, 90_033, "A transient error has occurred. Please try again.")
        })?;
        Ok(Token { value, seconds })
    }
}

/// Values of the app roles of `resource` that `principal` holds. With a view, grants that have not spread yet are left out.
pub(crate) fn roles_of(tables: &Tables, principal: &str, resource: &Row, view: Option<&View>) -> Vec<String> {
    let published = resource.body.get("appRoles").and_then(Value::as_array);
    let held = tables.app_role_assignments.values().filter(|row| {
        row.deleted.is_none()
            && row.text("principalId") == principal
            && row.text("resourceId") == resource.text("id")
            && view.is_none_or(|view| view.grant_in_tokens(row.text("id"), row.created))
    });
    let mut values: Vec<String> = held
        .filter_map(|row| {
            let role = published?.iter().find(|role| role["id"] == row.text("appRoleId"))?;
            role["value"].as_str().map(str::to_owned)
        })
        .collect();
    values.sort();
    values.dedup();
    values
}

/// `client_info`, with which MSAL tells accounts apart.
pub(crate) fn client_info(tenant: &Tenant, oid: &str) -> String {
    URL_SAFE_NO_PAD
        .encode(json!({"uid": tenant.kind.id_in_tokens(oid), "utid": tenant.tenant_id}).to_string())
}

/// The subject as one audience sees it.
fn pairwise(oid: &str, audience: &str) -> String {
    digest(&format!("{oid}|{audience}"))
}

/// A legacy id of the account: 64 bits in hex.
fn puid(oid: &str) -> String {
    format!("1003{}", oid.replace('-', "").to_uppercase().get(..12).unwrap_or_default())
}

fn uti() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 16]>())
}

/// Left half of the digest (OIDC Core 3.3.2.11).
fn half_hash(value: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(value.as_bytes())[..16])
}

fn extend(claims: &mut Value, more: Value) {
    if let (Some(claims), Value::Object(more)) = (claims.as_object_mut(), more) {
        claims.extend(more);
    }
}
