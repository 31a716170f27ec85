import {
  keepPreviousData,
  type QueryClient,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Backend, BackendError } from "../../backend/Backend";
import { keyOf } from "../../backend/queries";
import { useBackend } from "../../backend/useBackend";
import type { AppRow, InventoryPage } from "../../contract/types";
import type { View } from "./view";

/** Rows that are asked for at once. */
export const WINDOW = 200;
/** What nobody looks at any more is forgotten after this time; scrolling through 50,000 rows leaves little behind. */
const FORGET_MS = 30_000;

const windowQuery = (backend: Backend, view: View, offset: number, limit = WINDOW) => {
  const request = { ...view, offset, limit };
  return {
    queryKey: keyOf("inventory_rows", request),
    queryFn: () => backend.call("inventory_rows", request),
    gcTime: FORGET_MS,
  };
};

/** The first window of a view: it also says how many rows there are. */
export function useHead(view: View) {
  const backend = useBackend();
  const head = useQuery<InventoryPage, BackendError>({
    ...windowQuery(backend, view, 0),
    placeholderData: keepPreviousData,
  });
  // Until the new view has its answer, the rows of the old one stay.
  const [settled, setSettled] = useState(view);
  if (!head.isPlaceholderData && head.data !== undefined && settled !== view) setSettled(view);
  return { ...head, shown: head.isPlaceholderData ? settled : view };
}

/** The rows from `first` to `last`, as far as they are here; the others come by themselves. */
export function useWindow(view: View, first: number, last: number): (index: number) => AppRow | undefined {
  const backend = useBackend();
  const offsets = windowsOf(first, last);
  const answers = useQueries({ queries: offsets.map((offset) => windowQuery(backend, view, offset)) });
  return (index) => {
    const place = offsets.indexOf(index - (index % WINDOW));
    return answers[place]?.data?.rows[index % WINDOW];
  };
}

/** Where the windows begin that hold these rows. */
export function windowsOf(first: number, last: number): number[] {
  const offsets = [];
  for (let offset = first - (first % WINDOW); offset <= last; offset += WINDOW) offsets.push(offset);
  return offsets;
}

/** Every row of a view, page by page. */
export function useAllRows(): (view: View) => Promise<AppRow[]> {
  const backend = useBackend();
  const client = useQueryClient();
  return useCallback(
    async (view) => {
      const rows: AppRow[] = [];
      for (;;) {
        const page = await client.fetchQuery(windowQuery(backend, view, rows.length, 500));
        rows.push(...page.rows);
        if (page.rows.length === 0 || rows.length >= page.total) return rows;
      }
    },
    [backend, client],
  );
}

/** Rows of a view that are here already, by their place. */
export function knownRows(client: QueryClient, view: View): Map<number, AppRow> {
  const known = new Map<number, AppRow>();
  for (const [, page] of client.getQueriesData<InventoryPage>({
    queryKey: ["inventory_rows"],
    predicate: ({ queryKey }) => {
      const asked = queryKey[1] as View;
      return (
        JSON.stringify({ ...asked, offset: 0, limit: 0 }) === JSON.stringify({ ...view, offset: 0, limit: 0 })
      );
    },
  })) {
    page?.rows.forEach((row, place) => {
      known.set(page.offset + place, row);
    });
  }
  return known;
}
