import { Button, Input, makeStyles, ToggleButton } from "@fluentui/react-components";
import { useState } from "react";
import { t } from "../../words";
import { tidyDays } from "./order";

const useStyles = makeStyles({
  root: {
    border: "none",
    margin: 0,
    padding: 0,
    minInlineSize: 0,
    display: "flex",
    flexDirection: "column",
    gap: "8px",
  },
  legend: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  chips: { display: "flex", flexWrap: "wrap", gap: "8px" },
  add: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center" },
  number: { width: "96px" },
});

const USUAL = [90, 60, 30, 14, 7, 3, 1, 0];

/** Days before an end, as chips that are switched on and off; others can be added. */
export function Days(props: { days: number[]; label: string; onChange: (days: number[]) => void }) {
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const { days, onChange } = props;
  const more = Number(typed);
  const usable = typed.trim() !== "" && tidyDays([more]).length > 0;
  const add = () => {
    if (!usable) return;
    onChange(tidyDays([...days, more]));
    setTyped("");
  };
  return (
    <fieldset className={styles.root}>
      <legend className={styles.legend}>{props.label}</legend>
      <div className={styles.chips}>
        {tidyDays([...USUAL, ...days]).map((each) => (
          <ToggleButton
            key={each}
            shape="circular"
            size="small"
            checked={days.includes(each)}
            onClick={() =>
              onChange(tidyDays(days.includes(each) ? days.filter((day) => day !== each) : [...days, each]))
            }
          >
            {t("reminders.days", { days: each })}
          </ToggleButton>
        ))}
      </div>
      <div className={styles.add}>
        <Input
          className={styles.number}
          type="number"
          size="small"
          min={0}
          max={730}
          aria-label={`${t("reminders.addDays")}, ${props.label}`}
          placeholder="45"
          value={typed}
          onChange={(_, { value }) => setTyped(value)}
          onKeyDown={({ key }) => key === "Enter" && add()}
        />
        <Button size="small" disabledFocusable={!usable} onClick={add}>
          {t("reminders.add")}
        </Button>
      </div>
    </fieldset>
  );
}
