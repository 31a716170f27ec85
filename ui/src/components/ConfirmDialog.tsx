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
import type { ReactNode } from "react";
import { t } from "../words";
import { useFocusReturn } from "./useFocusReturn";

const useStyles = makeStyles({
  title: { overflowWrap: "anywhere" },
  content: { paddingBottom: "8px" },
});

/** A question before something that cannot simply be taken back. Escape and Cancel both mean no. */
export function ConfirmDialog(props: {
  title: string;
  children: ReactNode;
  /** Words of the button that does it. */
  confirm: string;
  /** Words of the button that does not; "Cancel" unless told. */
  cancel?: string;
  busy?: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}) {
  const styles = useStyles();
  useFocusReturn();
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => open || props.onCancel()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle className={styles.title}>{props.title}</DialogTitle>
          <DialogContent className={styles.content}>{props.children}</DialogContent>
          <DialogActions>
            <Button onClick={props.onCancel}>{props.cancel ?? t("common.cancel")}</Button>
            <Button appearance="primary" disabled={props.busy === true} onClick={props.onConfirm}>
              {props.confirm}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Something to read, then to close. */
export function NoticeDialog(props: { title: string; children: ReactNode; onClose: () => void }) {
  const styles = useStyles();
  useFocusReturn();
  return (
    <Dialog open onOpenChange={(_, { open }) => open || props.onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle className={styles.title}>{props.title}</DialogTitle>
          <DialogContent className={styles.content}>{props.children}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={props.onClose}>
              {t("common.close")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
