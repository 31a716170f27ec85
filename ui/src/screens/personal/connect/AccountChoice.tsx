import { Field, Input, makeStyles, Radio, RadioGroup } from "@fluentui/react-components";
import { RadioWords } from "../../../components/RadioWords";
import type { AccountKind } from "../../../contract/types";
import { t } from "../../../words";
import { problem } from "./AppChoice";

const useStyles = makeStyles({
  tenant: {
    maxWidth: "440px",
    paddingInlineStart: "36px",
    "@media (max-width: 639px)": { paddingInlineStart: 0 },
  },
});

const KINDS = ["work", "personal", "either", "organisation"] as const satisfies AccountKind["kind"][];
const HINTS = {
  work: "connect.workHint",
  personal: "connect.personalHint",
  either: "connect.eitherHint",
  organisation: "connect.organisationHint",
} as const;

/** Which accounts Microsoft's page lets one pick. */
export function AccountChoice(props: {
  kind: AccountKind["kind"];
  tenant: string;
  issue: string | undefined;
  labelledBy: string;
  onChange: (kind: AccountKind["kind"], tenant: string) => void;
}) {
  const styles = useStyles();
  return (
    <>
      <RadioGroup
        aria-labelledby={props.labelledBy}
        value={props.kind}
        onChange={(_, { value }) => props.onChange(value as AccountKind["kind"], props.tenant)}
      >
        {KINDS.map((kind) => (
          <Radio
            key={kind}
            value={kind}
            label={<RadioWords title={t(`connect.${kind}`)} hint={t(HINTS[kind])} />}
          />
        ))}
      </RadioGroup>
      {props.kind === "organisation" && (
        <div className={styles.tenant}>
          <Field label={t("connect.tenant")} hint={t("connect.tenantHint")} {...problem(props.issue)}>
            <Input
              value={props.tenant}
              autoComplete="off"
              spellCheck={false}
              onChange={(_, { value }) => props.onChange(props.kind, value)}
            />
          </Field>
        </div>
      )}
    </>
  );
}
