import { makeStyles, Select } from "@fluentui/react-components";
import { useMemo } from "react";
import { t } from "../../../words";
import type { AnswerProps } from "./Answer";
import { countries } from "./countries";

const useStyles = makeStyles({ root: { width: "100%", maxWidth: "360px" } });

/** A country, by name; typing its first letters finds it. */
export function CountryAnswer({ answer = "", input, labelledBy, onChange }: AnswerProps) {
  const styles = useStyles();
  const all = useMemo(countries, []);
  return (
    <Select
      className={styles.root}
      aria-labelledby={labelledBy}
      value={answer}
      onChange={(_, { value }) => onChange(value)}
    >
      <option value="">{t(input.required ? "wizard.countryChoose" : "wizard.countryNone")}</option>
      {all.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  );
}
