import type { ReminderView } from "../../contract/types";

/** Where a reminder stands in the list. */
export type Group = "now" | "next" | "past";

/** Due and missed ones need the person; what was told stays there until it is taken care of. */
export function groupOf({ state }: Pick<ReminderView, "state">): Group {
  switch (state.kind) {
    case "due":
    case "missed":
    case "sent":
      return "now";
    case "snoozed":
    case "ahead":
      return "next";
    case "done":
      return "past";
  }
}

/** Days before the end as they are kept: each once, the earliest warning first, within reason. */
export function tidyDays(days: readonly number[]): number[] {
  return [...new Set(days)]
    .filter((each) => Number.isInteger(each) && each >= 0 && each <= 730)
    .sort((left, right) => right - left);
}
