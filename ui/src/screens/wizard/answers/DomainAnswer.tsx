import { Checkbox, Radio, RadioGroup } from "@fluentui/react-components";
import { useEffect } from "react";
import { useAnswer } from "../../../backend/queries";
import { ErrorNote } from "../../../components/ErrorNote";
import { RadioWords } from "../../../components/RadioWords";
import { Waiting } from "../../../components/Waiting";
import type { DomainView } from "../../../contract/types";
import { t } from "../../../words";
import { split, toggle } from "../severalAnswers";
import type { AnswerProps } from "./Answer";
import { Group } from "./Group";
import { TextAnswer } from "./TextAnswer";

/** One or several of the organisation's verified domains; its default domain is chosen already. */
export function DomainAnswer(props: AnswerProps) {
  const { answer, input, labelledBy, onChange } = props;
  const domains = useAnswer("domains", null);
  const verified = domains.data?.filter((domain) => domain.isVerified) ?? [];
  const first = (verified.find((domain) => domain.isDefault) ?? verified[0])?.name;
  useEffect(() => {
    if (answer === undefined && first !== undefined) onChange(first);
  }, [answer, first, onChange]);
  if (domains.isPending) return <Waiting words={t("wizard.domainsLooking")} />;
  if (domains.error) {
    return (
      <>
        <ErrorNote error={domains.error} actions={{ tryAgain: () => void domains.refetch() }} />
        <TextAnswer {...props} />
      </>
    );
  }
  const chosen = split(answer ?? "");
  if (!input.multiple) {
    return (
      <RadioGroup
        aria-labelledby={labelledBy}
        value={chosen[0] ?? ""}
        onChange={(_, { value }) => onChange(value)}
      >
        {verified.map((domain) => (
          <Radio key={domain.name} value={domain.name} label={<Words domain={domain} />} />
        ))}
      </RadioGroup>
    );
  }
  return (
    <Group labelledBy={labelledBy}>
      {verified.map((domain) => (
        <div key={domain.name}>
          <Checkbox
            checked={chosen.includes(domain.name)}
            label={<Words domain={domain} />}
            onChange={(_, { checked }) => onChange(toggle(answer ?? "", domain.name, checked === true))}
          />
        </div>
      ))}
    </Group>
  );
}

function Words({ domain }: { domain: DomainView }) {
  const notes = [
    domain.isDefault && t("wizard.domainDefault"),
    domain.isInitial && t("wizard.domainInitial"),
  ].filter((note) => note !== false);
  return notes.length > 0 ? <RadioWords title={domain.name} hint={notes.join(", ")} /> : domain.name;
}
