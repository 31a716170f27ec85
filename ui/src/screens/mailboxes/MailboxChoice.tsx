import { FieldContextProvider, makeStyles, Radio, RadioGroup } from "@fluentui/react-components";
import { RadioWords } from "../../components/RadioWords";
import { StateWord } from "../../components/StateWord";
import type { MailboxAccessChoice } from "../../contract/types";
import { t } from "../../words";
import { GroupChoice } from "./GroupChoice";
import { PeopleChoice } from "./PeopleChoice";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0 },
  inner: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    paddingInlineStart: "36px",
    "@media (max-width: 639px)": { paddingInlineStart: 0 },
  },
  line: { margin: 0 },
});

/** What each kind of choice begins with. */
const EMPTY: Record<MailboxAccessChoice["kind"], MailboxAccessChoice> = {
  everyone: { kind: "everyone" },
  group: { kind: "group", address: "" },
  people: { kind: "people", addresses: [] },
};

/** True when a choice says whom; a group by its address. */
export const isWhole = (choice: MailboxAccessChoice): boolean =>
  choice.kind === "everyone" ||
  (choice.kind === "group" ? choice.address.includes("@") : choice.addresses.length > 0);

/** Everybody, a group, or some people; with the search that fits. */
export function MailboxChoice(props: {
  choice: MailboxAccessChoice;
  /** A limit should be chosen. */
  recommended: boolean;
  groupNote: string;
  /** Groups inside the group count. */
  nestedCounts: boolean;
  labelledBy: string;
  onChange: (choice: MailboxAccessChoice) => void;
}) {
  const styles = useStyles();
  const { choice, onChange } = props;
  return (
    <div className={styles.root}>
      <RadioGroup
        aria-labelledby={props.labelledBy}
        value={choice.kind}
        onChange={(_, { value }) => onChange(EMPTY[value as MailboxAccessChoice["kind"]])}
      >
        <Radio
          value="group"
          label={
            <RadioWords
              title={t(props.recommended ? "mailboxes.groupRecommended" : "mailboxes.group")}
              hint={t("mailboxes.groupHint")}
            />
          }
        />
        <Radio
          value="people"
          label={<RadioWords title={t("mailboxes.people")} hint={t("mailboxes.peopleHint")} />}
        />
        <Radio
          value="everyone"
          label={<RadioWords title={t("mailboxes.everyone")} hint={t("mailboxes.everyoneHint")} />}
        />
      </RadioGroup>
      <FieldContextProvider value={undefined}>
        <div className={styles.inner}>
          {choice.kind === "group" && (
            <>
              <GroupChoice
                address={choice.address}
                nestedCounts={props.nestedCounts}
                onChange={(address) => onChange({ kind: "group", address })}
              />
              {props.groupNote !== "" && <p className={styles.line}>{props.groupNote}</p>}
            </>
          )}
          {choice.kind === "people" && (
            <PeopleChoice
              addresses={choice.addresses}
              onChange={(addresses) => onChange({ kind: "people", addresses })}
            />
          )}
          {choice.kind === "everyone" && props.recommended && (
            <StateWord tone="warn">{t("mailboxes.everyoneWarning")}</StateWord>
          )}
        </div>
      </FieldContextProvider>
    </div>
  );
}
