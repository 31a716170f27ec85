import { Combobox, makeStyles, Option, tokens } from "@fluentui/react-components";
import { useAnswer } from "../../../backend/queries";
import type { PersonView } from "../../../contract/types";
import { t } from "../../../words";
import { useSettled } from "./useSettled";

const useStyles = makeStyles({
  box: { width: "100%", minWidth: 0 },
  list: { maxWidth: "calc(100vw - 32px)" },
  person: { display: "flex", flexDirection: "column", overflowWrap: "anywhere" },
  address: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** A search begins with this many letters. */
export const ENOUGH = 2;

/** A field in which people are offered by name while one types; anything can be typed. */
export function PeopleBox(props: {
  value: string;
  /** What is looked for: the whole value, or a part of it. */
  wanted: string;
  labelledBy: string;
  placeholder: string;
  /** What is said when nobody is found. */
  none: string;
  /** People without a mailbox can be taken too. */
  withoutMailbox?: boolean;
  /** Somebody comes into the field, or leaves it. */
  onInside?: (inside: boolean) => void;
  onChange: (value: string) => void;
  onTake: (person: PersonView) => void;
}) {
  const styles = useStyles();
  const { withoutMailbox = false } = props;
  const wanted = useSettled(props.wanted, 250);
  const enough = wanted.length >= ENOUGH;
  const people = useAnswer("people_search", wanted, { enabled: enough, keepPrevious: true, fresh: true });
  const found = enough ? (people.data ?? []) : [];
  // Those who were found for earlier letters stay to be read, but Tab must not take the first of them.
  const current = wanted === props.wanted && !people.isPlaceholderData;
  return (
    <Combobox
      freeform
      inlinePopup
      className={styles.box}
      listbox={{ className: styles.list }}
      aria-labelledby={props.labelledBy}
      placeholder={props.placeholder}
      autoComplete="off"
      spellCheck={false}
      value={props.value}
      selectedOptions={[]}
      onFocus={() => props.onInside?.(true)}
      onBlur={() => props.onInside?.(false)}
      onChange={({ target }) => props.onChange(target.value)}
      onOptionSelect={(_, { optionValue }) => {
        const person = found.find((each) => each.id === optionValue);
        if (person !== undefined) props.onTake(person);
      }}
    >
      {found.map((person) => (
        <Option
          key={person.id}
          value={person.id}
          text={person.mail ?? person.upn}
          disabled={!current || (person.mail === null && !withoutMailbox)}
        >
          <span className={styles.person}>
            {person.name}
            <span className={styles.address} dir="ltr">
              {person.mail ?? `${person.upn} · ${t("wizard.noMailbox")}`}
            </span>
          </span>
        </Option>
      ))}
      {found.length === 0 && (
        <Option key="none" value="" text="" disabled>
          {people.isFetching ? t("wizard.mailboxLooking") : enough ? props.none : t("wizard.mailboxType")}
        </Option>
      )}
    </Combobox>
  );
}
