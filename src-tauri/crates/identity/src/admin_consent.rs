//! The link with which an admin agrees for the whole organisation.

use url::Url;

use crate::cloud::Cloud;
use crate::ids::ClientId;
use crate::tenant::Tenant;

/// The admin-consent page for all that the app's registration asks for
/// (<https://learn.microsoft.com/entra/identity-platform/v2-admin-consent>).
///
/// Careful: what it grants *replaces* what the organisation granted to the app before, so permissions that were granted
/// without being on the registration can go. Grants made through Graph add instead. Check grants afterwards by reading
/// them: what comes back in the browser proves nothing.
#[must_use]
pub fn admin_consent_url(cloud: &Cloud, tenant: &Tenant, client_id: &ClientId) -> Url {
    // An admin consents for one organisation; `common` has none.
    let tenant = if *tenant == Tenant::Common { &Tenant::Organizations } else { tenant };
    let mut url = cloud.login_endpoint(tenant, "adminconsent");
    url.query_pairs_mut().append_pair("client_id", client_id.as_str());
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_names_the_organisation_and_the_app() {
        let client = "04b07795-8ddb-461a-bbee-02f9e1bf7b46".parse().unwrap();
        let link = |tenant: &str| {
            admin_consent_url(&Cloud::global(), &Tenant::parse(tenant).unwrap(), &client).to_string()
        };
        assert_eq!(
            link("contoso.com"),
            "https://login.microsoftonline.com/contoso.com/adminconsent?client_id=04b07795-8ddb-461a-bbee-02f9e1bf7b46"
        );
        assert!(link("common").contains("/organizations/adminconsent"));
    }
}
