import { Button, Input, makeStyles } from "@fluentui/react-components";
import { type FormEvent, useId, useState } from "react";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { PanelList, PanelRow } from "../../components/Panel";
import { PermissionRow } from "../../components/PermissionRow";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { t } from "../../words";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "4px" },
  row: { display: "flex", flexWrap: "wrap", gap: "8px" },
  field: { flexGrow: 1, minWidth: "min(100%, 240px)", maxWidth: "420px" },
  found: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0, flexGrow: 1 },
});

/** A permission's name as a guide writes it: whether there is one of that name, and which is meant if not. */
export function NameCheck() {
  const styles = useStyles();
  const id = useId();
  const [name, setName] = useState("");
  const check = useCommand("permission_name_check");
  const run = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") check.mutate(name.trim());
  };
  return (
    <Section title={t("names.title")} sentence={t("names.sentence")}>
      <form className={styles.form} onSubmit={run}>
        <label htmlFor={id}>{t("names.label")}</label>
        <div className={styles.row}>
          <Input
            id={id}
            className={styles.field}
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(_, { value }) => {
              setName(value);
              check.reset();
            }}
          />
          <Button type="submit" disabledFocusable={name.trim() === "" || check.isPending}>
            {t("names.button")}
          </Button>
        </div>
      </form>
      {check.error && (
        <ErrorNote error={check.error} actions={{ tryAgain: () => check.mutate(name.trim()) }} />
      )}
      <div role="status">
        {check.data?.length === 0 && (
          <StateWord tone="warn">{t("names.none", { name: name.trim() })}</StateWord>
        )}
        {check.data !== undefined && check.data.length > 0 && (
          <PanelList label={t("names.found")}>
            {check.data.map((each) => (
              <PanelRow key={each.permission.key}>
                <div className={styles.found}>
                  <StateWord tone={each.exact ? "good" : "warn"}>{each.sentence}</StateWord>
                  <PermissionRow permission={each.permission} />
                </div>
              </PanelRow>
            ))}
          </PanelList>
        )}
      </div>
    </Section>
  );
}
