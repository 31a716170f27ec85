/** What a key means in a grid: where to go, or what to do with the row that one is on. */
export type GridMove =
  | { kind: "go"; to: number; choosing: boolean }
  | { kind: "open" }
  | { kind: "choose" }
  | { kind: "chooseAll" }
  | { kind: "letter"; letter: string };

/** What a key means on row `at` of `count`, of which `page` are in view; null when it is not the grid's business. */
export function gridMove(
  event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">,
  at: number,
  count: number,
  page: number,
): GridMove | null {
  if (event.altKey) return null;
  const control = event.ctrlKey || event.metaKey;
  const go = (to: number): GridMove => ({
    kind: "go",
    to: Math.max(0, Math.min(count - 1, to)),
    choosing: event.shiftKey,
  });
  switch (event.key) {
    case "ArrowDown":
      return go(at + 1);
    case "ArrowUp":
      return go(at - 1);
    case "PageDown":
      return go(at + page);
    case "PageUp":
      return go(at - page);
    case "Home":
      return go(0);
    case "End":
      return go(count - 1);
    case "Enter":
      return control ? null : { kind: "open" };
    case " ":
      return { kind: "choose" };
  }
  if (control) return event.key.toLowerCase() === "a" ? { kind: "chooseAll" } : null;
  return event.key.length > 1 ? null : { kind: "letter", letter: event.key };
}

/**
 * The next row whose name begins with what was typed, from `at` on and then from the top, among those that are known. One letter
 * typed again goes on to the next; several letters stay where they still fit.
 */
export function nextByName(names: ReadonlyMap<number, string>, typed: string, at: number): number | null {
  const wanted = typed.toLocaleLowerCase();
  const from = [...wanted].every((letter) => letter === wanted[0]) ? at + 1 : at;
  const start = from > at ? wanted.slice(0, 1) : wanted;
  let first: number | null = null;
  let next: number | null = null;
  for (const [index, name] of names) {
    if (!name.toLocaleLowerCase().startsWith(start)) continue;
    if (first === null || index < first) first = index;
    if (index >= from && (next === null || index < next)) next = index;
  }
  return next ?? first;
}
