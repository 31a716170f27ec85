import { Combobox, makeStyles, Option, tokens } from "@fluentui/react-components";
import { useId } from "react";
import { useAnswer } from "../../backend/queries";
import { StateWord } from "../../components/StateWord";
import type { GroupView } from "../../contract/types";
import { t } from "../../words";
import { ENOUGH } from "../wizard/answers/PeopleBox";
import { useSettled } from "../wizard/answers/useSettled";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "4px" },
  box: { width: "100%", minWidth: 0 },
  list: { maxWidth: "calc(100vw - 32px)" },
  group: { display: "flex", flexDirection: "column", overflowWrap: "anywhere", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** A group with an address, by name. Says of the chosen one what to know. */
export function GroupChoice(props: {
  address: string;
  nestedCounts: boolean;
  onChange: (address: string) => void;
}) {
  const styles = useStyles();
  const id = useId();
  const wanted = useSettled(props.address.trim(), 250);
  const enough = wanted.length >= ENOUGH;
  const groups = useAnswer("groups_search", wanted, { enabled: enough, keepPrevious: true, fresh: true });
  const found = enough ? (groups.data ?? []) : [];
  // Those that were found for earlier letters stay to be read, but Tab must not take the first of them.
  const current = wanted === props.address.trim() && !groups.isPlaceholderData;
  const chosen = found.find((group) => group.mail !== null && group.mail === wanted);
  return (
    <div className={styles.root}>
      <label htmlFor={id}>{t("mailboxes.groupLabel")}</label>
      <Combobox
        freeform
        inlinePopup
        id={id}
        className={styles.box}
        listbox={{ className: styles.list }}
        placeholder={t("mailboxes.groupType")}
        autoComplete="off"
        spellCheck={false}
        value={props.address}
        selectedOptions={[]}
        onChange={({ target }) => props.onChange(target.value)}
        onOptionSelect={(_, { optionValue }) => optionValue && props.onChange(optionValue)}
      >
        {found.map((group) => (
          <Option
            key={group.id}
            value={group.mail ?? ""}
            text={group.mail ?? group.name}
            disabled={!current || group.mail === null}
          >
            <span className={styles.group}>
              {group.name}
              <span className={styles.quiet}>
                {group.mail !== null && <span dir="ltr">{group.mail}</span>}
                {group.mail !== null && group.members !== null && " · "}
                {group.members !== null && t("mailboxes.members", { count: group.members })}
              </span>
              {group.note !== null && <span className={styles.quiet}>{group.note}</span>}
            </span>
          </Option>
        ))}
        {found.length === 0 && (
          <Option key="none" value="" text="" disabled>
            {t(
              groups.isFetching
                ? "mailboxes.groupsLooking"
                : enough
                  ? "mailboxes.groupsNone"
                  : "mailboxes.groupType",
            )}
          </Option>
        )}
      </Combobox>
      {chosen && <Chosen group={chosen} nestedCounts={props.nestedCounts} />}
    </div>
  );
}

function Chosen({ group, nestedCounts }: { group: GroupView; nestedCounts: boolean }) {
  const styles = useStyles();
  const nested = group.nested && !nestedCounts;
  return (
    <div role="status">
      <StateWord tone={nested || !group.mailEnabledSecurity ? "warn" : "good"}>
        {nested
          ? t("mailboxes.nested")
          : group.members === null
            ? group.name
            : t("mailboxes.chosen", { name: group.name, count: group.members })}
      </StateWord>
      {group.note !== null && !nested && <p className={styles.quiet}>{group.note}</p>}
    </div>
  );
}
