import type { ConnectedRegistration, ConnectionView } from "../../contract/types";

const MAILBOX =
  /^(Mail|Calendars|Contacts|MailboxSettings|MailboxItem|MailboxFolder|Tasks|EWS|full_access_as_app)/;

/** True when a registration asks for something that opens mailboxes by itself. */
export const opensMailboxes = ({ permissions }: Pick<ConnectedRegistration, "permissions">): boolean =>
  permissions.some(({ permission }) => permission.kind === "application" && MAILBOX.test(permission.value));

/** True when a registration acts in the name of people. */
export const actsForPeople = ({ permissions }: Pick<ConnectedRegistration, "permissions">): boolean =>
  permissions.some(({ permission }) => permission.kind === "delegated");

/** True when a connection reads usage reports. */
export const readsReports = ({ registrations }: Pick<ConnectionView, "registrations">): boolean =>
  registrations.some(({ permissions }) =>
    permissions.some(({ permission }) => permission.value.startsWith("Reports.Read")),
  );
