import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer, useCommand, useStatus } from "../../../backend/queries";
import { Screen } from "../../../components/Screen";
import { Waiting } from "../../../components/Waiting";
import type { AccountSearch } from "../../../router";
import { t } from "../../../words";
import { InviteBack } from "./InviteBack";
import { InviteForm } from "./InviteForm";
import { firstInvite, type InviteAnswers, invitationOf } from "./inviteAnswers";
import { Ready } from "./Ready";

/** An admin makes an invitation: a small form, then the link and the message. */
export function InviteScreen() {
  const { invited }: AccountSearch = useSearch({ strict: false });
  const status = useStatus();
  const clients = useAnswer("organisation_clients", null);
  const make = useCommand("invitation_make");
  const [changed, setChanged] = useState<InviteAnswers | null>(null);
  if (status.data === undefined || clients.isPending)
    return (
      <Screen title={t("invite.title")}>
        <Waiting words={t("connect.looking")} />
      </Screen>
    );
  const back = <InviteBack begun={invited !== undefined} />;
  if (make.data !== undefined) return <Ready made={make.data} back={back} onAgain={make.reset} />;
  const known = clients.data ?? [];
  const answers = changed ?? firstInvite(status.data, known, invited);
  return (
    <InviteForm
      answers={answers}
      known={known}
      back={back}
      practising={status.data.space === "practice"}
      busy={make.isPending}
      failure={make.error}
      onChange={setChanged}
      onMake={() => make.mutate(invitationOf(answers, known))}
    />
  );
}
