import { makeStyles, tokens } from "@fluentui/react-components";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { ConnectorView, PermissionWords } from "../../contract/types";
import { t } from "../../words";
import { Permissions } from "../plan/Permissions";

const useStyles = makeStyles({
  words: { minWidth: 0, flexGrow: 1 },
  name: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  sentence: { margin: 0 },
});

/** What a product can do, and what it needs for that. */
export function Features({ connector }: { connector: ConnectorView }) {
  const styles = useStyles();
  const needed = distinct(connector.features.flatMap((feature) => feature.permissions));
  return (
    <>
      <Section title={t("connectors.features")}>
        <PanelList label={t("connectors.features")}>
          {connector.features.map((feature) => (
            <PanelRow key={feature.id}>
              <div className={styles.words}>
                <p className={styles.name}>{feature.name}</p>
                <p className={styles.sentence}>{feature.sentence}</p>
                {feature.unavailable !== null && (
                  <StateWord tone="info">
                    {t("connectors.featureOff", { why: feature.unavailable })}
                  </StateWord>
                )}
              </div>
            </PanelRow>
          ))}
        </PanelList>
      </Section>
      {needed.length > 0 && (
        <Section title={t("connectors.needs")} sentence={t("connectors.needsSentence")}>
          <Permissions permissions={needed} label={t("connectors.needs")} />
        </Section>
      )}
    </>
  );
}

/** Each permission once, in the order in which it first comes. */
export function distinct(permissions: PermissionWords[]): PermissionWords[] {
  return [...new Map(permissions.map((permission) => [permission.key, permission])).values()];
}
