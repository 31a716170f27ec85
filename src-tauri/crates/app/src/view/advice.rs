//! What can be done where the usual way is closed.

use contract::Advice;

/// Microsoft's page about trust in the place of a secret.
const FEDERATED: &str =
    "https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust";

/// Trust in the place of a secret. What it is called there, only the people of the product's own service know.
const TRUST: &str = "A federated credential has nothing to keep and nothing that ends: Microsoft then trusts the service in \
                     which the product runs, such as GitHub, Kubernetes or another cloud. Ask the vendor whether the \
                     product can use one.";

/// What stands beside a plan that asks for a secret where secrets are forbidden.
pub(crate) fn trust() -> Advice {
    advice(TRUST.to_owned())
}

/// What to take in the place of a secret, before there is a plan.
pub(crate) fn without_secrets() -> Advice {
    advice(format!("Take a certificate: Gatehouse makes one for you. {TRUST}"))
}

fn advice(sentence: String) -> Advice {
    Advice { sentence, words: "How to make a federated credential".to_owned(), url: FEDERATED.to_owned() }
}
