import { makeStyles, tokens } from "@fluentui/react-components";
import { useAnswer } from "../../../backend/queries";
import { StateWord } from "../../../components/StateWord";
import { t } from "../../../words";
import type { AnswerProps } from "./Answer";
import { PeopleBox } from "./PeopleBox";
import { useSettled } from "./useSettled";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px" },
  said: {
    padding: "12px 16px",
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground2,
    "@media (forced-colors: active)": { border: "1px solid" },
  },
  line: { margin: "4px 0 0" },
});

/** An account that the product signs in with: somebody who is there, or a new one. Says at once which it will be. */
export function ServiceAccountAnswer({ answer = "", labelledBy, onChange }: AnswerProps) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <PeopleBox
        value={answer}
        wanted={answer.trim()}
        labelledBy={labelledBy}
        placeholder={t("wizard.accountType")}
        none={t("wizard.accountNone")}
        onChange={onChange}
        onTake={(person) => onChange(person.upn)}
        withoutMailbox
      />
      <WhatWillBe address={answer.trim()} />
    </div>
  );
}

/** Whether the address belongs to somebody; known once it is whole. */
function WhatWillBe({ address }: { address: string }) {
  const styles = useStyles();
  const settled = useSettled(address.toLowerCase(), 400);
  const whole = /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(settled);
  const people = useAnswer("people_search", settled, { enabled: whole, fresh: true });
  const domains = useAnswer("domains", null, { enabled: whole });
  if (!whole || people.data === undefined) return null;
  const person = people.data.find(
    (each) => each.upn.toLowerCase() === settled || each.mail?.toLowerCase() === settled,
  );
  const domain = settled.slice(settled.lastIndexOf("@") + 1);
  const ours =
    domains.data === undefined || domains.data.some((each) => each.isVerified && each.name === domain);
  return (
    <div className={styles.said} role="status">
      {person !== undefined ? (
        <>
          <StateWord tone={person.mail === null ? "warn" : "good"}>
            {t("wizard.accountExists", { name: person.name })}
          </StateWord>
          <p className={styles.line}>
            {t(person.mail === null ? "wizard.accountNoMailbox" : "wizard.accountExistsHint")}
          </p>
        </>
      ) : ours ? (
        <>
          <StateWord tone="info">{t("wizard.accountNew")}</StateWord>
          <p className={styles.line}>{t("wizard.accountNewHint")}</p>
        </>
      ) : (
        <>
          <StateWord tone="warn">{t("wizard.accountForeign", { domain })}</StateWord>
          <p className={styles.line}>{t("wizard.accountForeignHint")}</p>
        </>
      )}
    </div>
  );
}
