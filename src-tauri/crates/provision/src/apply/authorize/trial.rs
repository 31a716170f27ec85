//! What an app does for people is tried as it does it: with the token of somebody who signed in to it.

use std::sync::Arc;

use super::super::app_access::OneToken;
use super::super::events::ProofResult;
use super::super::run::Running;
use super::super::stop::Stop;
use super::token::Authorized;
use crate::plan::PlannedProof;

impl Running {
    pub(super) async fn try_as_person(
        &self,
        authorized: &Authorized,
    ) -> Result<Vec<(String, ProofResult)>, Stop> {
        let proofs: Vec<PlannedProof> =
            self.plan.proofs.iter().map(|proof| of_person(proof, authorized.person.as_deref())).collect();
        if proofs.is_empty() {
            return Ok(Vec::new());
        }
        let tokens = Arc::new(OneToken::new(authorized.token.clone()));
        let client = self.worker.session.graph.clone().with_tokens(tokens);
        let client = client.with_call(self.call(Vec::new(), None));
        let mut results = Vec::new();
        for (proof, result) in self.try_all(&client, &proofs.iter().collect::<Vec<_>>()).await {
            results.push((proof.id.clone(), self.judge_proof(proof, result).await?));
        }
        Ok(results)
    }
}

/// A proof that names no mailbox is tried on the person's own.
fn of_person(proof: &PlannedProof, person: Option<&str>) -> PlannedProof {
    let own = person.filter(|upn| upn.contains('@')).map(str::to_owned);
    PlannedProof { mailbox: proof.mailbox.clone().or(own), ..proof.clone() }
}
