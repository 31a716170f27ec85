//! Licences: which the organisation has, and who gets one.
//! <https://learn.microsoft.com/graph/api/user-assignlicense>

use net::call::Repeat;
use reqwest::Method;
use serde::Serialize;

use crate::id::UserRef;
use crate::paging::{Page, page};
use crate::path::Path;
use crate::reply::nothing;
use crate::request::Request;
use crate::resources::SubscribedSku;

/// Products that the organisation has licences of.
#[must_use]
pub fn subscribed() -> Request<Page<SubscribedSku>> {
    Request::get(Path::new("subscribedSkus"), page).select(&[
        "id",
        "skuId",
        "skuPartNumber",
        "consumedUnits",
        "prepaidUnits",
        "capabilityStatus",
    ])
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Change<'a> {
    add_licenses: Vec<Added<'a>>,
    remove_licenses: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Added<'a> {
    sku_id: &'a str,
    disabled_plans: [&'static str; 0],
}

/// Gives this licence, with all that is in it. A second time changes nothing. Refused when the account has no usage
/// location, or no licence is left.
#[must_use]
pub fn assign(who: &UserRef, sku: &str) -> Request<()> {
    change(
        who,
        &Change { add_licenses: vec![Added { sku_id: sku, disabled_plans: [] }], remove_licenses: vec![] },
    )
}

/// Takes this licence away. Refused when the account does not have it.
#[must_use]
pub fn take_back(who: &UserRef, sku: &str) -> Request<()> {
    change(who, &Change { add_licenses: vec![], remove_licenses: vec![sku] })
}

fn change(who: &UserRef, change: &Change<'_>) -> Request<()> {
    Request::new(Method::POST, Path::new("users").id(who).then("assignLicense"), Repeat::Safe, nothing)
        .json(change)
}
