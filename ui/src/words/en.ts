import { account } from "./en/account";
import { activity } from "./en/activity";
import { common } from "./en/common";
import { connection } from "./en/connection";
import { connectors } from "./en/connectors";
import { home } from "./en/home";
import { permissions } from "./en/permissions";
import { plan } from "./en/plan";
import { run } from "./en/run";
import { settings } from "./en/settings";
import { shell } from "./en/shell";
import { signIn } from "./en/signIn";
import { vault } from "./en/vault";
import { welcome } from "./en/welcome";
import { wizard } from "./en/wizard";

/**
 * Every word of the window, in English, as ICU messages. One file per room; a key begins with its room's name.
 * Style: what happened, why, what to do. Short, plain, no blame, no "please".
 */
export const en = {
  ...account,
  ...activity,
  ...common,
  ...connection,
  ...connectors,
  ...home,
  ...permissions,
  ...plan,
  ...run,
  ...settings,
  ...shell,
  ...signIn,
  ...vault,
  ...welcome,
  ...wizard,
} as const;
