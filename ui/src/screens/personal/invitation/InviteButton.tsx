import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useStatus } from "../../../backend/queries";
import { placed } from "../places";
import { type InvitedApp, invitationTo } from "./invitationTo";

/** Begins an invitation to an app; what is known of the app is filled in. */
export function InviteButton(props: { app: InvitedApp; words: string; label?: string }) {
  const navigate = useNavigate();
  const status = useStatus().data;
  if (status === undefined) return null;
  const invited = invitationTo(props.app, status);
  return (
    <Button
      aria-label={props.label}
      onClick={() => void navigate({ ...placed("invite"), search: { invited } })}
    >
      {props.words}
    </Button>
  );
}
