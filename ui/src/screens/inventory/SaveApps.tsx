import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { Disclosure } from "../../components/Disclosure";
import { ErrorNote } from "../../components/ErrorNote";
import { SaveIcon } from "../../components/icons";
import { StateWord } from "../../components/StateWord";
import type { ExportForm } from "../../contract/types";
import { t } from "../../words";
import type { View } from "./view";

const useStyles = makeStyles({
  choices: { display: "flex", flexDirection: "column", alignItems: "stretch", gap: "4px" },
  choice: { justifyContent: "flex-start", fontWeight: tokens.fontWeightRegular },
  what: { margin: "0 0 8px", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const FORMS = [
  ["csv", "inventory.saveCsv"],
  ["json", "inventory.saveJson"],
] as const;

/** Saves apps to a file: those that are shown, or those that were chosen. */
export function SaveApps(props: { view: View; count: number; chosen?: string[] }) {
  const styles = useStyles();
  const { chosen } = props;
  const save = useCommand("inventory_export", (path) => announce(t("inventory.saved", { path })));
  const write = (form: ExportForm) =>
    save.mutate({
      query: { ...props.view, offset: 0, limit: 0 },
      form,
      ...(chosen !== undefined && { appIds: chosen }),
    });
  return (
    <>
      <Disclosure
        across
        up={chosen !== undefined}
        button={{ icon: <SaveIcon />, disabledFocusable: save.isPending || props.count === 0 }}
        words={t(chosen === undefined ? "inventory.save" : "inventory.saveChosen")}
      >
        {(fold) => (
          <div className={styles.choices}>
            <p className={styles.what}>
              {t(chosen === undefined ? "inventory.saveWhat" : "inventory.chosen", { count: props.count })}
            </p>
            {FORMS.map(([form, words]) => (
              <Button
                key={form}
                appearance="subtle"
                className={styles.choice}
                onClick={() => {
                  fold();
                  write(form);
                }}
              >
                {t(words)}
              </Button>
            ))}
          </div>
        )}
      </Disclosure>
      {save.data !== undefined && (
        <StateWord tone="good">{t("inventory.saved", { path: save.data })}</StateWord>
      )}
      {save.error && <ErrorNote error={save.error} actions={{ tryAgain: () => write("csv") }} />}
    </>
  );
}
