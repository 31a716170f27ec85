import { first } from "./first";
import { type Message, speaker, type Values } from "./message";
import { pseudo } from "./pseudo";
import { read } from "./read";
import type { rest } from "./rest";

/**
 * The name of a sentence. The words are English, as ICU messages, one file per room under `en/`; a key begins with its room's
 * name. Style: what happened, why, what to do. Short, plain, no blame, no "please".
 */
export type WordKey = keyof typeof first | keyof typeof rest;
export type { Values };

/** The language of the window, for words, dates and numbers. */
export const LANGUAGE = "en";

/** `?words=pseudo` shows longer, bracketed words, to find text that is cut or that nobody can translate. */
const disguised =
  typeof location !== "undefined" && new URLSearchParams(location.search).get("words") === "pseudo";

const say = speaker(LANGUAGE);

/** The words for `key`, in the window's language. */
export function t(key: WordKey, values?: Values): string {
  const text = plain(key, values);
  return disguised ? pseudo(text) : text;
}

const words: Partial<Record<WordKey, Message>> = { ...first };

/** Loads the words of all rooms but the first two; every other room waits for it. */
export async function loadRest(): Promise<void> {
  const { rest } = await import("./rest");
  Object.assign(words, rest);
}

function plain(key: WordKey, values: Values = {}): string {
  const source = words[key];
  return source === undefined ? key : say(message(key, source), values);
}

const known = new Map<WordKey, Message>();

/** The built page holds messages that were read already (`vite.words.ts`). */
function message(key: WordKey, source: Message): Message {
  if (import.meta.env.PROD || typeof source !== "string") return source;
  const message = known.get(key) ?? read(source);
  known.set(key, message);
  return message;
}
