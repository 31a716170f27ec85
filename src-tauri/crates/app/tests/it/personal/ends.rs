//! Disconnecting: nothing is left here, and what is left there is said.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::PersonalFeature::{CalendarRead, MailRead};
use contract::{DisconnectRequest, PersonalConnection, PersonalState};
use identity::{AccountKey, CloudId, MemoryTokenStore, RefreshKey, TokenProvider, TokenStore};
use secrecy::{ExposeSecret, SecretString};
use vault::{RecordAddress, RecordId, RecordKind, Vault, VaultOptions};

use super::{PRODUCT, again, wish};
use crate::world::World;

/// The middle of a connection's id names the person.
fn person_of(connection: &PersonalConnection) -> &str {
    connection.id.split('.').nth(1).unwrap()
}

/// The session of a connection, opened with the key in this computer's keyring: as only its person could.
#[expect(clippy::disallowed_methods, reason = "another program on the same computer")]
pub(super) async fn sealed(world: &World, connection: &PersonalConnection) -> Option<String> {
    let options = VaultOptions::new(
        world.space(),
        vault::Space::new("custom").unwrap(),
        Arc::new(jiff::Timestamp::now),
    );
    let vault = Vault::open(options.with_keyring(world.computer.keyring.backend())).unwrap();
    vault.watch().wait_for(|status| status.can_seal()).await.unwrap();
    let cloud = serde_json::to_string(&CloudId::Custom("bed".into())).unwrap();
    let (tenant, person) = (&connection.tenant_id, person_of(connection));
    let id = RecordId::new(format!("personal-connection/{cloud}/{tenant}/{person}/{}", connection.client_id));
    let address = RecordAddress::new(id.unwrap(), RecordKind::RefreshToken, tenant.clone()).unwrap();
    vault.get(&address).await.ok().map(|token| token.expose_secret().to_owned())
}

/// Whether any file below holds these bytes.
fn on_disk(folder: &Path, needle: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(on_disk(&path, needle));
        } else if std::fs::read(&path)
            .is_ok_and(|bytes| bytes.windows(needle.len()).any(|window| window == needle.as_bytes()))
        {
            found.push(path);
        }
    }
    found
}

/// Somebody who kept a copy of a refresh token tries it.
async fn tries(world: &World, connection: &PersonalConnection, token: &str) -> Result<String, String> {
    let base = world.tenant.base_url().to_string();
    let cloud = identity::Cloud::on_this_computer("thief", &base, &base, &base).unwrap();
    let http = net::http::client(&net::http::ClientOptions::new("thief")).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a stranger's computer")]
    let authority = identity::Authority::new(cloud.clone(), http, Arc::new(jiff::Timestamp::now));
    let account = AccountKey {
        tenant_id: connection.tenant_id.parse().unwrap(),
        object_id: person_of(connection).parse().unwrap(),
    };
    let store = Arc::new(MemoryTokenStore::default());
    let key = RefreshKey {
        cloud: cloud.id().clone(),
        client_id: PRODUCT.parse().unwrap(),
        account: account.clone(),
    };
    store.save(&key, &SecretString::from(token)).await.unwrap();
    let provider = TokenProvider::new(authority, PRODUCT.parse().unwrap(), account, store);
    let scope = identity::Scopes::parse(&cloud.graph_scope("Calendars.Read"));
    provider
        .token(&scope, None)
        .await
        .map(|token| token.expose().to_owned())
        .map_err(|error| error.to_string())
}

