import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
} from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useFocusReturn } from "../../components/useFocusReturn";
import type { Trust } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: "16px", paddingBottom: "8px" },
  line: { margin: 0 },
});

/** What Microsoft suggests; another cloud's guide may say otherwise. */
const AUDIENCE = "api://AzureADTokenExchange";

const FIELDS = ["name", "issuer", "subject", "audience"] as const;

/** Asks which outside service an app shall trust; leads to the plan, which says what does not fit. */
export function TrustDialog({ appId, onClose }: { appId: string; onClose: () => void }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [trust, setTrust] = useState({ name: "", issuer: "", subject: "", audience: AUDIENCE });
  useFocusReturn();
  const ready = FIELDS.every((field) => trust[field].trim() !== "");
  const plan = () => {
    if (!ready) return;
    void navigate({ to: "/plan", search: { request: { kind: "addTrust", appId, trust: trimmed(trust) } } });
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => open || onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("trust.title")}</DialogTitle>
          <DialogContent className={styles.content}>
            <p className={styles.line}>{t("trust.sentence")}</p>
            {FIELDS.map((field) => (
              <Field key={field} label={t(`trust.${field}`)} hint={t(`trust.${field}Hint`)}>
                <Input
                  dir="ltr"
                  spellCheck={false}
                  autoComplete="off"
                  value={trust[field]}
                  onChange={(_, { value }) => setTrust({ ...trust, [field]: value })}
                />
              </Field>
            ))}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button appearance="primary" disabledFocusable={!ready} onClick={plan}>
              {t("renew.plan")}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function trimmed({ name, issuer, subject, audience }: Required<Trust>): Trust {
  return {
    name: name.trim(),
    issuer: issuer.trim(),
    subject: subject.trim(),
    audience: audience.trim(),
  };
}
