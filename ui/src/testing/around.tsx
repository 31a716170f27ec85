import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Backend } from "../backend/Backend";
import { newQueryClient } from "../backend/queries";
import { BackendContext } from "../backend/useBackend";

/** What a single part of the window stands in: a backend, and a place for its answers. */
export function around(backend: Backend, client: QueryClient = newQueryClient()) {
  return ({ children }: { children: ReactNode }) => (
    <BackendContext value={backend}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </BackendContext>
  );
}
