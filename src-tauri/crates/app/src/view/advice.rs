//! What can be done where the usual way is closed.

use contract::Advice;

/// Microsoft's page about trust in the place of a secret.
const FEDERATED: &str =
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust";

/// What to take where secrets are forbidden. A federated credential is suggested and not made: it is the product's own
/// service that Microsoft would trust, and only its people know where it runs.
pub(crate) fn without_secrets() -> Advice {
    Advice {
        sentence: "Take a certificate: Gatehouse makes one for you. Where the product runs in a service that Microsoft can \
                   trust, such as GitHub, Kubernetes or another cloud, a federated credential is better still. It has \
                   nothing to keep and nothing that ends. Ask the people who run the product whether it can use one."
            .to_owned(),
        words: "How to make a federated credential".to_owned(),
        url: FEDERATED.to_owned(),
    }
}
