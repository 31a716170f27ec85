//! Which cloud an account belongs to, on the wire and inside.

use std::sync::Arc;

use contract::{AppError, CloudId, ErrorCode};
use identity::{Authority, Cloud};

use crate::errors::Answer;
use crate::space::{OpenSpace, PRACTICE};
use crate::{App, held};

impl App {
    /// The sign-in service of a cloud; made once, so that its descriptions and keys are fetched once.
    pub(crate) fn authority(&self, space: &OpenSpace, cloud: &Cloud) -> Arc<Authority> {
        Arc::clone(
            held(&space.authorities)
                .entry(cloud.id().clone())
                .or_insert_with(|| Authority::new(cloud.clone(), space.http.clone(), self.clock())),
        )
    }
}

/// The cloud to use: the space's only one, or the one that was asked for.
pub(crate) fn choose(space: &OpenSpace, asked: &CloudId) -> Answer<Cloud> {
    if let Some(only) = &space.only_cloud {
        return Ok(only.clone());
    }
    let id = match asked {
        CloudId::Global => identity::CloudId::Global,
        CloudId::UsGov => identity::CloudId::UsGov,
        CloudId::UsGovDod => identity::CloudId::UsGovDod,
        CloudId::China => identity::CloudId::China,
        CloudId::Practice | CloudId::Custom => return Err(AppError::new(ErrorCode::WrongSpace)),
    };
    by_id(space, &id)
}

/// The cloud with this id, if it belongs to this space.
pub(crate) fn by_id(space: &OpenSpace, id: &identity::CloudId) -> Answer<Cloud> {
    match &space.only_cloud {
        Some(only) if only.id() == id => Ok(only.clone()),
        Some(_) => Err(AppError::new(ErrorCode::WrongSpace)),
        None => Cloud::microsoft(id).ok_or_else(|| AppError::new(ErrorCode::WrongSpace)),
    }
}

/// As the window has it.
pub(crate) fn shown(id: &identity::CloudId) -> CloudId {
    match id {
        identity::CloudId::Global => CloudId::Global,
        identity::CloudId::UsGov => CloudId::UsGov,
        identity::CloudId::UsGovDod => CloudId::UsGovDod,
        identity::CloudId::China => CloudId::China,
        identity::CloudId::Custom(name) if &**name == PRACTICE => CloudId::Practice,
        identity::CloudId::Custom(_) => CloudId::Custom,
    }
}
