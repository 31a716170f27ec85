//! The many registrations that nobody remembers. They are kept lean: a large organisation has fifty thousand of them, so only
//! what is not blank is stored, and the projection fills in the rest.

use serde_json::{Map, Value, json};

use super::credentials::{End, certificate, secret_until};
use super::registrations::{service_principal, skeleton};
use super::{DOMAIN, Ground, grants, names, tenant_id};
use crate::random::Random;
use crate::sign_ins::CredentialUse;
use crate::store::{Row, Tables};

/// From so many on, every twelfth secret ends on one and the same day.
const LARGE: usize = 1_000;
/// That day, counted from now.
const BUSY_DAY: i64 = 131;
/// Local parts of those who own them.
const OWNERS: [&str; 6] =
    ["tomas.herrera", "chiara.bianchi", "priya.raman", "yusuf.demir", "pavel.novak", "erik.johansson"];

pub(crate) fn add(ground: &Ground, numbers: std::ops::Range<usize>, tables: &mut Tables) {
    let mut random = Random::for_purpose(ground.seed, "registrations");
    let people: Vec<String> = OWNERS
        .iter()
        .filter_map(|local| tables.user(&format!("{local}@{DOMAIN}")))
        .map(|user| user.text("id").to_owned())
        .collect();
    let large = numbers.end > LARGE;
    for number in numbers {
        one(ground, tables, number, large, &people, &mut random);
    }
}

fn one(
    ground: &Ground,
    tables: &mut Tables,
    number: usize,
    large: bool,
    people: &[String],
    random: &mut Random,
) {
    let (id, app_id) = (random.guid(), random.guid());
    let (name, purpose) = names::name(number, random);
    let age = 30 + days(random, 1_400);
    let audience = if random.below(30) == 0 { "AzureADMultipleOrgs" } else { "AzureADMyOrg" };
    let mut body = skeleton(&name, &id, &app_id, audience);
    credentials(
        ground,
        tables,
        &mut body,
        (&id, &app_id),
        purpose,
        large && number.is_multiple_of(12),
        random,
    );
    let (roles, names): (Value, &[&str]) = match random.below(3) {
        0 => (json!([{"id": "df021288-bdef-4463-88db-98f22de89214", "type": "Role"}]), &["User.Read.All"]),
        1 => (json!([{"id": "798ee544-9d2d-430c-a058-570e29e34338", "type": "Role"}]), &["Calendars.Read"]),
        _ => (json!([{"id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope"}]), &[]),
    };
    body["requiredResourceAccess"] =
        json!([{"resourceAppId": crate::reference::GRAPH, "resourceAccess": roles}]);
    let owners: Vec<String> = match random.below(10) {
        0..4 => vec![],
        4..9 => random.pick(people).cloned().into_iter().collect(),
        _ => people.iter().take(2).cloned().collect(),
    };
    if !owners.is_empty() {
        tables.owners.insert(id.clone(), owners);
    }
    tables.applications.insert(id, lean(ground.row(age, body)));
    let enterprise = random.guid();
    let row = service_principal(ground, &enterprise, &app_id, &name, &tenant_id(ground.seed), age);
    tables.service_principals.insert(enterprise.clone(), lean(row));
    if random.below(5) != 0 {
        grants::application(ground, tables, &enterprise, crate::reference::GRAPH, names);
    }
}

/// Most have one secret that ends within two years; one in eight has ended; some have certificates or nothing.
fn credentials(
    ground: &Ground,
    tables: &mut Tables,
    body: &mut Value,
    (id, app_id): (&str, &str),
    purpose: &str,
    busy: bool,
    random: &mut Random,
) {
    let name = purpose.to_lowercase();
    let (start, end) = match random.below(100) {
        _ if busy => (BUSY_DAY - 730, End::Midnight(BUSY_DAY)),
        0..20 => return,
        20..24 => {
            let end = days(random, 800) - 70;
            body["keyCredentials"] = json!([certificate(ground, id, &name, end - 730, end)]);
            return;
        }
        24 => (-900, End::Year2299),
        25 => (-2_500, End::Never),
        26..29 => {
            let end = days(random, 120);
            let old = secret_until(ground, tables, id, "old", end - 365, End::Days(end));
            let new = secret_until(ground, tables, id, "new", -10, End::Days(end + 300));
            body["passwordCredentials"] = json!([new, old]);
            return;
        }
        _ => {
            let end = days(random, 820) - 90;
            (end - 730, End::Days(end))
        }
    };
    let secret = secret_until(ground, tables, id, &name, start, end);
    let used = match random.below(10) {
        0..5 => Some(days(random, 28)),
        5..7 => Some(days(random, 500) + 30),
        _ => None,
    };
    if let Some(used) = used.filter(|used| -used >= start) {
        let key_id = secret["keyId"].as_str().unwrap_or_default();
        let at = ground.days(-used) + jiff::SignedDuration::from_mins(days(random, 1_400));
        let at = if at > ground.now { ground.now } else { at };
        tables.sign_ins.credentials.insert(key_id.to_owned(), CredentialUse::at(app_id, id, at));
    }
    body["passwordCredentials"] = json!([secret]);
}

fn days(random: &mut Random, bound: usize) -> i64 {
    i64::try_from(random.below(bound)).unwrap_or(0)
}

/// Without what is blank.
fn lean(mut row: Row) -> Row {
    let body = std::mem::take(&mut row.body);
    row.body = body.into_iter().filter(|(_, value)| !blank(value)).collect::<Map<_, _>>();
    row
}

fn blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        // Settings that are all off are as good as none.
        Value::Object(own) => own.values().all(|value| blank(value) || *value == Value::Bool(false)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_organisation_has_credentials_of_every_kind() {
        let ground =
            Ground { seed: 1, now: "2026-11-20T10:00:00Z".parse().unwrap(), place: crate::seed::MAIN };
        let mut tables = Tables::default();
        add(&ground, 0..3_000, &mut tables);
        let ends: Vec<Value> = tables
            .applications
            .values()
            .flat_map(|row| row.body.get("passwordCredentials").and_then(Value::as_array).cloned())
            .flatten()
            .map(|one| one["endDateTime"].clone())
            .collect();
        let text = |end: &Value| end.as_str().unwrap_or_default().to_owned();
        let count = |fits: &dyn Fn(&Value) -> bool| ends.iter().filter(|end| fits(end)).count();
        assert_eq!(count(&|end| text(end) == "2027-03-31T00:00:00Z"), 250, "all on one day");
        assert!(count(&|end| text(end).starts_with("2299-")) > 10);
        assert!(count(&Value::is_null) > 10);
        assert!(count(&|end| end.is_string() && text(end).as_str() < "2026-11-20") > 100, "expired");
        assert!(count(&|end| text(end).as_str() > "2028-01-01" && text(end).as_str() < "2029") > 100);
    }
}
