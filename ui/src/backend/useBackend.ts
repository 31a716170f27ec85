import { createContext, useContext } from "react";
import type { Backend } from "./Backend";

/** Gives the window its backend. */
export const BackendContext = createContext<Backend | null>(null);

/** The backend of this window. */
export function useBackend(): Backend {
  const backend = useContext(BackendContext);
  if (backend === null) throw new Error("BackendContext is missing above this component");
  return backend;
}
