import { IntlMessageFormat } from "intl-messageformat";
import { en } from "./en";
import { pseudo } from "./pseudo";

/** The name of a sentence. */
export type WordKey = keyof typeof en;
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

function plain(key: WordKey, values?: Values): string {
  const source: string = en[key];
  if (!source.includes("{") && !source.includes("'")) return source;
  let message = parsed.get(key);
  if (message === undefined) {
    message = new IntlMessageFormat(source, LANGUAGE);
    parsed.set(key, message);
  }
  return String(message.format(values));
}
