import type { RegistrationSummary } from "../../contract/types";

/** How apps are listed. */
export type Order = "name" | "end";

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** Apps by name, or by the day on which the next secret ends; those without a secret come last. */
export function inOrder(apps: RegistrationSummary[], order: Order): RegistrationSummary[] {
  return [...apps].sort((left, right) => {
    const byEnd = order === "end" ? endOf(left).localeCompare(endOf(right)) : 0;
    return byEnd !== 0 ? byEnd : byName.compare(left.name, right.name);
  });
}

const endOf = ({ nextExpiry }: RegistrationSummary) => nextExpiry ?? "9999";
