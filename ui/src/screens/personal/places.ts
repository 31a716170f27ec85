/** The places inside My account. What follows the first part is an id, or nothing. */
export type Place =
  | "signed-in"
  | "connect"
  | "connection"
  | "done"
  | "change"
  | "approval"
  | "invitation"
  | "invite";

/** The way to a place inside My account, as the router takes it. */
export const placed = (place: Place, id?: string) =>
  ({ to: "/account/$place/{-$id}", params: { place, id } }) as const;
