import { Button, makeStyles } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import type { RegistrationView, SignInAudience } from "../../contract/types";
import { t } from "../../words";
import { AudienceAnswer } from "../wizard/answers/AudienceAnswer";

const useStyles = makeStyles({
  now: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "8px 16px",
    justifyContent: "space-between",
  },
  change: { display: "flex", flexDirection: "column", gap: "12px" },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px", justifyContent: "flex-end" },
});

/** Which accounts may sign in; changed in place, after its consequences were read. */
export function AccountTypes({ view }: { view: RegistrationView }) {
  const styles = useStyles();
  const id = useId();
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<SignInAudience | null | undefined>(undefined);
  const { appId } = view.registration;
  const plan = (audience: SignInAudience) =>
    void navigate({
      to: "/plan",
      search: { request: { kind: "changeRegistration", appId, audience, redirects: null } },
    });
  return (
    <Section title={t("app.audience")} sentence={t("app.audienceSentence")}>
      {wanted === undefined ? (
        <Panel className={styles.now}>
          <span>{view.audienceSentence}</span>
          {view.audiences.length > 0 && (
            <Button aria-label={t("app.changeAudience")} onClick={() => setWanted(view.audience)}>
              {t("app.change")}
            </Button>
          )}
        </Panel>
      ) : (
        <Panel className={styles.change}>
          <span id={id}>{t("app.audienceQuestion")}</span>
          <AudienceAnswer offers={view.audiences} chosen={wanted} labelledBy={id} onChange={setWanted} />
          <div className={styles.buttons}>
            <Button onClick={() => setWanted(undefined)}>{t("common.cancel")}</Button>
            <Button
              appearance="primary"
              disabledFocusable={wanted === null || wanted === view.audience}
              onClick={() => wanted !== null && wanted !== view.audience && plan(wanted)}
            >
              {t("wizard.seePlan")}
            </Button>
          </div>
        </Panel>
      )}
    </Section>
  );
}
