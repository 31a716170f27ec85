import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { keyOf, markChanged, useCommand } from "../../../backend/queries";
import { announce } from "../../../components/announce";
import { ConfirmDialog, NoticeDialog } from "../../../components/ConfirmDialog";
import { ErrorNote } from "../../../components/ErrorNote";
import { RadioWords } from "../../../components/RadioWords";
import { Waiting } from "../../../components/Waiting";
import type { Disconnected, PersonalConnection } from "../../../contract/types";
import { t } from "../../../words";
import { LeftoverList } from "./Leftovers";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px" },
  line: { margin: 0 },
  heading: { margin: "0 0 4px", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: "20px", display: "flex", flexDirection: "column", gap: "4px" },
});

/** Says what disconnecting does before it does it; and afterwards what it did, and what it could not do. */
export function Disconnect({ connection, onClose }: { connection: PersonalConnection; onClose: () => void }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [lookFirst, setLookFirst] = useState(false);
  const { id, product, upn } = connection;
  const disconnect = useCommand("personal_disconnect", () =>
    announce(t("disconnect.doneTitle", { product })),
  );
  const { data } = disconnect;
  if (data !== undefined) {
    const leave = () => {
      void navigate({ to: "/account" }).then(() => {
        client.removeQueries({ queryKey: keyOf("personal_connection", id) });
        markChanged(client, "personal");
        markChanged(client, "status");
      });
    };
    return (
      <NoticeDialog title={t("disconnect.doneTitle", { product })} onClose={leave}>
        <Result result={data} />
      </NoticeDialog>
    );
  }
  return (
    <ConfirmDialog
      title={t("disconnect.title", { product })}
      confirm={t("personalPage.disconnect")}
      busy={disconnect.isPending}
      onConfirm={() => disconnect.mutate({ connectionId: id, lookFirst })}
      onCancel={onClose}
    >
      <div className={styles.root}>
        <p className={styles.line}>{t("disconnect.sentence", { product, upn })}</p>
        <ul className={styles.list}>
          <li>{t("disconnect.here")}</li>
          <li>{t("disconnect.there")}</li>
          <li>{t("disconnect.hour")}</li>
        </ul>
        <Checkbox
          checked={lookFirst}
          label={<RadioWords title={t("disconnect.first")} hint={t("disconnect.firstHint")} />}
          onChange={(_, { checked }) => setLookFirst(checked === true)}
        />
        {disconnect.isPending && <Waiting words={t("disconnect.busy")} />}
        {disconnect.error && <ErrorNote error={disconnect.error} />}
      </div>
    </ConfirmDialog>
  );
}

function Result({ result: { removed, revoked, remains } }: { result: Disconnected }) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Sentences title={t("disconnect.removed")} sentences={removed} />
      <Sentences title={t("disconnect.revoked")} sentences={revoked} />
      {remains.length > 0 ? (
        <div>
          <h3 className={styles.heading}>{t("disconnect.remains")}</h3>
          <LeftoverList title={t("disconnect.remains")} leftovers={remains} />
        </div>
      ) : (
        <p className={styles.line}>{t("disconnect.remainsNone")}</p>
      )}
    </div>
  );
}

function Sentences({ title, sentences }: { title: string; sentences: string[] }) {
  const styles = useStyles();
  if (sentences.length === 0) return null;
  return (
    <div>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.list}>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}
