import type { PermissionWords, Risk } from "../../contract/types";

const GRAPH = "00000003-0000-0000-c000-000000000000";

/** A permission of Microsoft Graph that an app has by itself. */
function permission(
  value: string,
  id: string,
  sentence: string,
  risk: Risk,
  riskReason: string,
  why: string,
): PermissionWords {
  return {
    key: `${GRAPH}/${id}/application`,
    value,
    resource: "Microsoft Graph",
    kind: "application",
    sentence,
    risk,
    riskReason,
    why,
    retired: null,
  };
}

/** A permission for a signed-in person. */
export function delegated(
  value: string,
  id: string,
  sentence: string,
  more: Partial<PermissionWords> = {},
): PermissionWords {
  return {
    ...permission(value, id, sentence, "low", "It reaches only what the signed-in person can reach.", ""),
    key: `${GRAPH}/${id}/delegated`,
    kind: "delegated",
    ...more,
  };
}

export const CALENDARS_READ = permission(
  "Calendars.Read",
  "798ee544-9d2d-430c-a058-570e29e34338",
  "Read every calendar in the organisation",
  "high",
  "Appointments often hold confidential details.",
  "Totalview shows who is in a meeting.",
);
export const CALENDARS_WRITE = permission(
  "Calendars.ReadWrite",
  "ef54d2bf-783f-4e0f-bca1-3210c0444d99",
  "Read and change every calendar in the organisation",
  "critical",
  "Appointments could be changed or removed for everyone.",
  "Totalview adds appointments that are made in it.",
);
export const USERS_READ = permission(
  "User.Read.All",
  "df021288-bdef-4463-88db-98f22de89214",
  "Read the profile of every person",
  "medium",
  "Profiles hold names, addresses and telephone numbers.",
  "Totalview matches its own users with the people in the organisation.",
);
export const MAIL_SEND = permission(
  "Mail.Send",
  "b633e1c5-b582-4048-a93e-9f11b44c7e96",
  "Send mail as anyone in the organisation",
  "critical",
  "Somebody could write in anyone’s name.",
  "Totalview sends its messages with this.",
);
export const MAIL_READ = permission(
  "Mail.Read",
  "810c84a8-4a9e-49e6-bf7d-12d183f40d01",
  "Read all mail in the organisation",
  "critical",
  "Every message of every person could be read.",
  "",
);
export const REPORTS_READ = permission(
  "Reports.Read.All",
  "230c1aed-a721-4c5d-9cb4-a90514e508ef",
  "Read usage reports",
  "medium",
  "Reports can show what each person uses, by name.",
  "Certero compares licences with what is really used.",
);
export const DIRECTORY_READ = permission(
  "Directory.Read.All",
  "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
  "Read people, groups and apps of the organisation",
  "high",
  "The whole directory could be copied.",
  "Certero lists who has which licence.",
);
export const CALENDARS_SHARED = delegated(
  "Calendars.ReadWrite.Shared",
  "12466101-c9b8-439a-8589-dd09ee67e8e9",
  "Read and change calendars that the signed-in person may open",
  { risk: "medium", riskReason: "Shared calendars are reached too.", why: "Sense books interviews." },
);
const EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";
export const EWS_DELEGATED = delegated(
  "EWS.AccessAsUser.All",
  "3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5",
  "Use a person’s mailbox through Exchange Web Services",
  {
    key: `${EXCHANGE}/3b5f3d61-589b-4a3c-a359-5dd4b5ee5bd5/delegated`,
    resource: "Office 365 Exchange Online",
    risk: "high",
    riskReason: "It opens the whole mailbox: mail, calendar, contacts and tasks.",
    retired:
      "Microsoft is switching Exchange Web Services off in Exchange Online from October 2026. Microsoft Graph takes its place.",
  },
);
export const EAS_DELEGATED = delegated(
  "EAS.AccessAsUser.All",
  "ff91d191-45a0-43fd-b837-bd682c4a0b0f",
  "Use a person’s mailbox through Exchange ActiveSync",
  {
    key: `${EXCHANGE}/ff91d191-45a0-43fd-b837-bd682c4a0b0f/delegated`,
    resource: "Office 365 Exchange Online",
    risk: "high",
    riskReason: "It opens the whole mailbox: mail, calendar, contacts and tasks.",
  },
);
export const AAD_USER_READ = delegated(
  "User.Read",
  "311a71cc-e848-46a1-bdf8-97ff7156d8e6",
  "Sign in and read one’s own profile",
  {
    key: "00000002-0000-0000-c000-000000000000/311a71cc-e848-46a1-bdf8-97ff7156d8e6/delegated",
    resource: "Azure AD Graph",
    retired: "Azure AD Graph was switched off on 30 June 2025. Microsoft Graph has the same permission.",
  },
);
export const GRAPH_USER_READ = delegated(
  "User.Read",
  "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
  "Sign in and read one’s own profile",
);
export const REPORTS_DELEGATED = delegated(
  "Reports.Read.All",
  "02e97553-ed7b-43d0-ab3c-f8bace0d040c",
  "Read usage reports that the signed-in person may read",
  { risk: "medium", riskReason: "Reports can show what each person uses, by name." },
);
