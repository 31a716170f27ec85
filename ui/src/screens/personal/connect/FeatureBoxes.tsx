import { Checkbox, makeStyles, Radio, RadioGroup } from "@fluentui/react-components";
import { RadioWords } from "../../../components/RadioWords";
import type { PersonalFeature } from "../../../contract/types";
import { t } from "../../../words";
import { Group } from "../../wizard/answers/Group";
import { type Depth, depthOf, KINDS, type Kind, withDepth, withSending } from "./answers";

const useStyles = makeStyles({
  depth: { paddingInlineStart: "34px", paddingBottom: "4px", flexWrap: "wrap", "& > *": { flexShrink: 0 } },
});

/** What a product shall do: each kind looked at only, or changed too; and sending. */
export function FeatureBoxes(props: {
  features: PersonalFeature[];
  labelledBy: string;
  onChange: (features: PersonalFeature[]) => void;
}) {
  const { features, onChange } = props;
  return (
    <Group labelledBy={props.labelledBy}>
      {(Object.keys(KINDS) as Kind[]).map((kind) => (
        <KindBox
          key={kind}
          kind={kind}
          depth={depthOf(features, kind)}
          onDepth={(depth) => onChange(withDepth(features, kind, depth))}
        />
      ))}
      <Checkbox
        checked={features.includes("mailSend")}
        label={<RadioWords title={t("connect.send")} hint={t("connect.sendHint")} />}
        onChange={(_, { checked }) => onChange(withSending(features, checked === true))}
      />
    </Group>
  );
}

const HINTS = {
  calendar: "connect.calendarHint",
  mail: "connect.mailHint",
  contacts: "connect.contactsHint",
} as const satisfies Record<Kind, string>;

function KindBox({ kind, depth, onDepth }: { kind: Kind; depth: Depth; onDepth: (depth: Depth) => void }) {
  const styles = useStyles();
  const what = t(`connect.${kind}`);
  return (
    <>
      <Checkbox
        checked={depth !== "none"}
        label={<RadioWords title={what} hint={t(HINTS[kind])} />}
        onChange={(_, { checked }) => onDepth(checked === true ? "look" : "none")}
      />
      {depth !== "none" && (
        <RadioGroup
          className={styles.depth}
          layout="horizontal"
          aria-label={t("connect.depthOf", { what })}
          value={depth}
          onChange={(_, { value }) => onDepth(value as Depth)}
        >
          <Radio value="look" label={<RadioWords title={t("connect.look")} />} />
          <Radio value="change" label={<RadioWords title={t("connect.change")} />} />
        </RadioGroup>
      )}
    </>
  );
}
