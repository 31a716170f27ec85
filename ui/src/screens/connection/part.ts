import type { ConnectionView } from "../../contract/types";

/** The parts of a connection's page, in order. */
export const PARTS = [
  "overview",
  "handOver",
  "permissions",
  "people",
  "mailboxes",
  "reports",
  "other",
  "history",
] as const;

/** A part of a connection's page; its name stands in the address. */
export type Part = (typeof PARTS)[number];

/** What every part is given. */
export interface PartProps {
  connection: ConnectionView;
  onPart: (part: Part) => void;
}
