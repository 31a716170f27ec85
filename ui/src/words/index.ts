import type { MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { IntlMessageFormat } from "intl-messageformat";
import { first } from "./first";
import { pseudo } from "./pseudo";
import type { rest } from "./rest";

/**
 * The name of a sentence. The words are English, as ICU messages, one file per room under `en/`; a key begins with its room's
 * name. Style: what happened, why, what to do. Short, plain, no blame, no "please".
 */
export type WordKey = keyof typeof first | keyof typeof rest;
/** What goes into a sentence. */
export type Values = Record<string, string | number | Date>;

/** The language of the window, for words, dates and numbers. */
export const LANGUAGE = "en";

/** `?words=pseudo` shows longer, bracketed words, to find text that is cut or that nobody can translate. */
const disguised =
  typeof location !== "undefined" && new URLSearchParams(location.search).get("words") === "pseudo";

const parsed = new Map<WordKey, IntlMessageFormat>();

/** The words for `key`, in the window's language. */
export function t(key: WordKey, values?: Values): string {
  const text = plain(key, values);
  return disguised ? pseudo(text) : text;
}

/** A message as it is written, or, in the built page, its syntax tree (see `vite.words.ts`). */
type Message = string | MessageFormatElement[];

const words: Partial<Record<WordKey, Message>> = { ...first };

/** Loads the words of all rooms but the first two; every other room waits for it. */
export async function loadRest(): Promise<void> {
  const { rest } = await import("./rest");
  Object.assign(words, rest);
}

function plain(key: WordKey, values?: Values): string {
  const source = words[key];
  if (source === undefined) return key;
  if (typeof source === "string" && !source.includes("{") && !source.includes("'")) return source;
  let message = parsed.get(key);
  if (message === undefined) {
    message = new IntlMessageFormat(source, LANGUAGE);
    parsed.set(key, message);
  }
  return String(message.format(values));
}
