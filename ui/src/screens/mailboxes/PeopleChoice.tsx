import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { AddIcon, CloseIcon } from "../../components/icons";
import { t } from "../../words";
import { PeopleBox } from "../wizard/answers/PeopleBox";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "8px" },
  add: {
    display: "flex",
    flexWrap: "wrap",
    gap: "8px",
    "& > :first-child": { flexGrow: 1, minWidth: "min(100%, 280px)" },
  },
  list: {
    display: "flex",
    flexDirection: "column",
    gap: "4px",
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  person: {
    display: "flex",
    alignItems: "center",
    justifyContent: "space-between",
    gap: "8px",
    padding: "4px 4px 4px 12px",
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: "anywhere",
  },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Some people, one by one. */
export function PeopleChoice({
  addresses,
  onChange,
}: {
  addresses: string[];
  onChange: (addresses: string[]) => void;
}) {
  const styles = useStyles();
  const id = useId();
  const [typed, setTyped] = useState("");
  const add = (address: string) => {
    const tidy = address.trim();
    setTyped("");
    if (tidy !== "" && !addresses.some((each) => each.toLowerCase() === tidy.toLowerCase()))
      onChange([...addresses, tidy]);
  };
  return (
    <div className={styles.root}>
      <span id={id}>{t("mailboxes.peopleLabel")}</span>
      <div className={styles.add}>
        <div>
          <PeopleBox
            value={typed}
            wanted={typed.trim()}
            labelledBy={id}
            placeholder={t("wizard.mailboxType")}
            none={t("wizard.mailboxNone")}
            onChange={setTyped}
            onTake={(person) => person.mail !== null && add(person.mail)}
          />
        </div>
        <Button icon={<AddIcon />} disabled={!typed.includes("@")} onClick={() => add(typed)}>
          {t("mailboxes.add")}
        </Button>
      </div>
      {addresses.length === 0 ? (
        <p className={styles.quiet}>{t("mailboxes.nobodyYet")}</p>
      ) : (
        <ul className={styles.list} aria-label={t("mailboxes.peopleLabel")}>
          {addresses.map((address) => (
            <li key={address} className={styles.person}>
              <span dir="ltr">{address}</span>
              <Button
                appearance="subtle"
                size="small"
                icon={<CloseIcon />}
                aria-label={t("mailboxes.remove", { address })}
                onClick={() => onChange(addresses.filter((each) => each !== address))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
