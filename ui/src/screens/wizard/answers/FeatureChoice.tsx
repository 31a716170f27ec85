import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { RadioWords } from "../../../components/RadioWords";
import type { ConnectorView } from "../../../contract/types";
import { t } from "../../../words";
import { Group } from "./Group";

const useStyles = makeStyles({
  off: { paddingInlineStart: "34px", color: tokens.colorNeutralForeground2 },
  offName: { display: "block" },
});

/** Which features are wanted. One that cannot be had is listed with the reason. */
export function FeatureChoice(props: {
  connector: ConnectorView;
  chosen: string[];
  labelledBy: string;
  wrong: boolean;
  onChange: (feature: string, on: boolean) => void;
}) {
  const styles = useStyles();
  return (
    <Group labelledBy={props.labelledBy}>
      {props.connector.features.map((feature) =>
        feature.unavailable === null ? (
          <Checkbox
            key={feature.id}
            checked={props.chosen.includes(feature.id)}
            label={<RadioWords title={feature.name} hint={feature.sentence} />}
            onChange={(_, { checked }) => props.onChange(feature.id, checked === true)}
          />
        ) : (
          <div key={feature.id} className={styles.off}>
            <span className={styles.offName}>{feature.name}</span>
            {t("wizard.featureOff", { why: feature.unavailable })}
          </div>
        ),
      )}
    </Group>
  );
}
