import type { AppStatus, ConnectionView, Invitation } from "../../../contract/types";
import { actsForPeople } from "../../connection/needs";
import { together } from "../connect/answers";
import { featureOf } from "../yourWords";

/** An app that people can be invited to. */
export interface InvitedApp {
  clientId: string;
  /** What people know it as. */
  product: string;
  /** The name of the organisation it was set up in; none stands for that of whoever works here now. */
  organisation: string | null;
  /** Microsoft's names of what it asks people for, as far as known. */
  asks: readonly string[];
}

/** The apps of a set-up that act in the name of people. */
export function invitedApps({ summary, registrations }: ConnectionView): InvitedApp[] {
  const apps = registrations.filter(actsForPeople);
  return apps.map(({ appId, name, permissions }) => ({
    clientId: appId,
    product: apps.length > 1 ? name : summary.connectorName,
    organisation: summary.tenantName,
    asks: permissions
      .filter(({ permission }) => permission.kind === "delegated")
      .map(({ permission }) => permission.value),
  }));
}

/** An invitation for the people of the organisation; its domain stays open where nobody of it is signed in here. */
export function invitationTo(app: InvitedApp, status: AppStatus): Invitation {
  const active = status.accounts.find(({ id }) => id === status.activeAccount);
  const ofIt = (name: string | undefined) => app.organisation === null || name === app.organisation;
  const home = ofIt(active?.tenantName) ? active : status.accounts.find(({ tenantName }) => ofIt(tenantName));
  const features = app.asks.flatMap((value) => featureOf(value) ?? []);
  return {
    cloud: home?.cloud ?? active?.cloud ?? "global",
    clientId: app.clientId,
    accounts: { kind: "organisation", tenant: home?.upn.split("@").at(-1) ?? "" },
    features: together(features, []),
    product: app.product,
    organisation: app.organisation ?? home?.tenantName ?? "",
    greeting: "",
  };
}
