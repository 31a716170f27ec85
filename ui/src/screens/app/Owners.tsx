import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import { OwnerIcon } from "../../components/icons";
import { Panel } from "../../components/Panel";
import { Section } from "../../components/Section";
import type { AppDetail, PersonView } from "../../contract/types";
import { t } from "../../words";
import { PeopleBox } from "../wizard/answers/PeopleBox";

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: "none",
    display: "flex",
    flexDirection: "column",
    gap: "8px",
  },
  address: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
  },
  add: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "16px", maxWidth: "440px" },
  line: { margin: 0 },
});

/** Who owns an app, and the way to one more. */
export function Owners({ app }: { app: AppDetail }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const label = useId();
  const asked = useRouterState({ select: (state) => state.location.hash === "owners" });
  const [adding, setAdding] = useState(asked);
  const [typed, setTyped] = useState("");
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!adding) return;
    root.current?.scrollIntoView?.({ block: "center" });
    root.current?.querySelector("input")?.focus();
  }, [adding]);
  const { owners } = app;
  const add = ({ id }: PersonView) =>
    void navigate({
      to: "/plan",
      search: { request: { kind: "addOwner", appIds: [app.row.app.appId], personId: id } },
    });
  return (
    <Section title={t("owners.title")} anchor="owners" sentence={t("owners.sentence")}>
      <Panel>
        {owners === null || owners.length === 0 ? (
          <p className={styles.line}>{t(owners === null ? "owners.unknown" : "owners.none")}</p>
        ) : (
          <ul className={styles.list} aria-label={t("owners.title")}>
            {owners.map((owner) => (
              <li key={owner.id}>
                <div>{owner.name}</div>
                <div className={styles.address} dir="ltr">
                  {owner.upn}
                </div>
              </li>
            ))}
          </ul>
        )}
        <div className={styles.add} ref={root}>
          {adding ? (
            <>
              <span id={label}>{t("owners.who")}</span>
              <PeopleBox
                value={typed}
                wanted={typed.trim()}
                labelledBy={label}
                placeholder={t("wizard.mailboxType")}
                none={t("owners.nobody")}
                withoutMailbox
                onChange={setTyped}
                onTake={add}
              />
            </>
          ) : (
            <div>
              <Button icon={<OwnerIcon />} onClick={() => setAdding(true)}>
                {t("owners.add")}
              </Button>
            </div>
          )}
        </div>
      </Panel>
    </Section>
  );
}
