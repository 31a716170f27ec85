import type { PermissionWords, PersonalFeature } from "../../contract/types";
import { t } from "../../words";

/** Microsoft's name of the permission that each feature needs. */
const FEATURES: Record<string, PersonalFeature> = {
  "Calendars.Read": "calendarRead",
  "Calendars.ReadWrite": "calendarWrite",
  "Mail.Read": "mailRead",
  "Mail.ReadWrite": "mailWrite",
  "Mail.Send": "mailSend",
  "Contacts.Read": "contactsRead",
  "Contacts.ReadWrite": "contactsWrite",
};

/** What a permission of Microsoft Graph is for, where it is for one of the features. */
export const featureOf = (value: string): PersonalFeature | undefined =>
  Object.hasOwn(FEATURES, value) ? FEATURES[value] : undefined;

/**
 * A permission as it is told to the person whose account it opens. The catalogue's own words are for admins, who read them about
 * others. What is not known here keeps those.
 */
export function inYourWords(permission: PermissionWords): PermissionWords {
  const feature = permission.kind === "delegated" ? featureOf(permission.value) : undefined;
  if (feature === undefined) return permission;
  return {
    ...permission,
    sentence: t(`personalFeature.${feature}`),
    riskReason: t(`personalRisk.${feature}`),
  };
}
