import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf, useCommand } from "../../../backend/queries";
import { announce } from "../../../components/announce";
import { ErrorNote } from "../../../components/ErrorNote";
import { OutsideIcon, RefreshIcon } from "../../../components/icons";
import { Panel } from "../../../components/Panel";
import { Section } from "../../../components/Section";
import { StateWord } from "../../../components/StateWord";
import { Waiting } from "../../../components/Waiting";
import type { Approval, ApprovalWatch } from "../../../contract/types";
import { t } from "../../../words";
import { ago, clockTime } from "../../../words/dates";
import { useNow } from "../../../words/useNow";
import { withApproval } from "./useApproval";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start" },
  line: { margin: 0, maxWidth: "64ch" },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  row: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

/** Whether Gatehouse sees by itself when the admin has agreed, and what to do where it does not. */
export function WhatNext(props: { approval: Approval; onWatch: () => void; onConnect: () => void }) {
  const styles = useStyles();
  const { watch } = props.approval;
  return (
    <Section title={t("approval.then")}>
      <Panel className={styles.root}>
        {watch.kind === "looking" && <Looking approval={props.approval} watch={watch} />}
        {watch.kind === "afterSignIn" && (
          <>
            <h3 className={styles.title}>{t("approval.canLook")}</h3>
            <p className={styles.line}>{t("approval.canLookSentence")}</p>
            <div className={styles.row}>
              <Button
                appearance="primary"
                icon={<OutsideIcon />}
                iconPosition="after"
                onClick={props.onWatch}
              >
                {t("approval.watch")}
              </Button>
              <Button onClick={props.onConnect}>{t("approval.tryAgain")}</Button>
            </div>
          </>
        )}
        {watch.kind === "cannot" && (
          <>
            <p className={styles.line}>{t("approval.cannot")}</p>
            <Button
              appearance="primary"
              icon={<OutsideIcon />}
              iconPosition="after"
              onClick={props.onConnect}
            >
              {t("approval.tryAgain")}
            </Button>
          </>
        )}
        {watch.kind === "granted" && (
          <>
            <StateWord tone="good">{t("approval.granted")}</StateWord>
            <Button
              appearance="primary"
              icon={<OutsideIcon />}
              iconPosition="after"
              onClick={props.onConnect}
            >
              {t("approval.finish")}
            </Button>
          </>
        )}
      </Panel>
    </Section>
  );
}

function Looking(props: { approval: Approval; watch: Extract<ApprovalWatch, { kind: "looking" }> }) {
  const styles = useStyles();
  const now = useNow();
  const client = useQueryClient();
  const { approval, watch } = props;
  const look = useCommand("approval_look", (after) => {
    client.setQueryData(keyOf("approvals", null), (all: Approval[] | undefined) => withApproval(all, after));
    if (after.watch.kind === "looking") announce(t("approval.notYet"));
  });
  const last =
    watch.lastAt === null
      ? t("approval.neverLooked")
      : t("approval.lastLook", { when: ago(watch.lastAt, now) });
  return (
    <>
      <StateWord tone="wait">{t("approval.looking")}</StateWord>
      <p className={styles.quiet}>
        {`${last}, ${t("approval.nextLook", { time: clockTime(watch.nextAt) })}`}
      </p>
      {look.isPending ? (
        <Waiting words={t("approval.lookingNow")} />
      ) : (
        <Button icon={<RefreshIcon />} onClick={() => look.mutate(approval.id)}>
          {t("approval.lookNow")}
        </Button>
      )}
      {look.data?.watch.kind === "looking" && !look.isPending && (
        <StateWord tone="info">{t("approval.notYet")}</StateWord>
      )}
      {look.error && <ErrorNote error={look.error} actions={{ tryAgain: () => look.mutate(approval.id) }} />}
    </>
  );
}
