import type { GroupView, LicenceView, PersonView } from "../../contract/types";
import type { Handlers } from "./index";
import { ANNA, LONG } from "./people";
import { MAIL_READ, MAIL_SEND } from "./permissionWords";

const PEOPLE: PersonView[] = [
  "Anna Berg",
  "Karim Haddad",
  "Maja Lind",
  "Switchboard",
  "Jonas Dahl",
  "Priya Nair",
].map((name, index) => {
  const address = `${name.toLowerCase().replace(" ", ".")}@fjordvik.example`;
  return { id: `person-${index}`, name, mail: name === "Priya Nair" ? null : address, upn: address };
});

const group = (name: string, mail: string | null, more: Partial<GroupView> = {}): GroupView => ({
  id: `group-${name}`,
  name,
  mail,
  mailEnabledSecurity: mail !== null,
  nested: false,
  members: 14,
  note: null,
  ...more,
});

const GROUPS: GroupView[] = [
  group("Totalview people", "totalview-people@fjordvik.example"),
  group("Sales, all countries", "sales@fjordvik.example", {
    nested: true,
    members: 5,
    note: "Groups are among its members. People inside those do not count.",
  }),
  group("Everyone on the third floor", null, {
    members: 61,
    note: "It has no address, so a limit cannot hang on it.",
  }),
  group(
    `${LONG.tenantName} in Linz and Passau`,
    "donaudampfschifffahrtselektrizitaetenhauptbetriebswerk@fjordvik.example",
    {
      members: null,
    },
  ),
];

const licence = (partNumber: string, name: string, seats: number, free: number): LicenceView => ({
  skuId: `sku-${partNumber}`,
  partNumber,
  name,
  seats,
  free,
  mailbox: partNumber !== "POWER_BI_STANDARD",
  unavailable:
    free === 0 ? "All seats are taken. Buy one more, or take one back from somebody who left." : null,
});

/** Commands about the organisation itself. */
export const organisationHandlers = {
  domains: () => [
    { name: "fjordvik.example", isDefault: true, isInitial: false, isVerified: true },
    { name: "fjordvik.onmicrosoft.com", isDefault: false, isInitial: true, isVerified: true },
    { name: "fjordvik-shop.example", isDefault: false, isInitial: false, isVerified: false },
  ],
  people_search: (world, part) =>
    (world.bare ? [] : PEOPLE)
      .filter((person) => `${person.name} ${person.upn}`.toLowerCase().includes(part.toLowerCase()))
      .slice(0, 8),
  groups_search: (world, part) =>
    (world.bare ? [] : GROUPS).filter((each) =>
      `${each.name} ${each.mail}`.toLowerCase().includes(part.toLowerCase()),
    ),
  licences: (world) =>
    world.bare
      ? []
      : [
          licence("O365_BUSINESS_ESSENTIALS", "Microsoft 365 Business Basic", 50, 7),
          licence("EXCHANGESTANDARD", "Exchange Online (Plan 1)", 10, 1),
          licence("SPB", "Microsoft 365 Business Premium", 120, 0),
          licence("POWER_BI_STANDARD", "Power BI (free)", 1_000_000, 999_874),
        ],
  report_settings: () => ({
    namesShown: { kind: "no" },
    sentence: "Usage reports show codes instead of names.",
    consequences: [
      "Everybody who may read usage reports sees who uses what, by name. This is true for all reports, in the admin center too.",
      "Some countries ask you to tell people, or a works council, before you do this.",
      "It can be switched back at any time. Reports that were read meanwhile stay where they are.",
    ],
    problems: [],
  }),
  grant_request_open: (world, text) => ({
    tenantId: ANNA.tenantId,
    tenantName: text.includes("elsewhere") ? "Harbour Logistics" : ANNA.tenantName,
    requestedBy: "Karim Haddad (karim.haddad@fjordvik.example)",
    thisOrganisation: !text.includes("elsewhere") && world.status.activeAccount !== null,
    apps: [
      {
        appId: "5f2b8c1e-7a4d-4b0e-9c38-2d61f0a79a41",
        name: "Totalview E-Mail Sending",
        permissions: [MAIL_SEND, MAIL_READ],
      },
    ],
  }),
} satisfies Partial<Handlers>;
