import type { AccountView, PracticeView, RoleView } from "../../contract/types";

const role = (name: string, templateId: string): RoleView => ({ name, templateId });

export const GLOBAL_ADMIN = role("Global Administrator", "62e90394-69f5-4237-9190-012177145e10");
export const CLOUD_APP_ADMIN = role(
  "Cloud Application Administrator",
  "158c047a-c907-4556-b7ef-446551a6b5f7",
);

const TENANT = "8f4f2a52-0c1d-4e0b-9d6a-6b1f3a7d9e21";
const CLIENT = "3d1f6a0e-52b7-4a39-8e43-0f0c2b7a9d55";

/** The person who may do everything. */
export const ANNA: AccountView = {
  id: "account-anna",
  cloud: "practice",
  tenantId: TENANT,
  tenantName: "Fjordvik Foods",
  name: "Anna Berg",
  upn: "anna.berg@fjordvik.example",
  clientId: CLIENT,
  bootstrap: false,
  roles: [GLOBAL_ADMIN],
  state: "ready",
  signedInAt: "2026-11-20T08:12:00Z",
};

/** The person who may do most, but not grant what an app does by itself. */
export const KARIM: AccountView = {
  ...ANNA,
  id: "account-karim",
  name: "Karim Haddad",
  upn: "karim.haddad@fjordvik.example",
  roles: [CLOUD_APP_ADMIN],
};

/** A person without any role. */
export const MAJA: AccountView = {
  ...ANNA,
  id: "account-maja",
  name: "Maja Lind",
  upn: "maja.lind@fjordvik.example",
  roles: [],
  state: "needsSignIn",
  signedInAt: "2026-10-02T08:12:00Z",
};

/** Names as long as they come. */
export const LONG: AccountView = {
  ...ANNA,
  id: "account-long",
  tenantName: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft Linz",
  name: "Maximiliane-Theodora von und zu Hohenstein-Wittgenstein-Berleburg",
  upn: "maximiliane-theodora.hohenstein-wittgenstein-berleburg@donaudampfschifffahrt.example",
  roles: [CLOUD_APP_ADMIN, role("Privileged Authentication Administrator", "7be44c8a"), GLOBAL_ADMIN],
};

/** The same person through Microsoft's own client, before the organisation has its own registration. */
export const BOOTSTRAP: AccountView = {
  ...ANNA,
  id: "account-bootstrap",
  clientId: "14d82eec-204b-4c2f-b7e8-296a70dab67e",
  bootstrap: true,
};

/** The pretend organisation. */
export const PRACTICE: PracticeView = {
  organisation: "Fjordvik Foods",
  address: "http://127.0.0.1:49200",
  people: [
    { name: "Anna Berg", upn: ANNA.upn, role: "Global Administrator" },
    { name: "Karim Haddad", upn: KARIM.upn, role: "Cloud Application Administrator" },
    { name: "Maja Lind", upn: MAJA.upn, role: "No admin role" },
  ],
  product: { name: "Skylark Planner", clientId: "3d1f6a0e-52b7-4a39-8e43-0f0c2b7a9d55" },
};
