import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useAnswer, useStatus } from "../../../backend/queries";
import { t } from "../../../words";
import { lastPart, replaceLast } from "../severalAnswers";
import type { AnswerProps } from "./Answer";
import { PeopleBox } from "./PeopleBox";

const useStyles = makeStyles({
  hint: { margin: "4px 0 0", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** A mailbox: people are offered by name while one types; any address can be typed. One's own is filled in first. */
export function MailboxAnswer(props: AnswerProps & { accountId: string }) {
  const styles = useStyles();
  const { answer = "", input, labelledBy, onChange } = props;
  const [inside, setInside] = useState(false);
  const own = useOwnMailbox(props, inside);
  const [typing, setTyping] = useState(false);
  const type = (value: string) => {
    setTyping(true);
    onChange(value);
  };
  const take = (address: string) => {
    setTyping(false);
    onChange(input.multiple ? replaceLast(answer, address) : address);
  };
  return (
    <>
      <PeopleBox
        value={answer}
        wanted={input.multiple ? lastPart(answer) : answer.trim()}
        labelledBy={labelledBy}
        placeholder={t("wizard.mailboxType")}
        none={t("wizard.mailboxNone")}
        onInside={setInside}
        onChange={type}
        onTake={(person) => person.mail !== null && take(person.mail)}
      />
      {own !== null && own === answer && !typing && <p className={styles.hint}>{t("wizard.mailboxOwn")}</p>}
    </>
  );
}

/**
 * The signed-in person's own mailbox, filled in while nobody answered. It is looked up, so it may come late: never between
 * the letters of somebody who is about to type.
 */
function useOwnMailbox(
  { answer, accountId, onChange }: AnswerProps & { accountId: string },
  inside: boolean,
): string | null {
  const status = useStatus();
  const me = status.data?.accounts.find((account) => account.id === accountId);
  const search = useAnswer("people_search", me?.upn ?? "", { enabled: me !== undefined, fresh: true });
  const own = search.data?.find((person) => person.upn === me?.upn)?.mail ?? null;
  useEffect(() => {
    if (answer === undefined && own !== null && !inside) onChange(own);
  }, [answer, own, onChange, inside]);
  return own;
}
