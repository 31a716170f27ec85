import { Field, Input, makeStyles, Radio, RadioGroup, Textarea, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useCommand } from "../../backend/queries";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorNote } from "../../components/ErrorNote";
import type { AppFinding, When } from "../../contract/types";
import { t } from "../../words";
import { shortDate } from "../../words/dates";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "16px" },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
});

const DAY = 86_400_000;
const SPANS = [30, 90, 180] as const;

/** Asks why a finding is all right, and until when. */
export function IgnoreDialog({ finding, onClose }: { finding: AppFinding; onClose: () => void }) {
  const styles = useStyles();
  const now = useNow();
  const [reason, setReason] = useState("");
  const [span, setSpan] = useState("90");
  const [day, setDay] = useState("");
  const ignore = useCommand("finding_ignore", onClose);
  const until = untilOf(span, day, now);
  return (
    <ConfirmDialog
      title={t("finding.ignoreTitle")}
      confirm={t("finding.ignoreButton")}
      busy={ignore.isPending || reason.trim() === "" || until === undefined}
      onCancel={onClose}
      onConfirm={() => until !== undefined && ignore.mutate({ id: finding.id, reason: reason.trim(), until })}
    >
      <div className={styles.root}>
        <p className={styles.title}>{finding.title}</p>
        <Field label={t("finding.reason")} hint={t("finding.reasonHint")} required>
          <Textarea value={reason} rows={2} onChange={(_, { value }) => setReason(value)} />
        </Field>
        <Field label={t("finding.until")}>
          <RadioGroup value={span} onChange={(_, { value }) => setSpan(value)}>
            {SPANS.map((days) => (
              <Radio
                key={days}
                value={String(days)}
                label={t("finding.untilDays", {
                  days,
                  when: shortDate(new Date(now.getTime() + days * DAY), now),
                })}
              />
            ))}
            <Radio value="day" label={t("finding.untilDate")} />
            <Radio value="always" label={t("finding.untilAlways")} />
          </RadioGroup>
        </Field>
        {span === "day" && (
          <Field label={t("finding.untilDay")}>
            <Input
              type="date"
              min={new Date(now.getTime() + DAY).toISOString().slice(0, 10)}
              value={day}
              onChange={(_, { value }) => setDay(value)}
            />
          </Field>
        )}
        {ignore.error && <ErrorNote error={ignore.error} />}
      </div>
    </ConfirmDialog>
  );
}

/** The moment that was chosen: none for always; undefined while it is no day, or a past one. */
export function untilOf(span: string, day: string, now: Date): When | null | undefined {
  if (span === "always") return null;
  if (span !== "day") return new Date(now.getTime() + Number(span) * DAY).toISOString();
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split("-").map(Number);
  const chosen = new Date(year, month - 1, date);
  return Number.isNaN(chosen.getTime()) || chosen <= now ? undefined : chosen.toISOString();
}
