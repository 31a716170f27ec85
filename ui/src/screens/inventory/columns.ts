import type { InventorySort } from "../../contract/types";

/** A column that can be left out. */
export type ColumnId = "health" | "owners" | "lastSignIn" | "kind" | "audience" | "created" | "credentials";

/** A column of the inventory: how wide, and whether rows can be ordered by it. */
export interface Column {
  id: ColumnId;
  width: string;
  sort: InventorySort | null;
}

/** In the order in which they stand. */
export const COLUMNS: readonly Column[] = [
  { id: "health", width: "112px", sort: "health" },
  { id: "owners", width: "80px", sort: null },
  { id: "lastSignIn", width: "128px", sort: "lastSignIn" },
  { id: "kind", width: "136px", sort: null },
  { id: "audience", width: "136px", sort: null },
  { id: "credentials", width: "72px", sort: null },
  { id: "created", width: "112px", sort: "created" },
];

const USUAL: ColumnId[] = ["health", "owners", "lastSignIn"];
const PLACE = "gatehouse.inventory.columns";

/** The columns that this person chose on this computer. */
export function chosenColumns(): ColumnId[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? "null");
    if (!Array.isArray(kept)) return USUAL;
    return COLUMNS.map(({ id }) => id).filter((id) => kept.includes(id));
  } catch {
    return USUAL;
  }
}

/** Keeps the choice. */
export function keepColumns(columns: ColumnId[]): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(columns));
  } catch {
    // The choice then lasts as long as the window.
  }
}
