import type { Backend } from "../Backend";

/** An imitation of the application, in memory. */
export function fakeBackend(_options: URLSearchParams): Backend {
  throw new Error("to be written");
}
