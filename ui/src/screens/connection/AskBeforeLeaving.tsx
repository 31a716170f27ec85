import { useBlocker } from "@tanstack/react-router";
import { useRef } from "react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import type { ConnectionView } from "../../contract/types";
import { t } from "../../words";

/** Whether a secret is there whose place nobody noted. */
export const hasUnnotedSecret = (connection: ConnectionView): boolean =>
  connection.registrations.some(({ secret }) => secret !== null && secret.keptAt === null);

/** After the hand-over was looked at, and before leaving the page: did you store the secret, and where? */
export function AskBeforeLeaving(props: { connection: ConnectionView; handedOver: boolean }) {
  const seen = useRef(false);
  if (props.handedOver) seen.current = true;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      seen.current && hasUnnotedSecret(props.connection) && current.pathname !== next.pathname,
    enableBeforeUnload: false,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <ConfirmDialog
      title={t("connection.leaveTitle")}
      confirm={t("connection.leaveGo")}
      cancel={t("connection.leaveStay")}
      onConfirm={blocker.proceed}
      onCancel={blocker.reset}
    >
      {t("connection.leaveSentence")}
    </ConfirmDialog>
  );
}
