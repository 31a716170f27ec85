//! The steps of a limit, in their order: Exchange first, what Entra grants last.

use blueprint::catalogue::exchange_role_for;

use super::{HeldPolicy, Limit, LimitWay, MailboxProblem, target, words};
use crate::plan::actual::ActualRegistration;
use crate::plan::authority::MAY_LIMIT_MAILBOXES;
use crate::plan::compare::Comparison;
use crate::plan::{NotByYou, PlannedPermission, StepKind};

impl Comparison<'_> {
    /// Which permissions Exchange gives instead of Entra.
    pub(in crate::plan) fn mark_limited(limit: Option<&Limit>, permissions: &mut [PlannedPermission]) {
        if limit.is_none_or(|limit| limit.limited.way != LimitWay::Roles) {
            return;
        }
        for permission in permissions {
            permission.exchange_role = exchange_role_for(permission.key).map(str::to_owned);
        }
    }

    /// Limits, then takes away what opens every mailbox beside the limit.
    pub(in crate::plan) fn limit_steps(&mut self, limit: &Limit, existing: Option<&ActualRegistration>) {
        let Some(registration) = self.registrations.last() else { return };
        let name = registration.display_name.clone();
        self.problems.extend(limit.problems.iter().cloned());
        let (limited, settled) = (limit.limited.clone(), limit.limited.is_settled());
        let words = words::limit(&name, &limited, &limit.names);
        let by_roles = limited.way == LimitWay::Roles;
        self.push("limit", StepKind::LimitMailboxes(Box::new(limited)), words, settled);
        let allowed = self.authority.may_limit_mailboxes();
        if !settled && !allowed {
            self.not_by_you(MAY_LIMIT_MAILBOXES, "Limiting mailbox access in Exchange");
        }
        if by_roles {
            self.take_wide(existing);
        }
    }

    /// The union trap.
    pub(in crate::plan) fn take_wide(&mut self, existing: Option<&ActualRegistration>) {
        let wide = existing.map(|one| target::wide_grants(one, &self.actual.resources)).unwrap_or_default();
        if wide.is_empty() {
            return;
        }
        let names: Vec<String> = wide.iter().map(|one| one.value.clone()).collect();
        self.problems.push(MailboxProblem::UnionTrap { permissions: names.clone() }.into_problem());
        let waits = self.steps.last().and_then(|step| step.not_by_you.clone());
        let kind = StepKind::RemoveExcess { assignments: wide, delegated: Vec::new() };
        self.push("wide", kind, words::take_wide(&names), false);
        // Without the limit the app would be left with nothing.
        if let (Some(waits), Some(step)) = (waits, self.steps.last_mut()) {
            let why = "This comes after the limit in Exchange.".to_owned();
            step.not_by_you = Some(NotByYou { why, people: waits.people });
        }
    }

    /// Takes away policies that roles have replaced.
    pub(in crate::plan) fn migrate_step(&mut self, policies: Vec<HeldPolicy>) {
        if policies.is_empty() {
            return;
        }
        let words = words::migrate(&policies);
        self.push("policies", StepKind::MigratePolicies { policies }, words, false);
        if !self.authority.may_limit_mailboxes() {
            self.not_by_you(MAY_LIMIT_MAILBOXES, "Changing access policies in Exchange");
        }
    }
}
