import { Radio, RadioGroup } from "@fluentui/react-components";
import { useEffect } from "react";
import type { ChoiceOption } from "../../../contract/types";
import type { AnswerProps } from "./Answer";

/** One of a few answers; the first is chosen unless the connector says otherwise. */
export function ChoiceAnswer({
  answer,
  input,
  labelledBy,
  options,
  onChange,
}: AnswerProps & { options: ChoiceOption[] }) {
  const first = input.default ?? options[0]?.value;
  useEffect(() => {
    if (answer === undefined && first !== undefined) onChange(first);
  }, [answer, first, onChange]);
  return (
    <RadioGroup
      aria-labelledby={labelledBy}
      value={answer ?? first ?? ""}
      onChange={(_, { value }) => onChange(value)}
    >
      {options.map((option) => (
        <Radio key={option.value} value={option.value} label={option.label} />
      ))}
    </RadioGroup>
  );
}
