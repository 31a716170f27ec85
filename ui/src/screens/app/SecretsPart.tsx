import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { AddIcon } from "../../components/icons";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import type { AppDetail, CredentialView } from "../../contract/types";
import { t } from "../../words";
import { useNow } from "../../words/useNow";
import { FindingRows } from "../attention/FindingRows";
import { credentialName } from "../inventory/facetWords";
import { Notes } from "../notes/Notes";
import { CredentialCard } from "../rotation/CredentialCard";
import { RenewDialog, suggested } from "../rotation/RenewDialog";
import { SecretMatchDialog } from "../rotation/SecretMatchDialog";
import { TrustDialog } from "../rotation/TrustDialog";
import { Owners } from "./Owners";
import { SigningDialog } from "./SigningDialog";

const useStyles = makeStyles({
  aside: { display: "flex", flexWrap: "wrap", gap: "8px", marginInlineStart: "auto" },
  buttons: { display: "flex", gap: "8px", flexShrink: 0, alignSelf: "flex-start" },
  rules: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What leads here to renew one credential at once. */
const RENEW = /^renew-(.+)$/;

/** What signs people in is changed in Entra, together with the product. */
const signs = ({ kind }: CredentialView) => kind === "signingCertificate";

/** What an app signs in with, what needs attention, and who owns it. */
export function SecretsPart({ appId }: { appId: string }) {
  const detail = useAnswer("inventory_app", { appId });
  const hash = useRouterState({ select: (state) => state.location.hash });
  if (detail.isPending) return <Waiting words={t("secrets.looking")} />;
  if (detail.error)
    return <ErrorNote error={detail.error} actions={{ tryAgain: () => void detail.refetch() }} />;
  const open = detail.data.findings.filter(({ ignored }) => ignored === null);
  return (
    <>
      <Credentials key={hash} app={detail.data} asked={RENEW.exec(hash)?.[1]} />
      {open.length > 0 && (
        <Section title={t("secrets.findings")}>
          <FindingRows findings={open} label={t("secrets.findings")} withSeverity />
        </Section>
      )}
      <Notes subject={{ kind: "app", appId }} />
      <Owners app={detail.data} />
    </>
  );
}

/** Made anew when a notification leads here, which may happen while the app is on the screen. */
function Credentials({ app, asked }: { app: AppDetail; asked: string | undefined }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const now = useNow();
  const [renewing, setRenewing] = useState<CredentialView[] | null>(() => {
    const named = app.credentials.filter((one) => one.keyId === asked && !one.onEnterpriseApp);
    const all = suggested(app, named)?.replaces;
    if (named.length === 0) return null;
    return all === undefined ? named : app.credentials.filter(({ keyId }) => all.includes(keyId));
  });
  const [explaining, setExplaining] = useState(
    app.credentials.some((one) => one.keyId === asked && signs(one)),
  );
  const [matching, setMatching] = useState(false);
  const [trusting, setTrusting] = useState(false);
  const mayHaveSecrets = app.row.kind === "registration" || app.row.kind === "unknown";
  const remove = ({ keyId }: CredentialView) =>
    void navigate({
      to: "/plan",
      search: { request: { kind: "removeCredentials", credentials: [{ appId: app.row.app.appId, keyId }] } },
    });
  return (
    <Section
      title={t("secrets.title")}
      aside={
        mayHaveSecrets && (
          <div className={styles.aside}>
            {app.credentials.some(({ kind }) => kind === "secret") && (
              <Button appearance="subtle" onClick={() => setMatching(true)}>
                {t("secrets.which")}
              </Button>
            )}
            <Button appearance="subtle" onClick={() => setTrusting(true)}>
              {t("secrets.trust")}
            </Button>
            <Button icon={<AddIcon />} onClick={() => setRenewing([])}>
              {t("secrets.new")}
            </Button>
          </div>
        )
      }
    >
      {app.credentials.length === 0 ? (
        <EmptyState
          title={t("secrets.none")}
          sentence={mayHaveSecrets ? t("renew.sentenceNew") : t("secrets.noneMicrosoft")}
        />
      ) : (
        <PanelList label={t("secrets.title")}>
          {app.credentials.map((credential) => {
            const name = credentialName(credential);
            const { rotationId } = credential;
            return (
              <PanelRow key={credential.keyId}>
                <CredentialCard credential={credential} now={now} />
                <div className={styles.buttons}>
                  {rotationId !== null ? (
                    <Button
                      aria-label={t("secrets.rotationLabel", { name })}
                      onClick={() => void navigate({ to: "/rotations/$rotationId", params: { rotationId } })}
                    >
                      {t("secrets.rotation")}
                    </Button>
                  ) : (
                    <>
                      {signs(credential) && (
                        <Button
                          aria-label={t("secrets.howLabel", { name })}
                          onClick={() => setExplaining(true)}
                        >
                          {t("secrets.how")}
                        </Button>
                      )}
                      {mayHaveSecrets && !credential.onEnterpriseApp && credential.kind !== "federated" && (
                        <Button
                          aria-label={t("secrets.renewLabel", { name })}
                          onClick={() => setRenewing([credential])}
                        >
                          {t("secrets.renew")}
                        </Button>
                      )}
                      {mayHaveSecrets && !credential.onEnterpriseApp && (
                        <Button
                          appearance="subtle"
                          aria-label={t("secrets.removeLabel", { name })}
                          onClick={() => remove(credential)}
                        >
                          {t("secrets.remove")}
                        </Button>
                      )}
                    </>
                  )}
                </div>
              </PanelRow>
            );
          })}
        </PanelList>
      )}
      {app.policy.length > 0 && (
        <p className={styles.rules}>
          <strong>{t("secrets.policy")}:</strong> {app.policy.join(" ")}
        </p>
      )}
      {renewing !== null && (
        <RenewDialog
          app={app}
          replaces={renewing}
          onTrust={() => {
            setRenewing(null);
            setTrusting(true);
          }}
          onClose={() => setRenewing(null)}
        />
      )}
      {explaining && <SigningDialog name={app.row.app.name} onClose={() => setExplaining(false)} />}
      {trusting && <TrustDialog appId={app.row.app.appId} onClose={() => setTrusting(false)} />}
      {matching && <SecretMatchDialog appId={app.row.app.appId} onClose={() => setMatching(false)} />}
    </Section>
  );
}
