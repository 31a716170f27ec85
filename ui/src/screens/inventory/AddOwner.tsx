import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useFocusReturn } from "../../components/useFocusReturn";
import type { PersonView } from "../../contract/types";
import { t } from "../../words";
import { PeopleBox } from "../wizard/answers/PeopleBox";

const useStyles = makeStyles({
  surface: { overflow: "visible" },
  content: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    overflow: "visible",
    paddingBottom: "8px",
  },
});

/** One more owner for the chosen apps: asks who, and leads to the plan. */
export function AddOwner({ appIds }: { appIds: string[] }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t("inventory.addOwner")}</Button>
      {asking && <Who appIds={appIds} onCancel={() => setAsking(false)} />}
    </>
  );
}

function Who({ appIds, onCancel }: { appIds: string[]; onCancel: () => void }) {
  const styles = useStyles();
  const label = useId();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  useFocusReturn();
  const plan = ({ id }: PersonView) =>
    void navigate({ to: "/plan", search: { request: { kind: "addOwner", appIds, personId: id } } });
  return (
    <Dialog open onOpenChange={(_, { open }) => open || onCancel()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{t("inventory.addOwner")}</DialogTitle>
          <DialogContent className={styles.content}>
            <span>{t("inventory.addOwnerWhat", { count: appIds.length })}</span>
            <span id={label}>{t("owners.who")}</span>
            <PeopleBox
              value={typed}
              wanted={typed.trim()}
              labelledBy={label}
              placeholder={t("wizard.mailboxType")}
              none={t("owners.nobody")}
              withoutMailbox
              onChange={setTyped}
              onTake={plan}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={onCancel}>{t("common.cancel")}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
