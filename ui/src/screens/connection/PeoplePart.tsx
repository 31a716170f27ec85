import { Section } from "../../components/Section";
import { PeoplePart as PeopleOf } from "../people/PeoplePart";
import { actsForPeople } from "./needs";
import type { PartProps } from "./part";

/** Who has let the product's apps act for them; under the app's name where there are several. */
export function PeoplePart({ connection }: PartProps) {
  const apps = connection.registrations.filter(actsForPeople);
  const [only, ...others] = apps;
  if (only !== undefined && others.length === 0) return <PeopleOf appId={only.appId} />;
  return apps.map(({ key, name, appId }) => (
    <Section key={key} title={name}>
      <PeopleOf appId={appId} />
    </Section>
  ));
}
