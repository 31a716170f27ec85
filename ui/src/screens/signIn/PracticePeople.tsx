import { Radio, RadioGroup } from "@fluentui/react-components";
import { RadioWords } from "../../components/RadioWords";
import { Section } from "../../components/Section";
import type { PracticePerson } from "../../contract/types";
import { t } from "../../words";

/** The pretend people: somebody for each role. */
export function PracticePeople(props: {
  people: PracticePerson[];
  chosen: string | null;
  onChoose: (upn: string) => void;
}) {
  return (
    <Section title={t("signIn.who")} sentence={`${t("signIn.whoHint")} ${t("signIn.noPassword")}`}>
      <RadioGroup
        aria-label={t("signIn.who")}
        value={props.chosen ?? ""}
        onChange={(_, { value }) => props.onChoose(value)}
      >
        {props.people.map((person) => (
          <Radio
            key={person.upn}
            value={person.upn}
            label={<RadioWords title={person.name} hint={`${person.role} · ${person.upn}`} />}
          />
        ))}
      </RadioGroup>
    </Section>
  );
}
