import type { Commands } from "../../contract/commands";
import {
  type Backend,
  BackendError,
  type CommandName,
  type EventOf,
  type RequestOf,
  type ResultOf,
} from "../Backend";
import { OFFLINE } from "./failures";
import { handlers } from "./handlers";
import { newWorld } from "./world";

export { fakeClock } from "./world";

/** Sends an event to the window. */
export type Emit<N extends CommandName> = (event: EventOf<N>) => void;

/** Reads that fail in the scenario "broken"; the frame of the window stays up. */
const ALWAYS_WORKS: ReadonlySet<CommandName> = new Set<CommandName>([
  "app_status",
  "app_changes",
  "settings_get",
  "settings_set",
  "space_enter",
  "space_leave",
]);

/**
 * An imitation of the application, in memory: for a plain browser, for pictures and for tests of screens. It has no say in
 * the application itself. `?scenario=` names a situation of `world.ts`; `?latency=` is the time of an answer in
 * milliseconds; `?theme=` the colours.
 */
export function fakeBackend(options: URLSearchParams): Backend {
  const world = newWorld(options.get("scenario") ?? "fresh");
  const latency = Number(options.get("latency") ?? 60);
  const theme = options.get("theme");
  if (theme === "light" || theme === "dark" || theme === "highContrast") world.settings.theme = theme;

  async function answer<N extends CommandName>(
    name: N,
    request: RequestOf<N>,
    emit: Emit<N>,
  ): Promise<ResultOf<N>> {
    await pause(latency);
    if (world.broken && !ALWAYS_WORKS.has(name)) throw new BackendError(OFFLINE);
    const handler = handlers[name] as Handler<N>;
    return structuredClone(await handler(world, request, emit));
  }

  return {
    call: (name, request) => answer(name, request, () => undefined),
    stream: (name, request, onEvent) => answer(name, request, (event) => onEvent(structuredClone(event))),
  };
}

/** How a command is imitated. */
export type Handler<N extends CommandName> = (
  world: ReturnType<typeof newWorld>,
  request: RequestOf<N>,
  emit: Emit<N>,
) => ResultOf<N> | Promise<ResultOf<N>>;

/** Every command has an imitation. */
export type Handlers = { [N in keyof Commands]: Handler<N> };

/** Waits. */
export const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));
