import type { SignInEvent } from "../../contract/types";
import { CONSENT_DECLINED } from "./failures";
import type { Handlers } from "./index";
import { pause } from "./index";
import { ANNA } from "./people";
import { fakeClock, type World } from "./world";

let attempts = 0;

async function play(world: World, emit: (event: SignInEvent) => void) {
  await pause(200);
  emit({ kind: "browserOpened" });
  if (world.signInWaits) return;
  await pause(600);
  if (world.signInFails) return emit({ kind: "failed", error: CONSENT_DECLINED });
  emit({ kind: "returned" });
  await pause(200);
  emit({
    kind: "authorized",
    token: {
      id: "token-1",
      appName: "Certero for Microsoft 365",
      person: ANNA.upn,
      scopes: [
        { value: "Directory.Read.All", sentence: "Read people, groups and apps of the organisation" },
        { value: "Reports.Read.All", sentence: "Read usage reports" },
        { value: "offline_access", sentence: null },
      ],
      expiresAt: new Date(fakeClock().getTime() + 3_900_000).toISOString(),
      expiry: "It works for about an hour, until 10:46.",
      cleanedUp: ["The address http://localhost was taken off the registration again."],
    },
  });
}

/** Signing in through an app that was set up. */
export const authorizeHandlers = {
  authorize_start: (world, _, emit) => {
    attempts += 1;
    void play(world, emit);
    return {
      signInId: `authorize-${attempts}`,
      endsAt: new Date(fakeClock().getTime() + 300_000).toISOString(),
      changed: ["The address http://localhost is on the registration while this lasts."],
      runId: null,
    };
  },
  authorize_copy_token: (world) => ({ clearedInSeconds: world.settings.clipboardSeconds }),
} satisfies Partial<Handlers>;
