import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useAnswer } from "../../backend/queries";
import { PartLinks } from "../../components/PartLinks";
import { Screen } from "../../components/Screen";
import { t } from "../../words";
import { MailboxAccess } from "../mailboxes/MailboxAccess";
import { PeoplePart } from "../people/PeoplePart";
import { PermissionReportView } from "../permissions/PermissionReportView";
import { EwsPart } from "./EwsPart";
import { ManifestPart } from "./ManifestPart";
import { RegistrationPart } from "./RegistrationPart";
import { SecretsPart } from "./SecretsPart";

const PARTS = ["secrets", "permissions", "people", "manifest", "registration", "mailboxes", "ews"] as const;
type Part = (typeof PARTS)[number];

const useStyles = makeStyles({
  part: { display: "flex", flexDirection: "column", gap: "24px", minWidth: 0 },
});

/** Any app registration, whoever made it: what it may do, who may use it, which mailboxes it reaches. */
export function AppScreen({ appId }: { appId: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const hash = useRouterState({ select: (state) => state.location.hash });
  const here = PARTS.find((part) => part === hash) ?? "secrets";
  const detail = useAnswer("inventory_app", { appId });
  const view = useAnswer("registration_view", { appId }, { enabled: detail.isError });
  const name = detail.data?.row.app.name ?? view.data?.registration.name;
  return (
    <Screen
      title={name ?? t("app.title")}
      sentence={t("app.sentence")}
      back={<Button onClick={() => void navigate({ to: "/apps" })}>{t("permissions.back")}</Button>}
    >
      <PartLinks
        label={t("app.parts")}
        parts={PARTS.map((part) => ({ part, words: t(`app.${part}`) }))}
        here={here}
      />
      <div key={here} className={styles.part}>
        <Shown part={here} appId={appId} />
      </div>
    </Screen>
  );
}

function Shown({ part, appId }: { part: Part; appId: string }) {
  switch (part) {
    case "secrets":
      return <SecretsPart appId={appId} />;
    case "permissions":
      return <PermissionReportView appId={appId} />;
    case "people":
      return <PeoplePart appId={appId} />;
    case "manifest":
      return <ManifestPart appId={appId} />;
    case "registration":
      return <RegistrationPart appId={appId} />;
    case "mailboxes":
      return <MailboxAccess appId={appId} />;
    case "ews":
      return <EwsPart appId={appId} />;
  }
}
