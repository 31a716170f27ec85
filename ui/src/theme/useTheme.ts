import type { Theme as FluentTheme } from "@fluentui/react-components";
import { useSyncExternalStore } from "react";
import type { Theme } from "../contract/types";
import { dark, highContrast, light } from "./themes";

const REMEMBERED = "gatehouse.theme";

/** The colours for a choice; follows the system where that was chosen, and always when the system forces its colours. */
export function useTheme(choice: Theme): FluentTheme {
  const forced = useMedia("(forced-colors: active)");
  const prefersDark = useMedia("(prefers-color-scheme: dark)");
  if (forced || choice === "highContrast") return highContrast;
  if (choice === "system") return prefersDark ? dark : light;
  return choice === "dark" ? dark : light;
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
