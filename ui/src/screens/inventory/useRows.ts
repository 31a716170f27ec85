import {
  keepPreviousData,
  type QueryClient,
  useQueries,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import type { Backend, BackendError } from "../../backend/Backend";
import { keyOf } from "../../backend/queries";
import { useBackend } from "../../backend/useBackend";
import type { AppRow, InventoryPage } from "../../contract/types";
import { rememberedView, type View } from "./view";

/** Rows that are asked for at once. */
export const WINDOW = 50;
/** What nobody looks at any more is forgotten after this time; scrolling through 50,000 rows leaves little behind. */
const FORGET_MS = 10_000;
/** After a jump, rows are asked for when the list has stood still this long: of a drag through all of it, only where it ends. */
const STILL_MS = 30;

const windowQuery = (backend: Backend, view: View, offset: number, limit = WINDOW) => {
  const request = { ...view, offset, limit };
  return {
    queryKey: keyOf("inventory_rows", request),
    queryFn: () => backend.call("inventory_rows", request),
    gcTime: FORGET_MS,
    // Old and new rows are not compared in depth: rows are drawn again anyway.
    structuralSharing: false,
  };
};

/** Asks for what the room will show first, and keeps it until the room is opened. */
export function prefetchRows(client: QueryClient, backend: Backend): Promise<void> {
  return client.prefetchQuery({
    ...windowQuery(backend, rememberedView(), 0),
    gcTime: Number.POSITIVE_INFINITY,
  });
}

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
  const client = useQueryClient();
  const isHere = (offset: number) =>
    client.getQueryData(windowQuery(backend, view, offset).queryKey) !== undefined;
  const offsets = useStill(windowsOf(first, last), isHere);
  const answers = useQueries({ queries: offsets.map((offset) => windowQuery(backend, view, offset)) });
  return (index) => {
    const place = offsets.indexOf(index - (index % WINDOW));
    return answers[place]?.data?.rows[index % WINDOW];
  };
}

/** The windows to ask for: at once where one scrolls on or comes back, after a moment where one jumps. */
function useStill(wanted: number[], isHere: (offset: number) => boolean): number[] {
  const [asked, setAsked] = useState(wanted);
  const key = wanted.join();
  const isNear = (offset: number) => asked.some((known) => Math.abs(known - offset) <= WINDOW);
  const atOnce = wanted.every((offset) => isNear(offset) || isHere(offset));
  useEffect(() => {
    const ask = () => setAsked((before) => (before.join() === key ? before : key.split(",").map(Number)));
    if (atOnce) return ask();
    const timer = setTimeout(ask, STILL_MS);
    return () => clearTimeout(timer);
  }, [key, atOnce]);
  return atOnce ? wanted : asked;
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
