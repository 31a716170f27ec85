import { createRoot } from "react-dom/client";
import { App } from "./App";
import type { Backend } from "./backend/Backend";
import { inTheApp, tauriBackend } from "./backend/tauri";

/** The application, or in a plain browser an imitation of it, which is loaded only there. */
async function backend(): Promise<Backend> {
  if (inTheApp()) return tauriBackend;
  const { fakeBackend } = await import("./backend/fake");
  return fakeBackend(new URLSearchParams(location.search));
}

// The shell stamps its nonce on the one style element of index.html; Fluent's style elements borrow it.
const nonce = document.querySelector("style")?.nonce;
const place = document.getElementById("root");
if (place === null) throw new Error("index.html has no #root");
createRoot(place).render(<App backend={await backend()} nonce={nonce} />);
