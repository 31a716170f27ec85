import { createRoot } from "react-dom/client";
import { App } from "./App";
import type { Backend } from "./backend/Backend";
import { inTheApp, tauriBackend } from "./backend/tauri";
import { prefetchRooms, router } from "./router";
import { onFirstUse } from "./shell/firstUse";
import { takeBackWhatNoDialogHides } from "./shell/hiddenWithoutDialog";
import { loadTheme, rememberedTheme } from "./theme/useTheme";

/** What the window runs on. */
interface Ground {
  backend: Backend;
  clock: () => Date;
}

/** The application, or in a plain browser an imitation of it. What ships (`--mode app`) is without the imitation. */
async function ground(): Promise<Ground> {
  if (import.meta.env.MODE === "app" || inTheApp()) return { backend: tauriBackend, clock: () => new Date() };
  const { fakeBackend, fakeClock } = await import("./backend/fake");
  return { backend: fakeBackend(new URLSearchParams(location.search)), clock: fakeClock };
}

// The shell stamps its nonce on the one style element of index.html; Fluent's style elements borrow it.
const nonce = document.querySelector("style")?.nonce;
const place = document.getElementById("root");
if (place === null) throw new Error("index.html has no #root");
// The first picture stays until the room that will replace it has its code: nothing blank in between.
const [settled] = await Promise.all([ground(), loadTheme(rememberedTheme()), router.load()]);
takeBackWhatNoDialogHides(place);
createRoot(place).render(<App {...settled} nonce={nonce} />);
// Whoever begins to use the window goes somewhere next. One that only stays open keeps what it does not show out of memory.
onFirstUse(() => setTimeout(prefetchRooms, 300));
