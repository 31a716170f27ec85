import { BackendError } from "../Backend";
import { NO_SUCH_THING } from "./failures";

/** The thing, or the failure that says that it is not here. */
export function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new BackendError(NO_SUCH_THING);
  return thing;
}
