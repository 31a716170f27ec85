import { Radio, RadioGroup } from "@fluentui/react-components";
import { RadioWords } from "../../../components/RadioWords";
import { t } from "../../../words";
import { shortDate } from "../../../words/dates";
import { useNow } from "../../../words/useNow";

/** Usual lives of a secret, in months. */
const USUAL = [6, 12, 24];

/** How long the secret shall live, with the day on which it would end. */
export function Lifetime(props: {
  suggested: number;
  months: number;
  labelledBy: string;
  onChange: (months: number) => void;
}) {
  const now = useNow();
  return (
    <RadioGroup
      aria-labelledby={props.labelledBy}
      value={String(props.months)}
      onChange={(_, { value }) => props.onChange(Number(value))}
    >
      {choices(props.suggested, props.months).map((months) => (
        <Radio
          key={months}
          value={String(months)}
          label={
            <RadioWords
              title={t(months === props.suggested ? "wizard.monthsSuggested" : "wizard.months", { months })}
              hint={t("wizard.ends", { when: shortDate(monthsLater(now, months), now) })}
            />
          }
        />
      ))}
    </RadioGroup>
  );
}

/** The usual lives, the suggested one and the chosen one, each once and in order. */
export function choices(suggested: number, chosen: number): number[] {
  return [...new Set([...USUAL, suggested, chosen])].sort((left, right) => left - right);
}

/** The same day of the month so many months later, or the last day of a shorter month. */
export function monthsLater(from: Date, months: number): Date {
  const day = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const lastOfMonth = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
  day.setUTCDate(Math.min(from.getUTCDate(), lastOfMonth));
  return day;
}
