import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { BackendError } from "../backend/Backend";
import type { Action, AppError, Support } from "../contract/types";
import { useDefaultActions } from "../shell/defaultActions";
import { t, type WordKey } from "../words";
import { announce } from "./announce";
import { copyText } from "./copyText";
import { FailedIcon } from "./icons";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "20px 1fr",
    columnGap: "12px",
    padding: "16px 20px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderLeft: `4px solid ${tokens.colorStatusDangerBorder2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
  },
  icon: { color: tokens.colorStatusDangerForeground1, display: "flex", paddingTop: "1px" },
  body: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0, overflowWrap: "anywhere" },
  line: { margin: 0 },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  action: { marginTop: "8px" },
  details: { marginTop: "8px", fontSize: tokens.fontSizeBase200 },
  summary: { cursor: "pointer", minHeight: "24px", width: "fit-content" },
  facts: {
    display: "grid",
    gridTemplateColumns: "max-content 1fr",
    gap: "4px 12px",
    margin: "8px 0",
    "& dt": { color: tokens.colorNeutralForeground2 },
    "& dd": { margin: 0, fontFamily: tokens.fontFamilyMonospace, userSelect: "text" },
    "@media (max-width: 639px)": { gridTemplateColumns: "1fr" },
  },
});

/** What the button under an error does here. An action without an entry falls back to what it does everywhere. */
export type ActionHandlers = Partial<Record<Action, () => void>>;

/** The application's own account of a failure, whatever was thrown. */
export function appErrorOf(failure: unknown): AppError {
  if (failure instanceof BackendError) return failure.app;
  return {
    code: "internal",
    title: t("error.internal.title"),
    why: t("error.internal.why"),
    next: t("error.internal.next"),
    action: "copyDetails",
    support: {
      microsoftCode: null,
      microsoftText: failure instanceof Error ? failure.message : null,
      requestId: null,
      clientRequestId: null,
      at: null,
    },
    purpose: null,
    issues: [],
  };
}

/** What happened, why, what to do, and one button that does it. Details for support are folded away. */
export function ErrorNote({ error, actions = {} }: { error: AppError | Error; actions?: ActionHandlers }) {
  const styles = useStyles();
  const app = error instanceof Error ? appErrorOf(error) : error;
  return (
    <div className={styles.root} role="alert">
      <span className={styles.icon}>
        <FailedIcon aria-hidden="true" />
      </span>
      <div className={styles.body}>
        <p className={styles.title}>{app.title}</p>
        <p className={styles.line}>{app.why}</p>
        <p className={styles.line}>{app.next}</p>
        <ActionButton app={app} actions={actions} />
        {app.support && <Details support={app.support} app={app} />}
      </div>
    </div>
  );
}

function ActionButton({ app, actions }: { app: AppError; actions: ActionHandlers }) {
  const styles = useStyles();
  const everywhere = useDefaultActions(app.purpose);
  const [copied, setCopied] = useState(false);
  const wanted = app.action ?? "tryAgain";
  const action = actions[wanted] || everywhere[wanted] || wanted === "copyDetails" ? wanted : "tryAgain";
  const run = actions[action] ?? everywhere[action];
  if (action === "copyDetails" && run === undefined) {
    const copy = async () => {
      await copyText(supportText(app));
      setCopied(true);
      announce(t("error.copied"));
    };
    return (
      <div className={styles.action}>
        <Button onClick={copy}>{t(copied ? "error.copied" : "error.copyDetails")}</Button>
      </div>
    );
  }
  if (run === undefined) return null;
  return (
    <div className={styles.action}>
      <Button onClick={run}>{t(`action.${action}` satisfies WordKey)}</Button>
    </div>
  );
}

function Details({ support, app }: { support: Support; app: AppError }) {
  const styles = useStyles();
  const facts = factsOf(support);
  if (facts.length === 0) return null;
  return (
    <details className={styles.details}>
      <summary className={styles.summary}>{t("error.details")}</summary>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      <Button size="small" onClick={() => void copyText(supportText(app))}>
        {t("error.copyDetails")}
      </Button>
    </details>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd dir="ltr">{value}</dd>
    </>
  );
}

function factsOf(support: Support): [string, string][] {
  const all: [string, string | null][] = [
    [t("error.code"), support.microsoftCode],
    [t("error.text"), support.microsoftText],
    [t("error.requestId"), support.requestId],
    [t("error.clientRequestId"), support.clientRequestId],
    [t("error.at"), support.at],
  ];
  return all.filter((fact): fact is [string, string] => fact[1] !== null);
}

/** The whole note as text, for a support request. */
export function supportText(app: AppError): string {
  const facts = app.support === null ? [] : factsOf(app.support).map(([name, value]) => `${name}: ${value}`);
  return [app.title, app.why, app.next, app.code, ...facts].join("\n");
}
