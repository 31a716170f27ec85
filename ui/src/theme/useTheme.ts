import type { Theme as Tokens } from "@fluentui/react-components";
import { useEffect, useState, useSyncExternalStore } from "react";
import type { Theme } from "../contract/types";
import { light } from "./light";

/** What can be shown; "as the system says" is one of these. */
type Shown = Exclude<Theme, "system">;

const REMEMBERED = "gatehouse.theme";
const DARK = "(prefers-color-scheme: dark)";
const FORCED = "(forced-colors: active)";

const loaded = new Map<Shown, Tokens>([["light", light]]);

/** Loads the colours for a choice; the window calls this before it draws for the first time. */
export async function loadTheme(choice: Theme): Promise<void> {
  await load(shownFor(choice, matchMedia(FORCED).matches, matchMedia(DARK).matches));
}

/** The colours for a choice; follows the system where that was chosen, and always when the system forces its colours. */
export function useTheme(choice: Theme): Tokens {
  const shown = shownFor(choice, useMedia(FORCED), useMedia(DARK));
  const [tokens, setTokens] = useState(loaded.get(shown) ?? light);
  useEffect(() => {
    let wanted = true;
    void load(shown).then((found) => wanted && setTokens(found));
    return () => {
      wanted = false;
    };
  }, [shown]);
  return tokens;
}

/** The choice of last time, so that the first picture has the right colours; the settings themselves follow. */
export function rememberedTheme(): Theme {
  const value = localStorage.getItem(REMEMBERED);
  return value === "light" || value === "dark" || value === "highContrast" ? value : "system";
}

/** Keeps the choice for {@link rememberedTheme}. */
export function rememberTheme(choice: Theme): void {
  localStorage.setItem(REMEMBERED, choice);
}

function shownFor(choice: Theme, forced: boolean, prefersDark: boolean): Shown {
  if (forced) return "highContrast";
  if (choice === "system") return prefersDark ? "dark" : "light";
  return choice;
}

async function load(shown: Shown): Promise<Tokens> {
  const known = loaded.get(shown);
  if (known !== undefined) return known;
  const found =
    shown === "dark" ? (await import("./dark")).dark : (await import("./highContrast")).highContrast;
  loaded.set(shown, found);
  return found;
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}
