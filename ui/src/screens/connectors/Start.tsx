import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useStatus } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { StateWord } from "../../components/StateWord";
import type { ConnectorView } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { useSetUps } from "./AlreadySetUp";
import { useSetUp } from "./useSetUp";

/** The frame of a connector's page, with the one button that fits: sign in, go on with a draft, or set it up. */
export function Start({ connector, children }: { connector: ConnectorView; children: ReactNode }) {
  const navigate = useNavigate();
  const now = useNow();
  const status = useStatus();
  const setUp = useSetUp();
  const { summary } = connector;
  const existing = useSetUps(summary.id);
  const draft = status.data?.drafts.find((each) => each.connectorId === summary.id);
  const goTo = (draftId: string) => void navigate({ to: "/set-up/$draftId", params: { draftId } });
  const signIn = () =>
    void navigate({
      to: "/sign-in",
      search: { purpose: "setUp", afterwards: `/connectors/${encodeURIComponent(summary.id)}` },
    });
  /** Microsoft's own client is for one thing only: Gatehouse's own registration comes before any connector. */
  const ownFirst = (accountId: string) =>
    void navigate({ to: "/plan", search: { request: { kind: "ownRegistration", accountId } } });
  const start = () => setUp.start(connector);
  const startWords =
    existing.length > 0 ? t("connectors.startAnother") : t("connectors.start", { name: summary.name });

  return (
    <Screen
      title={summary.name}
      sentence={summary.summary}
      back={<Button onClick={() => void navigate({ to: "/connectors" })}>{t("connectors.back")}</Button>}
      secondary={
        setUp.account &&
        draft && (
          <Button disabled={setUp.busy} onClick={start}>
            {t("connectors.startAfresh")}
          </Button>
        )
      }
      primary={
        setUp.account === undefined ? (
          <Button appearance="primary" onClick={signIn}>
            {t("connectors.signIn")}
          </Button>
        ) : setUp.account.bootstrap ? (
          <Button appearance="primary" onClick={() => ownFirst(setUp.account?.id ?? "")}>
            {t("home.bootstrapButton")}
          </Button>
        ) : draft ? (
          <Button appearance="primary" onClick={() => goTo(draft.id)}>
            {t("connectors.goOn")}
          </Button>
        ) : (
          <Button appearance="primary" disabled={setUp.busy} onClick={start}>
            {startWords}
          </Button>
        )
      }
    >
      {setUp.error && <ErrorNote error={setUp.error} actions={{ tryAgain: start }} />}
      {draft && setUp.account && draft.savedAt !== null && (
        <StateWord tone="info">{t("connectors.draft", { when: ago(draft.savedAt, now) })}</StateWord>
      )}
      {setUp.account?.bootstrap && (
        <StateWord tone="warn">{t("home.bootstrap", { organisation: setUp.account.tenantName })}</StateWord>
      )}
      {children}
    </Screen>
  );
}
