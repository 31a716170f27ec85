/** What goes into a sentence. */
export type Values = Record<string, string | number | Date>;

/** A sentence as the window keeps it: plain text, or parts one after the other (`read.ts` makes them). */
export type Message = string | readonly Part[];

/** Text, a value as it is, a number in the language's digits, or the words that fit a number or a name. */
export type Part =
  | string
  | { readonly value: string }
  | { readonly number: string }
  | { readonly plural: string; readonly cases: Cases }
  | { readonly select: string; readonly cases: Cases };

type Cases = Readonly<Record<string, Message>>;

/** Puts values into sentences of one language. */
export function speaker(language: string): (message: Message, values: Values) => string {
  const digits = new Intl.NumberFormat(language);
  const rules = new Intl.PluralRules(language);

  const say = (message: Message, values: Values): string =>
    typeof message === "string" ? message : message.map((part) => sayPart(part, values)).join("");

  function sayPart(part: Part, values: Values): string {
    if (typeof part === "string") return part;
    if ("value" in part) return String(given(values, part.value));
    if ("number" in part) return digits.format(Number(given(values, part.number)));
    if ("select" in part) return say(fitting(part.cases, String(given(values, part.select))), values);
    const count = Number(given(values, part.plural));
    return say(part.cases[`=${count}`] ?? fitting(part.cases, rules.select(count)), values);
  }
  return say;
}

function fitting(cases: Cases, name: string): Message {
  return cases[name] ?? cases.other ?? "";
}

function given(values: Values, name: string): string | number | Date {
  const value = values[name];
  if (value === undefined) throw new Error(`a sentence needs a value for ${name}`);
  return value;
}
