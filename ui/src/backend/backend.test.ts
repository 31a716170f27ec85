import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { BackendError } from "./Backend";
import { OFFLINE } from "./fake/failures";
import { handlers } from "./fake/handlers";
import { tauriBackend } from "./tauri";

/** Imitates the shell's end of the wire, not our own code: what `invoke` hands over, and how it rejects. */
function shell(answer: (name: string, args: Record<string, unknown>) => unknown) {
  let lastCallback = 0;
  Object.assign(window, {
    __TAURI_INTERNALS__: {
      invoke: async (name: string, args: Record<string, unknown>) => answer(name, args),
      transformCallback: () => ++lastCallback,
      unregisterCallback: () => undefined,
    },
  });
}

afterEach(() => {
  Reflect.deleteProperty(window, "__TAURI_INTERNALS__");
});

describe("the application's backend", () => {
  it("sends the request under one name", async () => {
    let seen: unknown;
    shell((name, args) => {
      seen = [name, args];
      return null;
    });
    await tauriBackend.call("draft_discard", "draft-1");
    expect(seen).toEqual(["draft_discard", { request: "draft-1" }]);
  });

  it("sends a channel along with a command that has events", async () => {
    let args: Record<string, unknown> = {};
    shell((_, given) => {
      args = given;
      return null;
    });
    await tauriBackend.stream("app_changes", null, () => undefined);
    expect(Object.keys(args)).toEqual(["request", "events"]);
  });

  it("passes the application's own account of a failure on", async () => {
    shell(() => {
      throw OFFLINE;
    });
    await expect(tauriBackend.call("runs", null)).rejects.toEqual(new BackendError(OFFLINE));
  });

  it("turns whatever else the shell rejects into the same kind of failure", async () => {
    shell(() => {
      throw "runs not allowed. Permissions associated with this command: allow-read";
    });
    const failure = await tauriBackend.call("runs", null).catch((each: unknown) => each);
    expect(failure).toBeInstanceOf(BackendError);
    expect((failure as BackendError).app).toMatchObject({
      code: "internal",
      support: { microsoftText: expect.stringContaining("not allowed") },
    });
  });
});

describe("the imitation", () => {
  it("knows every command of the contract and no other", () => {
    const contract = readFileSync(join(import.meta.dirname, "../contract/commands.ts"), "utf8");
    const names = [...contract.matchAll(/^ {2}(\w+): \{ request/gm)].map(([, name]) => name);
    expect(Object.keys(handlers).sort()).toEqual(names.sort());
  });
});
