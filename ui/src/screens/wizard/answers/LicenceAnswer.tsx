import { Radio, RadioGroup } from "@fluentui/react-components";
import { useAnswer } from "../../../backend/queries";
import { EmptyState } from "../../../components/EmptyState";
import { ErrorNote } from "../../../components/ErrorNote";
import { RadioWords } from "../../../components/RadioWords";
import { Waiting } from "../../../components/Waiting";
import type { LicenceView } from "../../../contract/types";
import { t } from "../../../words";
import type { AnswerProps } from "./Answer";

/** One of the organisation's licences, with the seats that are free; or none. */
export function LicenceAnswer({ answer = "", input, labelledBy, onChange }: AnswerProps) {
  const licences = useAnswer("licences", null, { fresh: true });
  if (licences.isPending) return <Waiting words={t("wizard.licencesLooking")} />;
  if (licences.error) {
    return <ErrorNote error={licences.error} actions={{ tryAgain: () => void licences.refetch() }} />;
  }
  const useful = [...licences.data].filter((each) => each.mailbox || each.partNumber === answer);
  const none = useful.length === 0 && (
    <EmptyState title={t("wizard.licencesNone")} sentence={t("wizard.licencesNoneHint")} />
  );
  if (none && input.required) return none;
  return (
    <>
      {none}
      <RadioGroup aria-labelledby={labelledBy} value={answer} onChange={(_, { value }) => onChange(value)}>
        {!input.required && (
          <Radio
            value=""
            label={<RadioWords title={t("wizard.licenceNo")} hint={t("wizard.licenceNoHint")} />}
          />
        )}
        {useful.map((licence) => (
          <Radio
            key={licence.partNumber}
            value={licence.partNumber}
            disabled={licence.unavailable !== null}
            label={<RadioWords title={licence.name} hint={seats(licence)} />}
          />
        ))}
      </RadioGroup>
    </>
  );
}

function seats({ free, seats: all, unavailable }: LicenceView): string {
  return unavailable ?? t("wizard.licenceSeats", { free, all });
}
