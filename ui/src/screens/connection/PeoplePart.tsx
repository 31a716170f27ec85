import { Section } from "../../components/Section";
import { PeoplePart as PeopleOf } from "../people/PeoplePart";
import { invitedApps } from "../personal/invitation/invitationTo";
import type { PartProps } from "./part";

/** Who has let the product's apps act for them; under the app's name where there are several. */
export function PeoplePart({ connection }: PartProps) {
  const apps = invitedApps(connection);
  const [only, ...others] = apps;
  if (only !== undefined && others.length === 0) return <PeopleOf appId={only.clientId} invited={only} />;
  return apps.map((app) => (
    <Section key={app.clientId} title={app.product}>
      <PeopleOf appId={app.clientId} invited={app} />
    </Section>
  ));
}
