import { account } from "./en/account";
import { app } from "./en/app";
import { attention } from "./en/attention";
import { connection } from "./en/connection";
import { connectors } from "./en/connectors";
import { inventory } from "./en/inventory";
import { mailboxes } from "./en/mailboxes";
import { ownConnector } from "./en/ownConnector";
import { permissions } from "./en/permissions";
import { plan } from "./en/plan";
import { reminders } from "./en/reminders";
import { rotation } from "./en/rotation";
import { run } from "./en/run";
import { settings } from "./en/settings";
import { signIn } from "./en/signIn";
import { timeline } from "./en/timeline";
import { vault } from "./en/vault";
import { wizard } from "./en/wizard";

/** What all other rooms say: loaded with the first of them. */
export const rest = {
  ...account,
  ...app,
  ...attention,
  ...connection,
  ...connectors,
  ...inventory,
  ...mailboxes,
  ...ownConnector,
  ...permissions,
  ...plan,
  ...reminders,
  ...rotation,
  ...run,
  ...settings,
  ...signIn,
  ...timeline,
  ...vault,
  ...wizard,
} as const;
