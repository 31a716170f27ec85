import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import type { Message, Part } from "./message";

/**
 * Reads an ICU message. The shipped page holds what this returns (`vite.words.ts`), so the parser is not part of it. A form that
 * the window does not speak is refused, which stops the build.
 */
export function read(source: string): Message {
  return sentence(parse(source, { captureLocation: false }), undefined);
}

/** `counted` is the number that `#` stands for. */
function sentence(tree: MessageFormatElement[], counted: string | undefined): Message {
  const parts = tree.map((element) => part(element, counted));
  const [only] = parts;
  return parts.length === 1 && typeof only === "string" ? only : parts;
}

function part(element: MessageFormatElement, counted: string | undefined): Part {
  switch (element.type) {
    case TYPE.literal:
      return element.value;
    case TYPE.argument:
      return { value: element.value };
    case TYPE.number:
      if (element.style) break;
      return { number: element.value };
    case TYPE.pound:
      if (counted === undefined) break;
      return { number: counted };
    case TYPE.plural:
      if (element.offset !== 0 || element.pluralType !== "cardinal") break;
      return { plural: element.value, cases: cases(element.options, element.value) };
    case TYPE.select:
      return { select: element.value, cases: cases(element.options, counted) };
  }
  throw new Error(`a form of message that the window does not speak: ${JSON.stringify(element)}`);
}

function cases(options: Record<string, { value: MessageFormatElement[] }>, counted: string | undefined) {
  return Object.fromEntries(
    Object.entries(options).map(([name, { value }]) => [name, sentence(value, counted)]),
  );
}
