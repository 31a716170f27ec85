import { Combobox, makeStyles, Option, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useAnswer, useStatus } from "../../../backend/queries";
import type { PersonView } from "../../../contract/types";
import { t } from "../../../words";
import { lastPart, replaceLast } from "../severalAnswers";
import type { AnswerProps } from "./Answer";
import { useSettled } from "./useSettled";

const useStyles = makeStyles({
  box: { width: "100%", minWidth: 0 },
  list: { maxWidth: "calc(100vw - 32px)" },
  person: { display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  address: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  hint: { margin: "4px 0 0", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** A search begins with this many letters. */
const ENOUGH = 2;

/** A mailbox: people are offered by name while one types; any address can be typed. One's own is filled in first. */
export function MailboxAnswer(props: AnswerProps & { accountId: string }) {
  const styles = useStyles();
  const { answer = "", input, labelledBy, onChange } = props;
  const own = useOwnMailbox(props);
  const [typing, setTyping] = useState(false);
  const part = input.multiple ? lastPart(answer) : answer.trim();
  const wanted = useSettled(part, 250);
  const enough = wanted.length >= ENOUGH;
  const people = useAnswer("people_search", wanted, { enabled: enough, keepPrevious: true, fresh: true });
  const found = enough ? (people.data ?? []) : [];
  const take = (address: string) => {
    setTyping(false);
    onChange(input.multiple ? replaceLast(answer, address) : address);
  };
  return (
    <>
      <Combobox
        freeform
        inlinePopup
        className={styles.box}
        listbox={{ className: styles.list }}
        aria-labelledby={labelledBy}
        placeholder={t("wizard.mailboxType")}
        autoComplete="off"
        spellCheck={false}
        value={answer}
        selectedOptions={[]}
        onChange={({ target }) => {
          setTyping(true);
          onChange(target.value);
        }}
        onOptionSelect={(_, { optionValue }) => {
          if (optionValue) take(optionValue);
        }}
      >
        {found.map((person) => (
          <Person key={person.id} person={person} />
        ))}
        {found.length === 0 && (
          <Option key="none" value="" text="" disabled>
            {t(
              people.isFetching
                ? "wizard.mailboxLooking"
                : enough
                  ? "wizard.mailboxNone"
                  : "wizard.mailboxType",
            )}
          </Option>
        )}
      </Combobox>
      {own !== null && own === answer && !typing && <p className={styles.hint}>{t("wizard.mailboxOwn")}</p>}
    </>
  );
}

function Person({ person }: { person: PersonView }) {
  const styles = useStyles();
  return (
    <Option value={person.mail ?? ""} text={person.mail ?? person.upn} disabled={person.mail === null}>
      <span className={styles.person}>
        {person.name}
        <span className={styles.address} dir="ltr">
          {person.mail ?? `${person.upn} · ${t("wizard.noMailbox")}`}
        </span>
      </span>
    </Option>
  );
}

/** The signed-in person's own mailbox, filled in while nobody answered. */
function useOwnMailbox({ answer, accountId, onChange }: AnswerProps & { accountId: string }): string | null {
  const status = useStatus();
  const me = status.data?.accounts.find((account) => account.id === accountId);
  const search = useAnswer("people_search", me?.upn ?? "", { enabled: me !== undefined, fresh: true });
  const own = search.data?.find((person) => person.upn === me?.upn)?.mail ?? null;
  useEffect(() => {
    if (answer === undefined && own !== null) onChange(own);
  }, [answer, own, onChange]);
  return own;
}
