import type { AccountView, SignInEvent, SignInRequest, SignInStarted } from "../../contract/types";
import { CONSENT_DECLINED } from "./failures";
import { pause } from "./index";
import { ANNA, BOOTSTRAP, KARIM, MAJA } from "./people";
import { clientOf, fakeClock, type World } from "./world";

let attempt = 0;
const waiting = new Map<string, (event: SignInEvent) => void>();

/** A browser that answers after a moment, unless the scenario says otherwise. */
export function startSignIn(
  world: World,
  request: SignInRequest,
  emit: (event: SignInEvent) => void,
): SignInStarted {
  attempt += 1;
  const id = `sign-in-${attempt}`;
  waiting.set(id, emit);
  void play(world, request, id, emit);
  return { signInId: id, endsAt: new Date(fakeClock().getTime() + 300_000).toISOString() };
}

/** Ends a sign-in that waits. */
export function cancelSignIn(_: World, id: string): null {
  const emit = waiting.get(id);
  waiting.delete(id);
  emit?.({ kind: "cancelled" });
  return null;
}

async function play(world: World, request: SignInRequest, id: string, emit: (event: SignInEvent) => void) {
  await pause(200);
  emit({ kind: "browserOpened" });
  if (world.signInWaits) return;
  await pause(1_200);
  if (!waiting.delete(id)) return;
  if (world.signInFails) {
    emit({ kind: "failed", error: CONSENT_DECLINED });
    return;
  }
  emit({ kind: "returned" });
  await pause(400);
  const account = whoComesBack(request, world);
  world.status.accounts = [...world.status.accounts.filter((each) => each.id !== account.id), account];
  world.status.activeAccount = account.id;
  if (!account.bootstrap) rememberClient(world, account);
  emit({ kind: "signedIn", account });
}

function rememberClient(world: World, account: AccountView) {
  world.clients = [...world.clients.filter((each) => each.tenantId !== account.tenantId), clientOf(account)];
  world.status.accounts = world.status.accounts.filter((each) => !each.bootstrap);
}

function whoComesBack(request: SignInRequest, world: World): AccountView {
  const person =
    request.client.kind === "bootstrap"
      ? BOOTSTRAP
      : ([ANNA, KARIM, MAJA].find(
          (each) => each.id === request.accountId || each.upn === request.loginHint,
        ) ?? ANNA);
  return { ...person, state: "ready", cloud: world.status.space === "practice" ? "practice" : request.cloud };
}
