//! The outcome of a failed write never lies: held against what the server really did, over many random bad days.

use std::sync::{Arc, Mutex};

use graph::{GraphClient, GraphError, Outcome, UniqueName, applications, credentials, grants, resources};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::json;

use crate::fault_server::{Answer, FaultServer, Received};
use crate::world::{World, application, http, principal, role};

/// What the server has really done.
#[derive(Default)]
struct Directory {
    apps: usize,
    secrets: usize,
    grants: usize,
    secret_requests: usize,
}

/// What happens to one request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Done,
    /// Done, and the answer is lost.
    DoneThenGatewayTimeout,
    DoneThenCut,
    DoneThenTruncated,
    /// Not done.
    Throttled,
    Unavailable,
    Denied,
    CutBefore,
    Expired,
}

const FATES: [Fate; 9] = [
    Fate::Done,
    Fate::DoneThenGatewayTimeout,
    Fate::DoneThenCut,
    Fate::DoneThenTruncated,
    Fate::Throttled,
    Fate::Unavailable,
    Fate::Denied,
    Fate::CutBefore,
    Fate::Expired,
];

impl Fate {
    fn is_done(self) -> bool {
        matches!(
            self,
            Self::Done | Self::DoneThenGatewayTimeout | Self::DoneThenCut | Self::DoneThenTruncated
        )
    }

    fn answer(self, done: Answer) -> Answer {
        match self {
            Self::Done => done,
            Self::DoneThenGatewayTimeout => Answer::status(504),
            Self::DoneThenCut | Self::CutBefore => Answer::Cut(vec![]),
            Self::DoneThenTruncated => {
                Answer::Cut(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{\"keyId".to_vec())
            }
            Self::Throttled => Answer::refused(429, &[("Retry-After", "3")], "TooManyRequests", ""),
            Self::Unavailable => Answer::status(503),
            Self::Denied => Answer::refused(403, &[], "Authorization_RequestDenied", "no"),
            Self::Expired => Answer::refused(401, &[], "InvalidAuthenticationToken", "expired"),
        }
    }
}

impl Directory {
    fn serve(&mut self, request: &Received, fate: Fate) -> Answer {
        let done = if request.target.contains("uniqueName") {
            let is_new = self.apps == 0;
            self.apps += usize::from(fate.is_done() && is_new);
            let app = json!({"id": application(), "appId": "33333333-3333-4333-8333-333333333333"});
            if is_new { Answer::json(201, &app) } else { Answer::status(204) }
        } else if request.target.contains("addPassword") {
            self.secret_requests += 1;
            self.secrets += usize::from(fate.is_done());
            Answer::json(200, &json!({"keyId": "k", "secretText": "canary-secret"}))
        } else {
            let exists = self.grants > 0;
            self.grants += usize::from(fate.is_done() && !exists);
            if exists {
                Answer::refused(
                    400,
                    &[],
                    "Request_BadRequest",
                    "Permission being assigned already exists on the object",
                )
            } else {
                Answer::json(
                    201,
                    &json!({"id": "a", "principalId": "p", "resourceId": "r", "appRoleId": "o"}),
                )
            }
        };
        fate.answer(done)
    }
}

async fn unlucky(seed: u64) -> (FaultServer, Arc<Mutex<Directory>>) {
    let directory = Arc::new(Mutex::new(Directory::default()));
    let (inside, luck) = (directory.clone(), Mutex::new(StdRng::seed_from_u64(seed)));
    let server = FaultServer::answering(move |n, request| {
        let fate = FATES[luck.lock().unwrap().random_range(0..FATES.len())];
        // Bad luck ends some time, so that every call ends.
        let fate = if n > 12 { Fate::Done } else { fate };
        inside.lock().unwrap().serve(request, fate)
    })
    .await;
    (server, directory)
}

fn is_honest(result: &Result<(), GraphError>, done: bool) -> bool {
    match result.as_ref().map_err(GraphError::outcome) {
        Ok(_) | Err(Outcome::Applied) => done,
        Err(Outcome::NotSent | Outcome::Refused) => !done,
        Err(Outcome::Ambiguous) => true,
    }
}

async fn add_secret(client: &GraphClient) -> Result<(), GraphError> {
    let end = "2027-05-20T00:00:00Z".parse().unwrap();
    client.send(credentials::add_password(&application(), "Gatehouse/1f/1", end)).await.map(|_| ())
}

#[tokio::test]
async fn a_secret_is_made_at_most_once_and_its_outcome_is_true() {
    let http = http();
    for seed in 0..150 {
        let (server, directory) = unlucky(seed).await;
        let result = add_secret(&World::default().client_over(http.clone(), server.url())).await;
        let directory = directory.lock().unwrap();
        assert!(directory.secrets <= 1, "seed {seed}: {} secrets", directory.secrets);
        assert!(directory.secret_requests <= 2, "seed {seed}: sent again after something else than a 401");
        assert!(is_honest(&result, directory.secrets == 1), "seed {seed}: {result:?}");
    }
}

#[tokio::test]
async fn an_upsert_makes_one_object_and_a_success_means_that_it_exists() {
    let name = UniqueName::new("gatehouse-1f").unwrap();
    let patch = resources::ApplicationPatch { display_name: Some("T".into()), ..Default::default() };
    let http = http();
    for seed in 0..150 {
        let (server, directory) = unlucky(seed).await;
        let result = World::default()
            .client_over(http.clone(), server.url())
            .send(applications::upsert(&name, &patch))
            .await;
        let directory = directory.lock().unwrap();
        assert!(directory.apps <= 1, "seed {seed}");
        if result.is_ok() {
            assert_eq!(directory.apps, 1, "seed {seed}: {result:?}");
        }
    }
}

#[tokio::test]
async fn a_grant_exists_once_and_existing_is_told() {
    let http = http();
    for seed in 0..150 {
        let (server, directory) = unlucky(seed).await;
        let request = grants::assign_app_role(&principal(1), &principal(2), &role());
        let result = World::default().client_over(http.clone(), server.url()).send(request).await;
        let directory = directory.lock().unwrap();
        assert!(directory.grants <= 1, "seed {seed}");
        if matches!(result, Ok(_) | Err(GraphError::AlreadyExists(_))) {
            assert_eq!(directory.grants, 1, "seed {seed}: {result:?}");
        }
    }
}
