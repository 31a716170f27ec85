import type { PermissionWords, PersonalFeature } from "../../contract/types";
import { delegated } from "./permissionWords";

/** The least permission for each feature, as Microsoft names it. */
const PERMISSIONS: Record<PersonalFeature, PermissionWords> = {
  calendarRead: delegated(
    "Calendars.Read",
    "465a38f9-76ea-45b9-9f34-9e8b0d4b0b42",
    "Read the calendar of the person who signed in.",
    {
      why: "It shows when you are busy.",
    },
  ),
  calendarWrite: delegated(
    "Calendars.ReadWrite",
    "1ec239c2-d7c9-4623-a91a-a9775856bb36",
    "Read and change the calendar of the person who signed in.",
    { risk: "medium", riskReason: "Your events could be changed or deleted.", why: "It books meetings." },
  ),
  mailRead: delegated(
    "Mail.Read",
    "570282fd-fa5c-430d-a7fd-fc8dc98a9dca",
    "Read the mail of the person who signed in.",
    {
      risk: "medium",
      riskReason: "Mail often holds private things.",
    },
  ),
  mailWrite: delegated(
    "Mail.ReadWrite",
    "024d486e-b451-40bb-833d-3e66d98c5c73",
    "Read and change the mail of the person who signed in.",
    {
      risk: "high",
      riskReason: "Your mail could be changed or deleted.",
    },
  ),
  mailSend: delegated(
    "Mail.Send",
    "e383f46e-2787-4529-855e-0e479a3ffac0",
    "Send mail as the person who signed in.",
    {
      risk: "medium",
      riskReason: "People would think that the mail is from you.",
    },
  ),
  contactsRead: delegated(
    "Contacts.Read",
    "ff74d97f-43af-4b68-9f2a-b77ee6968c5d",
    "Read the contacts of the person who signed in.",
  ),
  contactsWrite: delegated(
    "Contacts.ReadWrite",
    "d56682ec-c09e-4743-aaf4-1a3aac4caa21",
    "Read and change the contacts of the person who signed in.",
    { risk: "medium", riskReason: "Your contacts could be changed or deleted." },
  ),
};

/** A feature's permission, in words. */
export const permissionOf = (feature: PersonalFeature): PermissionWords => PERMISSIONS[feature];
