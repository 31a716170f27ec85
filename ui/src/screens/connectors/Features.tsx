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
          <Permissions
            permissions={needed}
            label={t("connectors.needs")}
            note={({ key }) => onlyWith(connector, key)}
          />
        </Section>
      )}
      {connector.settings.length > 0 && (
        <Section title={t("connectors.settings")} sentence={t("connectors.settingsSentence")}>
          <PanelList label={t("connectors.settings")}>
            {connector.settings.map((setting) => (
              <PanelRow key={setting.sentence}>
                <div className={styles.words}>
                  <p className={styles.name}>{setting.sentence}</p>
                  <p className={styles.sentence}>{setting.why}</p>
                  <StateWord tone="warn">{setting.consequence}</StateWord>
                </div>
              </PanelRow>
            ))}
          </PanelList>
        </Section>
      )}
    </>
  );
}

/** With which answer a permission is needed; none when it always is. */
export function onlyWith(connector: ConnectorView, key: string): string | null {
  const features = connector.features.filter((each) => each.permissions.some((one) => one.key === key));
  const conditions = features.map(({ permissionConditions }) => permissionConditions[key]);
  const [first] = conditions;
  if (first === undefined || conditions.includes(undefined)) return null;
  const input = connector.inputs.find(({ id }) => id === first.input);
  const options = input?.kind.kind === "choice" ? input.kind.options : [];
  const answers = first.is.map((value) => options.find((each) => each.value === value)?.label ?? value);
  return t("connectors.onlyWith", { question: input?.label ?? first.input, answer: answers.join(", ") });
}

/** Each permission once, in the order in which it first comes. */
export function distinct(permissions: PermissionWords[]): PermissionWords[] {
  return [...new Map(permissions.map((permission) => [permission.key, permission])).values()];
}
