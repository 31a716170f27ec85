//! What a command says: sentences for people, or one JSON document for programs.

use std::io::{IsTerminal, Write};

use contract::{AppError, PlanView, ProofResult, RunView, StepState};
use serde::Serialize;

/// Where a command's words go. Standard output carries the answer; everything on the way goes to standard error.
pub(super) struct Output {
    json: bool,
}

impl Output {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether the answer is JSON.
    pub(super) fn is_json(&self) -> bool {
        self.json
    }

    /// The answer: JSON when asked for, else what `plain` makes of it.
    pub(super) fn answer<T: Serialize>(&self, value: &T, plain: impl FnOnce(&T) -> String) {
        let text = if self.json {
            serde_json::to_string_pretty(value).unwrap_or_else(|_| "null".to_owned())
        } else {
            plain(value)
        };
        if !text.trim().is_empty() {
            let _ = writeln!(std::io::stdout(), "{}", text.trim_end());
        }
    }

    /// Something on the way.
    #[expect(clippy::unused_self, reason = "said the same way in both modes")]
    pub(super) fn say(&self, sentence: &str) {
        let _ = writeln!(std::io::stderr(), "{sentence}");
    }

    /// An error: what, why, what to do; as JSON on standard output when asked for.
    pub(super) fn error(&self, error: &AppError) {
        if self.json {
            self.answer(&serde_json::json!({ "error": error }), |_| String::new());
        }
        self.say_error(error);
    }

    /// The same in sentences only.
    pub(super) fn say_error(&self, error: &AppError) {
        self.say(&format!("{}\n  {}\n  {}", error.title, error.why, error.next));
        for issue in &error.issues {
            self.say(&format!("  - {}: {}", issue.input, issue.sentence));
        }
        if let Some(support) = &error.support {
            for (name, value) in [
                ("Microsoft's code", &support.microsoft_code),
                ("Microsoft's words", &support.microsoft_text),
                ("Request ID", &support.request_id),
                ("Our request ID", &support.client_request_id),
            ] {
                if let Some(value) = value {
                    self.say(&format!("  {name}: {value}"));
                }
            }
        }
    }

    /// Asks before something is changed. Without a terminal the answer is no.
    pub(super) async fn confirm(&self, question: &str, yes: bool) -> bool {
        if yes {
            return true;
        }
        if !std::io::stdin().is_terminal() {
            self.say(&format!("{question} Add --yes to go ahead without being asked."));
            return false;
        }
        let _ = write!(std::io::stderr(), "{question} [y/N] ");
        // On a thread of its own, which nobody waits for: Ctrl-C works while the question is open.
        let (said, answer) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            let mut line = String::new();
            let read = std::io::stdin().read_line(&mut line).is_ok();
            let _ = said.send(read && matches!(line.trim(), "y" | "Y" | "yes" | "Yes"));
        });
        answer.await.unwrap_or(false)
    }
}

/// A plan in sentences.
pub(super) fn plan(plan: &PlanView) -> String {
    let mut text = format!("{}\n", plan.title);
    let account = &plan.account;
    text += &format!("As {} ({}) in {}.\n\n", account.name, account.upn, account.tenant_name);
    let mut group = "";
    for step in &plan.steps {
        if step.group != group {
            group = &step.group;
            text += &format!("{group}\n");
        }
        let note = match (&step.not_by_you, step.already) {
            (Some(why), _) => format!("  (for another person: {why})"),
            (None, true) => "  (already so)".to_owned(),
            (None, false) => String::new(),
        };
        text += &format!("  - {}{note}\n", step.sentence);
    }
    text += &problems(&plan.problems);
    if !plan.cannot_undo.is_empty() {
        text += "\nCannot be undone\n";
        for sentence in &plan.cannot_undo {
            text += &format!("  - {sentence}\n");
        }
    }
    text
}

/// What stands in the way, in sentences.
pub(super) fn problems(problems: &[contract::PlanProblem]) -> String {
    let mut text = String::new();
    for problem in problems {
        text += &format!("\n! {}\n  {}\n", problem.title, problem.why);
        for person in &problem.people {
            text += &format!("  - {person}\n");
        }
    }
    text
}

/// A run in sentences.
pub(super) fn run(run: &RunView) -> String {
    let mut text = format!("{}\n", run.summary.title);
    for step in &run.steps {
        let (mark, sentence) = match &step.state {
            StepState::Done => ("done", &step.step.done_sentence),
            StepState::Already => ("already so", &step.step.sentence),
            StepState::Undone => ("undone", &step.step.sentence),
            StepState::Failed => ("failed", &step.step.sentence),
            StepState::NotByYou => ("for another person", &step.step.sentence),
            StepState::Waiting | StepState::Active | StepState::Held { .. } => {
                ("not yet", &step.step.sentence)
            }
        };
        text += &format!("  [{mark}] {sentence}\n");
    }
    text += &proofs(&run.proofs);
    text
}

/// Proofs in sentences.
pub(super) fn proofs(proofs: &[contract::ProofView]) -> String {
    let mut text = String::new();
    for proof in proofs {
        let seen = proof.seen.as_ref().map(|seen| format!(" ({seen})")).unwrap_or_default();
        text += &match &proof.result {
            ProofResult::Proved => format!("  [proved] {}{seen}\n", proof.sentence),
            ProofResult::Refused { error } => {
                format!("  [refused] {} {} {}\n", proof.sentence, error.why, error.next)
            }
            ProofResult::Unknown { why } => format!("  [not tried] {} {why}\n", proof.sentence),
            ProofResult::Waiting | ProofResult::Active => format!("  [not yet] {}\n", proof.sentence),
        };
    }
    text
}
