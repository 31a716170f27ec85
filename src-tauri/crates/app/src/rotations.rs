//! A new credential in the place of an old one.

use contract::{
    AppError, CopyReceipt, ErrorCode, HandOverFieldRef, RotationKeyFile, RotationView, SecretMatch,
    SecretMatchRequest,
};

use crate::App;
use crate::errors::Answer;

impl App {
    /// Rotations, those that wait for the person first.
    pub async fn rotations(&self) -> Answer<Vec<RotationView>> {
        Ok(Vec::new())
    }

    /// One rotation.
    pub async fn rotation(&self, _id: &str) -> Answer<RotationView> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Looks up whether the old credential is still used.
    pub async fn rotation_look(&self, _id: &str) -> Answer<RotationView> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// The person has given the new credential to the product.
    pub async fn rotation_handed_over(&self, _id: &str) -> Answer<RotationView> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Copies a field of a rotation's hand-over, in Rust.
    pub async fn rotation_copy(&self, _field: HandOverFieldRef) -> Answer<CopyReceipt> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Saves a made certificate with its key to the person's downloads; gives the path.
    pub async fn rotation_save_key(&self, _file: RotationKeyFile) -> Answer<String> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Which credential a secret is, without sending it anywhere.
    pub async fn secret_match(&self, _request: SecretMatchRequest) -> Answer<SecretMatch> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }
}
