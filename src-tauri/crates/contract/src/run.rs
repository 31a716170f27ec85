//! A run: one execution of a plan.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AppError, PlanStep, When};

/// A run in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RunSummary {
    /// Names the run.
    pub id: String,
    /// What it is about.
    pub title: String,
    /// The organisation.
    pub tenant_name: String,
    /// Who started it.
    pub by: String,
    /// When it started.
    pub started_at: When,
    /// How it stands.
    pub state: RunState,
    /// The connection that it made.
    pub connection_id: Option<String>,
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum RunState {
    /// Going on in this app.
    Running,
    /// Stopped half-way: can go on, or be undone.
    Interrupted,
    /// All done and proved.
    Done,
    /// The signed-in person's part is done; the rest is for another person.
    WaitingForOther,
    /// All undone.
    Undone,
    /// Being undone.
    Undoing,
}

/// A run in full. Sent again, whole, whenever something changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RunView {
    /// The summary.
    pub summary: RunSummary,
    /// The steps in order.
    pub steps: Vec<RunStep>,
    /// The proof, feature by feature; empty until it begins.
    pub proofs: Vec<ProofView>,
    /// What stopped it.
    pub error: Option<AppError>,
    /// Can be undone now.
    pub can_undo: bool,
    /// Can go on now.
    pub can_resume: bool,
    /// What undo would leave behind, in sentences.
    pub cannot_undo: Vec<String>,
    /// Secrets that exist and could not be kept here: to be saved now, before anything else.
    pub unsaved_secrets: Vec<UnsavedSecret>,
    /// The client id that was made, for the organisation's own registration.
    pub own_client_id: Option<String>,
}

/// A secret that exists at Microsoft, is in memory, and could not be kept here yet (no room, locked keyring).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct UnsavedSecret {
    /// Microsoft's key id. Not the secret.
    pub key_id: String,
    /// The registration it belongs to.
    pub group: String,
    /// Why it could not be kept.
    pub error: AppError,
}

/// A step of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RunStep {
    /// The step as planned.
    pub step: PlanStep,
    /// How it stands.
    pub state: StepState,
    /// Milliseconds it took, once done.
    pub took_ms: Option<u32>,
}

/// How a step stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum StepState {
    /// Not begun.
    Waiting,
    /// Being done.
    Active,
    /// Waiting for Microsoft, with the reason and when the next try comes.
    Held {
        /// Why, as a sentence ("Microsoft is still spreading the change").
        why: String,
        /// The next try.
        until: When,
    },
    /// Done and read back.
    Done,
    /// Was already so.
    Already,
    /// For another person.
    NotByYou,
    /// Stopped here.
    Failed,
    /// Undone.
    Undone,
}

/// The proof of one feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ProofView {
    /// Stable within the run.
    pub id: String,
    /// What is proved ("Totalview can read the calendar of ...").
    pub sentence: String,
    /// The registration it belongs to.
    pub group: String,
    /// How it went.
    pub result: ProofResult,
    /// What was seen ("3 events this week").
    pub seen: Option<String>,
}

/// How a proof went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum ProofResult {
    /// Not begun.
    Waiting,
    /// Being done.
    Active,
    /// Works.
    Proved,
    /// Does not work.
    Refused {
        /// Why.
        error: AppError,
    },
    /// Could not be tried.
    Unknown {
        /// Why, as a sentence.
        why: String,
    },
}