#[tokio::test]
async fn after_disconnecting_no_token_is_left_here() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead, MailRead])).await;
    let mut canaries = vec![sealed(&world, &connection).await.unwrap()];
    world.app.personal_check(&connection.id).await.unwrap();
    let newer = sealed(&world, &connection).await.unwrap();
    assert_ne!(newer, canaries[0], "each look renews the session");
    canaries.push(newer);
    world.app.personal_copy_token(&connection.id).await.unwrap();
    canaries.push(sealed(&world, &connection).await.unwrap());
    canaries.push(world.computer.clipboard.lock().unwrap().clone().unwrap().0);

    let request = DisconnectRequest { connection_id: connection.id.clone(), look_first: true };
    let done = world.app.personal_disconnect(request).await.unwrap();
    assert_eq!(done.removed.len(), 2, "{:?}", done.removed);
    assert!(done.revoked.is_empty(), "nothing was taken back: {:?}", done.revoked);
    assert!(done.remains.iter().any(|one| one.link.as_deref().is_some_and(|link| link.ends_with("/myapps"))));
    assert!(done.remains.iter().any(|one| one.sentence.contains("90 days")), "{:?}", done.remains);
    assert!(done.remains.iter().any(|one| one.sentence.contains("Exchange")), "the old way is said");

    assert!(world.app.personal_connections().await.unwrap().is_empty());
    assert!(world.computer.clipboard.lock().unwrap().is_none(), "a copied token goes too");
    assert_eq!(sealed(&world, &connection).await, None);
    for canary in &canaries {
        assert_eq!(on_disk(world.folder(), canary), Vec::<PathBuf>::new());
    }
    // The real one would still take the old session, and so does the practice one: that is what was said.
    let taken = tries(&world, &connection, &canaries[0]).await;
    assert!(taken.is_ok(), "{taken:?}");
    world.takes_back("noor.haddad");
    let refused = tries(&world, &connection, &canaries[0]).await;
    assert!(refused.is_err(), "what was taken back opens nothing");
    // Sessions that were ended open nothing either, though the permission is there again.
    let once_more = world.connects(wish(&[CalendarRead])).await;
    let old = sealed(&world, &once_more).await.unwrap();
    assert!(tries(&world, &once_more, &old).await.is_ok());
    world.sessions_end("noor.haddad");
    assert!(tries(&world, &once_more, &old).await.is_err());
}

#[tokio::test]
async fn what_was_taken_back_before_is_seen_when_somebody_looks() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    world.takes_back("noor.haddad");
    let request = DisconnectRequest { connection_id: connection.id, look_first: true };
    let done = world.app.personal_disconnect(request).await.unwrap();
    assert_eq!(done.revoked.len(), 1, "{:?}", done.revoked);
    assert!(
        done.remains.iter().all(|one| one.link.is_none()),
        "nothing is left to take back: {:?}",
        done.remains
    );
    assert!(
        done.remains.iter().any(|one| one.sentence.contains("90 minutes")),
        "a pass that is out works on"
    );

    let connection = world.connects(wish(&[CalendarRead])).await;
    world.sessions_end("noor.haddad");
    let request = DisconnectRequest { connection_id: connection.id, look_first: true };
    let done = world.app.personal_disconnect(request).await.unwrap();
    assert!(done.revoked[0].contains("no longer takes the sign-in"), "{:?}", done.revoked);
    assert!(done.remains.iter().any(|one| one.link.is_some()), "the permission itself still stands");
}

#[tokio::test]
async fn ending_a_connection_ends_no_session_of_an_admin_through_the_same_app() {
    let world = World::new().await;
    let account = world.sign_in().await;
    let own = contract::PersonalRequest { client_id: account.client_id.clone(), ..wish(&[CalendarRead]) };
    let connection = world.connects(contract::PersonalRequest { product: None, ..own }).await;
    assert_eq!(connection.product, "Gatehouse");
    let request = DisconnectRequest { connection_id: connection.id, look_first: false };
    world.app.personal_disconnect(request).await.unwrap();
    assert!(!world.app.domains().await.unwrap().is_empty(), "the admin works on");
}

#[tokio::test]
async fn a_second_gatehouse_brings_nothing_back() {
    let world = World::of_noor().await;
    let connection = world.connects(wish(&[CalendarRead])).await;
    let other = world.started_on(world.folder());
    other.space_enter(contract::Space::Real).await.unwrap();
    other.vault_open().await.unwrap();
    assert_eq!(other.personal_check(&connection.id).await.unwrap().state, PersonalState::Works);

    // What one changes, the other finds.
    let wider = world.connects(again(&connection, &[CalendarRead, MailRead])).await;
    let looked = other.personal_check(&wider.id).await.unwrap();
    assert_eq!(looked.features, [CalendarRead, MailRead]);

    // One ends it while the other looks.
    let token = sealed(&world, &wider).await.unwrap();
    let request = DisconnectRequest { connection_id: wider.id.clone(), look_first: false };
    let (done, looked) =
        tokio::join!(world.app.personal_disconnect(request), other.personal_check(&wider.id));
    done.unwrap();
    if let Err(error) = looked {
        assert_eq!(error.code, contract::ErrorCode::NoSuchThing);
    }
    assert!(other.personal_connections().await.unwrap().is_empty());
    assert_eq!(sealed(&world, &wider).await, None);
    assert_eq!(on_disk(world.folder(), &token), Vec::<PathBuf>::new());
    other.close();
}
