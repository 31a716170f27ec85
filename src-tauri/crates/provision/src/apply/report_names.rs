//! Usage reports with real names, or without.

use graph::reports;

use super::events::Hold;
use super::run::{Course, Running};
use super::stop::{LONGEST_WAIT, Stop};
use crate::plan::{Step, StepKind};
use crate::{Note, StepKey};

impl Running {
    pub(super) async fn report_names(&self, course: &mut Course) -> Result<(), Stop> {
        for step in self.due_anywhere(course, |kind| {
            matches!(kind, StepKind::ShowReportNames | StepKind::HideReportNames)
        }) {
            if self.is_answered(step) {
                continue;
            }
            if let Err(stop) = self.set_names(step).await {
                self.failed(course, step, stop, true).await?;
            }
        }
        Ok(())
    }

    async fn set_names(&self, step: &Step) -> Result<(), Stop> {
        let conceal = matches!(step.kind, StepKind::HideReportNames);
        let (key, since) = (StepKey::of(&step.id), self.started(&step.id));
        let now = self.graph_for(&key).send(reports::settings()).await?;
        let concealed_before = now.display_concealed_names != Some(false);
        let note = Note::ReportNames { concealed_before };
        if concealed_before != conceal {
            self.change(key.clone(), note, reports::conceal_names(conceal)).await?;
        } else {
            // An earlier try of this run whose answer was lost has done it; else somebody has, and undoing leaves it.
            let ours = self.facts().first_intent(&key).is_some();
            self.settle(&key, Note::ReportNames { concealed_before: ours != conceal }).await?;
        }
        let begun = self.now();
        for look in 0.. {
            let now = self.graph_for(&key).send(reports::settings()).await?;
            if (now.display_concealed_names != Some(false)) == conceal {
                break;
            }
            if self.now().duration_since(begun) >= LONGEST_WAIT {
                return Err(Stop::StillSpreading);
            }
            self.hold(&step.id, Hold::Spreading, self.backoff(look)).await?;
        }
        self.verified(&step.id, Note::Plain).await?;
        self.done(&step.id, since);
        Ok(())
    }
}
