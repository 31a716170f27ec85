import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Textarea,
  tokens,
} from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { OpenFile } from "../../components/OpenFile";
import { OutsideLink } from "../../components/OutsideLink";
import { RadioWords } from "../../components/RadioWords";
import { useFocusReturn } from "../../components/useFocusReturn";
import type { AppDetail, CredentialView, NewCredential } from "../../contract/types";
import { t } from "../../words";
import { shortDate } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { credentialInSentence } from "../inventory/facetWords";
import { monthsLater } from "../wizard/answers/Lifetime";

const useStyles = makeStyles({
  title: { overflowWrap: "anywhere" },
  content: { display: "flex", flexDirection: "column", gap: "16px", paddingBottom: "8px" },
  line: { margin: 0 },
  text: { fontFamily: tokens.fontFamilyMonospace },
  rules: {
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    fontSize: tokens.fontSizeBase200,
    "& p": { margin: 0 },
  },
  instead: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    paddingInlineStart: "12px",
    borderLeft: `4px solid ${tokens.colorBrandStroke1}`,
  },
  ways: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "16px" },
  rulesTitle: { fontWeight: tokens.fontWeightSemibold },
});

const MONTHS = [3, 6, 12, 24] as const;
/** How long it lives when the person leaves that to the organisation's rules. */
const ALLOWED = "allowed";

/** Asks what takes a credential's place, and for how long; leads to the plan. Without a credential, one is added. */
export function RenewDialog(props: {
  app: AppDetail;
  replaces: CredentialView[];
  /** The person would rather have the app trust a service. */
  onTrust: () => void;
  onClose: () => void;
}) {
  const styles = useStyles();
  const navigate = useNavigate();
  const now = useNow();
  const { app, replaces } = props;
  const [first] = replaces;
  const forbidden = app.insteadOfSecrets !== undefined;
  const [kind, setKind] = useState<NewCredential["kind"]>(
    forbidden
      ? "madeCertificate"
      : (suggested(app, replaces)?.new.kind ??
          (first?.kind === "certificate" ? "madeCertificate" : "secret")),
  );
  const [life, setLife] = useState(ALLOWED);
  const [text, setText] = useState("");
  useFocusReturn();
  const made = newCredential(kind, life, text);
  const plan = () => {
    if (made === null) return;
    void navigate({
      to: "/plan",
      search: {
        request: {
          kind: "renewCredential",
          appId: app.row.app.appId,
          replaces: replaces.map(({ keyId }) => keyId),
          new: made,
        },
      },
    });
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => open || props.onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle className={styles.title}>
            {first === undefined
              ? t("renew.titleNew")
              : t("renew.title", { name: replaces.map(credentialInSentence).join(", ") })}
          </DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.line}>{t(first === undefined ? "renew.sentenceNew" : "renew.sentence")}</p>
            {app.policy.length > 0 && (
              <div className={styles.rules}>
                <p className={styles.rulesTitle}>{t("secrets.policy")}</p>
                {app.policy.map((rule) => (
                  <p key={rule}>{rule}</p>
                ))}
              </div>
            )}
            {app.insteadOfSecrets && (
              <div className={styles.instead}>
                <p className={styles.line}>{app.insteadOfSecrets.sentence}</p>
                <div className={styles.ways}>
                  <Button onClick={props.onTrust}>{t("secrets.trust")}</Button>
                  <OutsideLink url={app.insteadOfSecrets.url}>{app.insteadOfSecrets.words}</OutsideLink>
                </div>
              </div>
            )}
            <Field label={t("renew.kind")}>
              <RadioGroup value={kind} onChange={(_, { value }) => setKind(value as NewCredential["kind"])}>
                <Radio
                  value="secret"
                  disabled={forbidden}
                  label={
                    <RadioWords
                      title={t("renew.secret")}
                      hint={t(forbidden ? "renew.secretForbidden" : "renew.secretHint")}
                    />
                  }
                />
                <Radio
                  value="madeCertificate"
                  label={<RadioWords title={t("renew.made")} hint={t("renew.madeHint")} />}
                />
                <Radio
                  value="uploadedCertificate"
                  label={<RadioWords title={t("renew.uploaded")} hint={t("renew.uploadedHint")} />}
                />
              </RadioGroup>
            </Field>
            {kind === "uploadedCertificate" ? (
              <>
                <Field label={t("renew.certificate")} hint={t("renew.certificateHint")}>
                  <Textarea
                    className={styles.text}
                    rows={5}
                    spellCheck={false}
                    value={text}
                    onChange={(_, { value }) => setText(value)}
                  />
                </Field>
                <div>
                  <OpenFile words={t("renew.certificateFile")} accept=".pem,.cer,.crt" onText={setText} />
                </div>
              </>
            ) : (
              <Field label={t("renew.months")}>
                <Select value={life} onChange={(_, { value }) => setLife(value)}>
                  <option value={ALLOWED}>{t("renew.allowed")}</option>
                  {MONTHS.map((months) => (
                    <option key={months} value={String(months)}>
                      {t("renew.monthsChoice", { months, when: shortDate(monthsLater(now, months), now) })}
                    </option>
                  ))}
                </Select>
              </Field>
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={props.onClose}>{t("common.cancel")}</Button>
            <Button appearance="primary" disabledFocusable={made === null} onClick={plan}>
              {t("renew.plan")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** What the application would make in a credential's place: it knows what the organisation forbids. */
export function suggested(app: AppDetail, replaces: readonly CredentialView[]) {
  return app.findings
    .flatMap(({ remedy }) => {
      const action = remedy?.action;
      return action?.kind === "plan" && action.request.kind === "renewCredential" ? [action.request] : [];
    })
    .find((request) => replaces.some(({ keyId }) => request.replaces.includes(keyId)));
}

/** What was chosen; null while something is missing. */
export function newCredential(kind: NewCredential["kind"], life: string, text: string): NewCredential | null {
  if (kind === "uploadedCertificate") return text.trim() === "" ? null : { kind, text };
  return { kind, months: life === ALLOWED ? null : Number(life) };
}
