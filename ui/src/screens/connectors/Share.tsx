import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { markChanged, useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorNote } from "../../components/ErrorNote";
import { DiscardIcon, FileIcon } from "../../components/icons";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { ConnectorSummary } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
  path: { overflowWrap: "anywhere" },
});

/** A connector as a file, for somebody else; and the way to remove one that did not come with Gatehouse. */
export function Share({ connector }: { connector: ConnectorSummary }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const save = useCommand("connector_export", (path) => announce(t("connection.otherSaved", { path })));
  const remove = useCommand("connector_remove", (_, client) => {
    markChanged(client, "connections");
    void navigate({ to: "/connectors" });
  });
  return (
    <Section title={t("connectors.share")} sentence={t("connectors.shareSentence")}>
      <div className={styles.buttons}>
        <Button icon={<FileIcon />} disabled={save.isPending} onClick={() => save.mutate(connector.id)}>
          {t("connectors.export")}
        </Button>
        {connector.origin === "custom" && (
          <Button icon={<DiscardIcon />} onClick={() => setAsking(true)}>
            {t("connectors.remove")}
          </Button>
        )}
      </div>
      {save.data !== undefined && (
        <span className={styles.path}>
          <StateWord tone="good">{t("connection.otherSaved", { path: save.data })}</StateWord>
        </span>
      )}
      {save.error && <ErrorNote error={save.error} actions={{ tryAgain: () => save.mutate(connector.id) }} />}
      {asking && (
        <ConfirmDialog
          title={t("connectors.removeTitle", { name: connector.name })}
          confirm={t("connectors.removeButton")}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(connector.id)}
          onCancel={() => setAsking(false)}
        >
          {remove.error ? <ErrorNote error={remove.error} /> : t("connectors.removeSentence")}
        </ConfirmDialog>
      )}
    </Section>
  );
}
