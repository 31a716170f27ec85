import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Panel, PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { RedirectCheck, RedirectUri, RegistrationView } from "../../contract/types";
import { t } from "../../words";
import { RedirectRows } from "../ownConnector/RedirectRows";

const useStyles = makeStyles({
  uri: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere", fontFamily: tokens.fontFamilyMonospace },
  quiet: { color: tokens.colorNeutralForeground2, flexShrink: 0 },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
  check: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    gap: "4px",
    minWidth: 0,
    flexGrow: 1,
  },
  line: { margin: 0 },
  add: { marginTop: "8px" },
  edit: { display: "flex", flexDirection: "column", gap: "12px" },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px", justifyContent: "flex-end" },
});

/** Where Microsoft sends people back to: what is there, what a set-up needs, and a change of them. */
export function Redirects({ view }: { view: RegistrationView }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [edited, setEdited] = useState<RedirectUri[] | null>(null);
  const { appId } = view.registration;
  const plan = (redirects: RedirectUri[]) =>
    void navigate({
      to: "/plan",
      search: { request: { kind: "changeRegistration", appId, audience: null, redirects } },
    });
  return (
    <Section title={t("app.redirects")} sentence={t("app.redirectsSentence")}>
      {view.expectedRedirects.some((each) => !each.present) && (
        <Missing
          checks={view.expectedRedirects.filter((each) => !each.present)}
          onAdd={(redirect) => plan([...view.redirects, redirect])}
        />
      )}
      {edited !== null ? (
        <Edit
          redirects={edited}
          onChange={setEdited}
          onCancel={() => setEdited(null)}
          onPlan={() =>
            plan(edited.map((each) => ({ ...each, uri: each.uri.trim() })).filter(({ uri }) => uri !== ""))
          }
        />
      ) : (
        <>
          {view.redirects.length === 0 ? (
            <p className={styles.none}>{t("app.redirectsNone")}</p>
          ) : (
            <PanelList label={t("app.redirects")}>
              {view.redirects.map(({ platform, uri }) => (
                <PanelRow key={platform + uri}>
                  <span className={styles.uri} dir="ltr">
                    {uri}
                  </span>
                  <span className={styles.quiet}>{t(`platform.${platform}`)}</span>
                </PanelRow>
              ))}
            </PanelList>
          )}
          <div>
            <Button
              aria-label={t("app.changeRedirects")}
              onClick={() =>
                setEdited(view.redirects.length > 0 ? view.redirects : [{ platform: "web", uri: "" }])
              }
            >
              {t("app.change")}
            </Button>
          </div>
        </>
      )}
    </Section>
  );
}

function Missing({ checks, onAdd }: { checks: RedirectCheck[]; onAdd: (redirect: RedirectUri) => void }) {
  const styles = useStyles();
  return (
    <PanelList label={t("app.redirectsMissing")}>
      {checks.map(({ redirect, sentence }) => (
        <PanelRow key={redirect.uri}>
          <div className={styles.check}>
            <StateWord tone="bad">{t("app.redirectsMissing")}</StateWord>
            <span className={styles.uri} dir="ltr">
              {redirect.uri}
            </span>
            <p className={styles.line}>{sentence}</p>
            <Button className={styles.add} appearance="primary" onClick={() => onAdd(redirect)}>
              {t("app.redirectAdd")}
            </Button>
          </div>
        </PanelRow>
      ))}
    </PanelList>
  );
}

function Edit(props: {
  redirects: RedirectUri[];
  onChange: (redirects: RedirectUri[]) => void;
  onCancel: () => void;
  onPlan: () => void;
}) {
  const styles = useStyles();
  return (
    <Panel className={styles.edit}>
      <RedirectRows redirects={props.redirects} onChange={props.onChange} />
      <div className={styles.buttons}>
        <Button onClick={props.onCancel}>{t("common.cancel")}</Button>
        <Button appearance="primary" onClick={props.onPlan}>
          {t("wizard.seePlan")}
        </Button>
      </div>
    </Panel>
  );
}
