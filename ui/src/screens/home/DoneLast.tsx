import { Link } from "@tanstack/react-router";
import { Section } from "../../components/Section";
import { useTextLink } from "../../components/textLink";
import type { RunSummary } from "../../contract/types";
import { t } from "../../words";
import { RunRows } from "../activity/RunRows";

/** What was done last, and the way to all of it. */
export function DoneLast({ runs, now }: { runs: RunSummary[]; now: Date }) {
  const link = useTextLink();
  return (
    <Section
      title={t("home.done")}
      aside={
        <Link to="/activity" className={link}>
          {t("home.allActivity")}
        </Link>
      }
    >
      <RunRows runs={runs} now={now} />
    </Section>
  );
}
