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
import { useEffect, useRef } from "react";
import { useStatus } from "../../backend/queries";
import { useFocusReturn } from "../../components/useFocusReturn";
import { t } from "../../words";
import { VaultPanel } from "./VaultPanel";

const useStyles = makeStyles({ sentence: { margin: "0 0 16px" } });

/** Asks where secrets are kept, because something needs the answer now. Closes by itself once it is settled. */
export default function VaultDialog({ onFinish }: { onFinish: (opened: boolean) => void }) {
  const styles = useStyles();
  useFocusReturn();
  const status = useStatus();
  const { refetch } = status;
  const looked = useRef(false);
  useEffect(() => {
    // What the window last heard may be older than the failure that opened this dialog.
    void refetch().then(() => {
      looked.current = true;
    });
  }, [refetch]);
  const ready = status.data?.vault.kind === "ready";
  useEffect(() => {
    if (ready && looked.current) onFinish(true);
  }, [ready, onFinish]);
  return (
    <Dialog open onOpenChange={(_, { open }) => open || onFinish(false)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("vault.dialogTitle")}</DialogTitle>
          <DialogContent>
            <p className={styles.sentence}>{t("vault.dialogSentence")}</p>
            <VaultPanel />
          </DialogContent>
          <DialogActions>
            <Button onClick={() => onFinish(ready)}>{t("common.close")}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
