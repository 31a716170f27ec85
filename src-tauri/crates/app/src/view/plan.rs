//! A plan as the preview shows it.

use contract::{
    AccountView, Action, AppError, ErrorCode, ExactRequest, PermissionWords, PlanProblem, PlanStep, PlanView,
    When,
};
use provision::{AccountProblem, Blocks, MailboxProblem, Plan, Problem, ProblemKind, Step};

/// The plan in full.
pub(crate) fn view(plan: &Plan, account: AccountView) -> PlanView {
    PlanView {
        id: plan.run.to_string(),
        title: plan.title.clone(),
        account,
        steps: plan.steps.iter().map(step).collect(),
        permissions: permissions(plan),
        problems: plan.problems.iter().map(problem).collect(),
        can_run: plan.can_run(),
        needs_other_person: plan.needs_other_person(),
        cannot_undo: plan.cannot_undo(),
        secrets_expire: plan.secrets_expire().map(When),
        left: None,
    }
}

/// A step as planned.
pub(crate) fn step(step: &Step) -> PlanStep {
    PlanStep {
        id: step.id.clone(),
        sentence: step.sentence.clone(),
        done_sentence: step.done_sentence.clone(),
        group: step.group.clone(),
        writes: step.writes(),
        requests: step
            .requests
            .iter()
            .map(|request| ExactRequest {
                method: request.method.to_string(),
                url: request.url.to_string(),
                body: request.body.as_ref().and_then(|body| serde_json::to_string_pretty(body).ok()),
            })
            .collect(),
        undo: step.undo.clone(),
        already: step.already,
        not_by_you: step.not_by_you.as_ref().map(|not| not.why.clone()),
    }
}

fn permissions(plan: &Plan) -> Vec<PermissionWords> {
    let mut words: Vec<PermissionWords> = Vec::new();
    for planned in plan.registrations.iter().flat_map(|registration| &registration.permissions) {
        let one = super::permission::words(planned.key, &planned.value, &planned.resource_name, &planned.why);
        if words.iter().all(|other| other.key != one.key) {
            words.push(one);
        }
    }
    words
}

/// An error of a look-up, in the place of a problem: nothing is blocked by it.
pub(crate) fn of_error(error: &AppError) -> PlanProblem {
    PlanProblem {
        code: error.code,
        blocks: false,
        title: error.title.clone(),
        why: format!("{} {}", error.why, error.next),
        people: Vec::new(),
        action: error.action,
        advice: None,
    }
}

fn mailbox_problem(problem: &MailboxProblem) -> (ErrorCode, Option<Action>) {
    match problem {
        MailboxProblem::NoSuchGroup { .. }
        | MailboxProblem::WrongKindOfGroup { .. }
        | MailboxProblem::EmptyGroup { .. }
        | MailboxProblem::TestMailboxOutside { .. } => {
            (ErrorCode::AnswersNeedAttention, Some(Action::ChangeAnswers))
        }
        MailboxProblem::NoMailbox { .. } => (ErrorCode::MailboxNotFound, Some(Action::ChangeAnswers)),
        MailboxProblem::NotAllowed => (ErrorCode::RoleMissing, Some(Action::AskAdmin)),
        MailboxProblem::NestedGroups { .. }
        | MailboxProblem::NothingOutside
        | MailboxProblem::NoRole { .. }
        | MailboxProblem::UnionTrap { .. }
        | MailboxProblem::DenyPolicies { .. }
        | MailboxProblem::OtherRoles { .. }
        | MailboxProblem::NotCustomizable => (ErrorCode::GraphRefused, None),
    }
}

fn account_problem(problem: &AccountProblem) -> (ErrorCode, Option<Action>) {
    match problem {
        AccountProblem::NoMailbox => (ErrorCode::MailboxNotFound, Some(Action::ChangeAnswers)),
        AccountProblem::DomainNotVerified { .. }
        | AccountProblem::DomainFederated
        | AccountProblem::Disabled
        | AccountProblem::Guest
        | AccountProblem::NoSuchLicence { .. }
        | AccountProblem::NoLicenceLeft
        | AccountProblem::NoCountry => (ErrorCode::AnswersNeedAttention, Some(Action::ChangeAnswers)),
        AccountProblem::SecondProof => (ErrorCode::ConditionalAccess, None),
    }
}

/// A problem, with the code that the window decides by.
pub(crate) fn problem(problem: &Problem) -> PlanProblem {
    let (code, action) = match &problem.kind {
        ProblemKind::RoleMissing { .. } => (ErrorCode::RoleMissing, Some(Action::AskAdmin)),
        ProblemKind::RegistrationDisabled => (ErrorCode::RegistrationDisabled, Some(Action::AskAdmin)),
        ProblemKind::SecretsForbidden => (ErrorCode::PolicyForbidsSecrets, None),
        ProblemKind::LifetimeLimited { .. } => (ErrorCode::PolicyLimitsLifetime, None),
        ProblemKind::QuotaReached { .. } => (ErrorCode::QuotaReached, None),
        ProblemKind::SameName { .. } => (ErrorCode::NameTaken, None),
        ProblemKind::Deleted { .. } => (ErrorCode::NotFound, None),
        ProblemKind::PermissionNotOffered { .. } | ProblemKind::NotSupported { .. } => {
            (ErrorCode::GraphRefused, None)
        }
        ProblemKind::NotLookedUp { .. } => (ErrorCode::PermissionMissing, None),
        ProblemKind::MailboxAccess { problem } => mailbox_problem(problem),
        ProblemKind::Account { problem, .. } => account_problem(problem),
        ProblemKind::Redirect { .. } => (ErrorCode::AnswersNeedAttention, Some(Action::ChangeAnswers)),
        ProblemKind::Credential { .. } => (ErrorCode::AnswersNeedAttention, None),
        ProblemKind::Consequence { .. } => (ErrorCode::GraphRefused, None),
        ProblemKind::AlsoMade { .. } => (ErrorCode::RunElsewhere, None),
    };
    PlanProblem {
        code,
        blocks: problem.blocks == Blocks::Everything,
        title: problem.title.clone(),
        why: problem.why.clone(),
        people: problem.people.iter().map(ToString::to_string).collect(),
        action,
        advice: matches!(problem.kind, ProblemKind::SecretsForbidden).then(super::advice::trust),
    }
}
