import { Section } from "../../../components/Section";
import { t } from "../../../words";
import { InviteButton } from "./InviteButton";
import type { InvitedApp } from "./invitationTo";

/** The way from an app to an invitation that is filled in for it. */
export function AskPeople({ app }: { app: InvitedApp }) {
  return (
    <Section title={t("personal.invite")} sentence={t("personal.inviteSentence")}>
      <div>
        <InviteButton app={app} words={t("personal.inviteOpen")} />
      </div>
    </Section>
  );
}
