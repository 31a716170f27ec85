import { makeStyles, tokens } from "@fluentui/react-components";
import { useAnswer } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { OutsideLink } from "../../components/OutsideLink";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import type { ConnectorView } from "../../contract/types";
import { t } from "../../words";
import { AlreadySetUp } from "./AlreadySetUp";
import { Features } from "./Features";
import { Legacy } from "./Legacy";
import { Share } from "./Share";
import { Start } from "./Start";
import { Touches } from "./Touches";

const useStyles = makeStyles({
  purpose: { margin: 0, maxWidth: "64ch" },
  facts: { display: "flex", flexDirection: "column", gap: "8px", alignItems: "flex-start" },
  hint: { margin: 0, color: tokens.colorNeutralForeground2 },
  list: { margin: 0, paddingInlineStart: "20px", overflowWrap: "anywhere" },
  version: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** One connector: what it is for, what it may do, what it needs, and the way to set it up. */
export function ConnectorScreen({ connectorId }: { connectorId: string }) {
  const connector = useAnswer("connector", connectorId);
  if (connector.data) return <Known connector={connector.data} />;
  return (
    <Screen title={t("connectors.title")}>
      {connector.isPending && <Waiting words={t("connectors.opening")} />}
      {connector.error && (
        <ErrorNote error={connector.error} actions={{ tryAgain: () => void connector.refetch() }} />
      )}
    </Screen>
  );
}

function Known({ connector }: { connector: ConnectorView }) {
  const styles = useStyles();
  const { summary } = connector;
  return (
    <Start connector={connector}>
      {summary.legacy !== null && <Legacy why={summary.legacy} />}
      <div className={styles.facts}>
        <p className={styles.purpose}>{summary.purpose}</p>
        <Touches things={summary.touches} />
      </div>
      <AlreadySetUp connectorId={summary.id} />
      <Features connector={connector} />
      {connector.registrations.length > 0 && (
        <Section title={t("connectors.makes")}>
          <ul className={styles.list}>
            {connector.registrations.map((registration) => (
              <li key={registration.key}>{t("connectors.makesOne", { name: registration.name })}</li>
            ))}
          </ul>
        </Section>
      )}
      {connector.guideUrl !== null && (
        <div className={styles.facts}>
          <OutsideLink url={connector.guideUrl}>{t("connectors.guide")}</OutsideLink>
          <p className={styles.hint}>{t("connectors.guideHint")}</p>
        </div>
      )}
      <Share connector={summary} />
      <p className={styles.version}>{t("connectors.version", { version: connector.version })}</p>
    </Start>
  );
}
