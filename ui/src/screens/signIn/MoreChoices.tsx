import { Field, makeStyles, Select, tokens } from "@fluentui/react-components";
import type { CloudId } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  summary: {
    cursor: "pointer",
    minHeight: "24px",
    width: "fit-content",
    color: tokens.colorBrandForegroundLink,
  },
  field: { marginTop: "12px", maxWidth: "440px" },
});

const CLOUDS = [
  ["global", "signIn.cloudGlobal"],
  ["usGov", "signIn.cloudUsGov"],
  ["usGovDod", "signIn.cloudUsGovDod"],
  ["china", "signIn.cloudChina"],
  ["custom", "signIn.cloudCustom"],
] as const;

/** What hardly anybody has to change. */
export function MoreChoices(props: { cloud: CloudId; onCloud: (cloud: CloudId) => void }) {
  const styles = useStyles();
  return (
    <details>
      <summary className={styles.summary}>{t("common.more")}</summary>
      <Field className={styles.field} label={t("signIn.cloud")} hint={t("signIn.cloudHint")}>
        <Select value={props.cloud} onChange={(_, { value }) => props.onCloud(value as CloudId)}>
          {CLOUDS.map(([id, words]) => (
            <option key={id} value={id}>
              {t(words)}
            </option>
          ))}
        </Select>
      </Field>
    </details>
  );
}
