import { Checkbox, Field, makeStyles, tokens } from "@fluentui/react-components";
import { t } from "../../words";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px", maxWidth: "64ch" },
  heading: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: "20px", display: "flex", flexDirection: "column", gap: "4px" },
});

/** How Gatehouse's own registration comes about, and what to know before. Nothing begins without the tick. */
export function Bootstrap(props: {
  agreed: boolean;
  issue: string | undefined;
  onAgree: (agreed: boolean) => void;
}) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <h3 className={styles.heading}>{t("signIn.bootstrapTitle")}</h3>
      <ol className={styles.list}>
        <li>{t("signIn.bootstrap1")}</li>
        <li>{t("signIn.bootstrap2")}</li>
        <li>{t("signIn.bootstrap3")}</li>
      </ol>
      <h3 className={styles.heading}>{t("signIn.risksTitle")}</h3>
      <ul className={styles.list}>
        <li>{t("signIn.risk1")}</li>
        <li>{t("signIn.risk2")}</li>
        <li>{t("signIn.risk3")}</li>
      </ul>
      <Field {...(props.issue === undefined ? {} : { validationMessage: props.issue })}>
        <Checkbox
          checked={props.agreed}
          label={t("signIn.bootstrapAgree")}
          onChange={(_, { checked }) => props.onAgree(checked === true)}
        />
      </Field>
    </div>
  );
}
