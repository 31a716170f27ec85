import { describe, expect, it } from "vitest";
import { looksLikeSecret } from "./looksLikeSecret";
import cases from "./secretWords.json";

describe("words that look like a secret", () => {
  it.each(cases.looks)("warns of “%s”", (words) => {
    expect(looksLikeSecret(words)).toBe(true);
  });

  it.each(cases.fine)("lets “%s” pass", (words) => {
    expect(looksLikeSecret(words)).toBe(false);
  });
});
