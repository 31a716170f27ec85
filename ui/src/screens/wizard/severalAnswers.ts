/** Several answers are kept in one text, separated by commas. */
export const split = (answer: string): string[] =>
  answer
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** The part that is being typed: what stands after the last comma. */
export const lastPart = (answer: string): string => answer.slice(answer.lastIndexOf(",") + 1).trim();

/** The answer with its last part replaced, ready for the next one. */
export function replaceLast(answer: string, part: string): string {
  const before = answer.slice(0, answer.lastIndexOf(",") + 1);
  return before === "" ? part : `${before} ${part}`;
}

/** The answer with a part added or taken away. */
export function toggle(answer: string, part: string, on: boolean): string {
  const others = split(answer).filter((each) => each !== part);
  return (on ? [...others, part] : others).join(", ");
}
