//! Plans about what apps sign in with.

use contract::{AppError, CredentialRef, ErrorCode, NewCredential, SignInPurpose};
use graph::{DirectoryObjectId, KeyId};
use provision::{CertificateFault, CredentialOf, Planner, PublicCertificate, RenewedFor, Rotation};

use super::kept::{KeptRotation, RotationPart, new_key};
use crate::App;
use crate::connections::Stored;
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::inventory::off_thread;
use crate::plans::{Prepared, check_scopes};
use crate::space::OpenSpace;

impl App {
    /// A new credential beside the old ones.
    pub(crate) async fn plan_renewal(
        &self,
        space: &OpenSpace,
        app_id: &str,
        replaces: &[String],
        new: NewCredential,
    ) -> Answer<Prepared> {
        let account = self.able(space, &[SignInPurpose::SetUp])?;
        let tenant = account.key.tenant_id.to_string();
        let keys = keys(replaces)?;
        let uploaded = matches!(new, NewCredential::UploadedCertificate { .. });
        let wanted = match new {
            NewCredential::Secret { months } => provision::NewCredential::Secret { months },
            NewCredential::MadeCertificate { months } => provision::NewCredential::MadeCertificate { months },
            NewCredential::UploadedCertificate { text } => provision::NewCredential::UploadedCertificate(
                PublicCertificate::read(&text, self.now()).or_explain()?,
            ),
        };
        let set_up = self.set_up_of(space, &tenant, app_id)?;
        let belongs_to = set_up.as_ref().and_then(|stored| {
            let one = stored.registrations.iter().find(|one| one.app_id == app_id)?;
            Some(RenewedFor { setup: &stored.setup, registration: &one.key })
        });
        let session = self.work_session(space, &account).await?;
        let plan =
            Planner::new(&session).renew_credential(app_id, &keys, &wanted, belongs_to).await.or_explain()?;
        let connection = set_up.map(|stored| stored.id);
        let rotation = Rotation::of(&plan, connection, self.now());
        let old = self.as_known(space, &tenant, app_id, replaces).await;
        let part = rotation.map(|rotation| {
            let tenant_name = plan.organisation.name.clone();
            let kept =
                KeptRotation { rotation, tenant_id: tenant, tenant_name, old, secret_before: None, uploaded };
            RotationPart::Begins(Box::new(kept))
        });
        Ok(Prepared { rotation: part, ..Prepared::of(plan, account) })
    }

    /// The old credentials go.
    pub(crate) async fn plan_end_of_rotation(
        &self,
        space: &OpenSpace,
        id: &str,
        anyway: bool,
    ) -> Answer<Prepared> {
        let kept = self.kept_rotation(space, id)?;
        let account = self.account_of_organisation(space, &kept.tenant_id)?;
        check_scopes(&account, &[SignInPurpose::SetUp])?;
        let new =
            self.made_by(space, &kept).await?.as_ref().and_then(new_key).and_then(|key| KeyId::new(key).ok());
        let session = self.work_session(space, &account).await?;
        let rotation = &kept.rotation;
        let plan = Planner::new(&session)
            .finish_rotation(&rotation.app_id, &rotation.old, new.as_ref(), rotation.use_of_old(), anyway)
            .await
            .or_explain()?;
        Ok(Prepared { rotation: Some(RotationPart::Ends(id.to_owned())), ..Prepared::of(plan, account) })
    }

    /// Credentials go, of one app or of many.
    pub(crate) async fn plan_removal(
        &self,
        space: &OpenSpace,
        credentials: &[CredentialRef],
    ) -> Answer<Prepared> {
        let account = self.able(space, &[SignInPurpose::SetUp])?;
        let wanted = credentials
            .iter()
            .map(|one| {
                let key_id = KeyId::new(one.key_id.clone()).map_err(|_| no_such("credential"))?;
                Ok(CredentialOf { app_id: one.app_id.trim().to_owned(), key_id })
            })
            .collect::<Answer<Vec<_>>>()?;
        let session = self.work_session(space, &account).await?;
        let plan = Planner::new(&session).remove_credentials(&wanted).await.or_explain()?;
        Ok(Prepared::of(plan, account))
    }

    /// Somebody becomes an owner, of one app or of several.
    pub(crate) async fn plan_owner(
        &self,
        space: &OpenSpace,
        app_ids: &[String],
        person: &str,
    ) -> Answer<Prepared> {
        let account = self.able(space, &[SignInPurpose::SetUp])?;
        let person = DirectoryObjectId::new(person.trim().to_owned()).map_err(|_| no_such("person"))?;
        let session = self.work_session(space, &account).await?;
        let plan = Planner::new(&session).add_owner(app_ids, &person).await.or_explain()?;
        Ok(Prepared::of(plan, account))
    }

    /// An app trusts an outside service. What stands around the words is nobody's wish.
    pub(crate) async fn plan_trust(
        &self,
        space: &OpenSpace,
        app_id: &str,
        wanted: &contract::Trust,
    ) -> Answer<Prepared> {
        let account = self.able(space, &[SignInPurpose::SetUp])?;
        let session = self.work_session(space, &account).await?;
        let audience = wanted.audience.as_deref().map_or(graph::federated::AUDIENCE, str::trim);
        let trust = provision::Trust {
            name: wanted.name.trim().to_owned(),
            issuer: wanted.issuer.trim().to_owned(),
            subject: wanted.subject.trim().to_owned(),
            audience: audience.to_owned(),
        };
        let plan = Planner::new(&session).add_trust(app_id, trust).await.or_explain()?;
        Ok(Prepared::of(plan, account))
    }

    /// The set-up that an app belongs to.
    fn set_up_of(&self, space: &OpenSpace, tenant: &str, app_id: &str) -> Answer<Option<Stored>> {
        let all = self.finished(space)?.into_iter().filter(|stored| stored.tenant_id == tenant);
        Ok(all.into_iter().find(|stored| stored.registrations.iter().any(|one| one.app_id == app_id)))
    }

    /// Credentials as last read, to be shown when they are gone.
    async fn as_known(
        &self,
        space: &OpenSpace,
        tenant: &str,
        app_id: &str,
        keys: &[String],
    ) -> Vec<watch::Credential> {
        let Ok(store) = self.inventory(space, tenant).await else { return Vec::new() };
        let app_id = app_id.to_owned();
        let app = off_thread(move || store.app(&app_id)).await.ok().flatten();
        let known = app.map(|app| app.credentials).unwrap_or_default();
        known.into_iter().filter(|one| keys.contains(&one.key_id)).collect()
    }
}

fn keys(ids: &[String]) -> Answer<Vec<KeyId>> {
    ids.iter().map(|id| KeyId::new(id.trim().to_owned()).map_err(|_| no_such("credential"))).collect()
}

impl Explain for CertificateFault {
    fn explain(&self) -> AppError {
        let (title, why, next) = self.words();
        let mut error = AppError::new(ErrorCode::FileNotUsable).because(why).advise(next);
        title.clone_into(&mut error.title);
        error
    }
}
