import { account } from "./en/account";
import { app } from "./en/app";
import { approval } from "./en/approval";
import { attention } from "./en/attention";
import { connected } from "./en/connected";
import { connection } from "./en/connection";
import { connectors } from "./en/connectors";
import { inventory } from "./en/inventory";
import { invitation } from "./en/invitation";
import { mailboxes } from "./en/mailboxes";
import { notes } from "./en/notes";
import { ownConnector } from "./en/ownConnector";
import { permissions } from "./en/permissions";
import { personal } from "./en/personal";
import { personalConnect } from "./en/personalConnect";
import { plan } from "./en/plan";
import { reminders } from "./en/reminders";
import { rotation } from "./en/rotation";
import { run } from "./en/run";
import { settings } from "./en/settings";
import { signIn } from "./en/signIn";
import { stuck } from "./en/stuck";
import { timeline } from "./en/timeline";
import { vault } from "./en/vault";
import { wizard } from "./en/wizard";

/** What all other rooms say: loaded with the first of them. */
export const rest = {
  ...account,
  ...app,
  ...approval,
  ...attention,
  ...connected,
  ...connection,
  ...connectors,
  ...inventory,
  ...invitation,
  ...mailboxes,
  ...notes,
  ...ownConnector,
  ...permissions,
  ...personal,
  ...personalConnect,
  ...plan,
  ...reminders,
  ...rotation,
  ...run,
  ...settings,
  ...signIn,
  ...stuck,
  ...timeline,
  ...vault,
  ...wizard,
} as const;
