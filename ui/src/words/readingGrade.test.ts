import { syllable } from "syllable";
import { describe, expect, it } from "vitest";
import { approval } from "./en/approval";
import { invitation } from "./en/invitation";
import { personal } from "./en/personal";
import { personalConnect } from "./en/personalConnect";
import { stuck } from "./en/stuck";
import type { Message } from "./message";
import { read } from "./read";

/** The highest Flesch-Kincaid grade that a message for a person without any special knowledge may have. */
const HIGHEST = 8;
/** The formula says nothing about labels of a few words. */
const FEWEST_WORDS = 5;

/**
 * Long words that everybody who has an Office account reads each day, on their own screen and in their own mail. The formula takes
 * length for difficulty; each counts as two syllables.
 */
const EASY = new Set([
  "account",
  "accounts",
  "admin",
  "calendar",
  "computer",
  "connection",
  "gatehouse",
  "invitation",
  "microsoft",
  "organisation",
  "permission",
  "permissions",
]);

/** What stands for a value: as easy as a name is. */
const NEUTRAL: Record<string, string> = {
  product: "Teamplan",
  organisation: "Outer Harbour",
  name: "Anna",
  upn: "Anna",
  path: "the file",
  when: "today",
  time: "noon",
};

/** All sentences that a message can become. */
function spoken(message: Message): string[] {
  if (typeof message === "string") return [message];
  return message.reduce<string[]>(
    (begun, part) => begun.flatMap((start) => spokenPart(part).map((end) => start + end)),
    [""],
  );
}

function spokenPart(part: Exclude<Message, string>[number]): string[] {
  if (typeof part === "string") return [part];
  if ("value" in part) return [NEUTRAL[part.value] ?? "Anna"];
  if ("number" in part) return ["3"];
  return Object.values(part.cases).flatMap(spoken);
}

const wordsOf = (text: string) =>
  text
    .replaceAll("’", "'")
    .split(/[^\p{L}\p{N}'.:/@-]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter((word) => /\p{L}|\p{N}/u.test(word));

/** Examples such as contoso.com or a client ID are looked at, not read. */
const syllablesOf = (word: string) =>
  EASY.has(word.toLowerCase().replace(/'s$/, "")) || /[.:/@\d]/.test(word) ? 2 : Math.max(1, syllable(word));

const sentencesOf = (text: string) =>
  text.split(/(?<=[.!?:]["”)]*)\s+/).filter((each) => wordsOf(each).length > 0);

/** The Flesch-Kincaid grade of a text: the school year in which people read it with ease. */
function grade(text: string): number {
  const words = wordsOf(text);
  const syllables = words.map(syllablesOf).reduce((sum, each) => sum + each, 0);
  return 0.39 * (words.length / sentencesOf(text).length) + 11.8 * (syllables / words.length) - 15.59;
}

describe("what a person without any special knowledge reads", () => {
  const catalogue = Object.entries({ ...approval, ...invitation, ...personal, ...personalConnect, ...stuck });
  const graded = catalogue.flatMap(([key, message]) =>
    spoken(read(message))
      .flatMap((text) => [...new Set([text, ...sentencesOf(text)])])
      .filter((text) => wordsOf(text).length >= FEWEST_WORDS)
      .map((text) => ({ key, text, grade: Number(grade(text).toFixed(1)) })),
  );

  it("is a catalogue with many sentences", () => {
    expect(graded.length).toBeGreaterThan(100);
  });

  it("has a reading grade of 8 or lower, message by message and sentence by sentence", () => {
    expect(graded.filter((each) => each.grade > HIGHEST)).toEqual([]);
  });

  it("would not have passed if it were written as such texts often are", () => {
    const hard =
      "Delegated authorization requires administrative consent before the enterprise application is permitted to impersonate directory users.";
    expect(grade(hard)).toBeGreaterThan(HIGHEST * 2);
    expect(grade("An administrator must authorise this application.")).toBeGreaterThan(HIGHEST);
  });

  it("is measured as others measure it", () => {
    // Counted by hand: 2 sentences, 18 words, 26 syllables; 0.39 * 9 + 11.8 * 26 / 18 - 15.59.
    const text =
      "The sun had gone down before the travellers saw the city. Nobody was awake to open the gate.";
    expect(grade(text)).toBeCloseTo(4.96, 1);
  });

  it("looks at each form that a counted message takes", () => {
    const counted = read("{count, plural, one {One person is} other {# people are}} signed in here now.");
    expect(spoken(counted)).toEqual([
      "One person is signed in here now.",
      "3 people are signed in here now.",
    ]);
  });
});
