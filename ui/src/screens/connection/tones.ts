import type { Tone } from "../../components/StateWord";
import type { ConnectionState } from "../../contract/types";

/** How a connection's state looks. */
export const CONNECTION_TONES: Record<ConnectionState, Tone> = {
  works: "good",
  notProved: "info",
  waitingForOther: "wait",
  broken: "bad",
};
