import { Channel, invoke, isTauri } from "@tauri-apps/api/core";
import type { AppError } from "../contract/types";
import { t } from "../words";
import { type Backend, BackendError, type CommandName, type EventOf, type ResultOf } from "./Backend";

/** True in the app's own window. */
export const inTheApp = isTauri;

/** The Rust application. */
export const tauriBackend: Backend = {
  call: (name, request) => ask(name, { request }),
  stream: (name, request, onEvent) => {
    const events = new Channel<EventOf<typeof name>>();
    events.onmessage = onEvent;
    return ask(name, { request, events });
  },
};

async function ask<N extends CommandName>(name: N, args: Record<string, unknown>): Promise<ResultOf<N>> {
  try {
    return await invoke<ResultOf<N>>(name, args);
  } catch (failure) {
    throw new BackendError(isAppError(failure) ? failure : unexpected(String(failure)));
  }
}

function isAppError(failure: unknown): failure is AppError {
  return typeof failure === "object" && failure !== null && "code" in failure && "title" in failure;
}

/** What the shell itself rejected (a command that is not permitted, an argument that does not fit). */
function unexpected(detail: string): AppError {
  return {
    code: "internal",
    title: t("error.internal.title"),
    why: t("error.internal.why"),
    next: t("error.internal.next"),
    action: "copyDetails",
    support: { microsoftCode: null, microsoftText: detail, requestId: null, clientRequestId: null, at: null },
    purpose: null,
    issues: [],
  };
}
