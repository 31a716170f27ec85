/** From this length on, a run of letters and digits is no word. Microsoft's secrets have 40 characters. */
const LONG = 24;
/** A password that stands behind its name has this many characters at least. */
const PASSWORD = 8;
/** Names behind which a password stands. */
const LABELS = ["password", "passwort", "passphrase", "pwd", "pw"];
const LABELLED = /^(\p{L}*)[:=](?![/\\])(.*)$/u;
/** Marks that stand around a word in a sentence. */
const AROUND = /^["'“”‘’«»„()[\]{}<>,;.]+|["'“”‘’«»„()[\]{}<>,;.]+$/g;

const isMixed = (word: string) => /\d/.test(word) && /[a-z]/i.test(word);
const isLong = (word: string) =>
  !/[/\\:@]/.test(word) && !/^[0-9a-f-]*$/i.test(word) && [...word].length >= LONG && isMixed(word);
const isPassword = (word: string) =>
  [...word].length >= PASSWORD && isMixed(word) && word.toLowerCase() !== "1password";

/**
 * True when a part of the words looks like a secret: a long run of letters and digits that is no address, path, GUID or
 * thumbprint, or what stands behind "password:". The application asks the same of what it is given; both agree on the cases
 * of `secretWords.json`.
 */
export function looksLikeSecret(words: string): boolean {
  let afterLabel = false;
  return words
    .split(/\s+/)
    .filter((word) => word !== "")
    .some((word) => {
      const [, label, behind] = LABELLED.exec(word) ?? [];
      const value = (behind ?? word).replace(AROUND, "");
      const labelled = label !== undefined && LABELS.includes(label.toLowerCase());
      const password = afterLabel || labelled;
      afterLabel = labelled && value === "";
      return isLong(value) || (password && isPassword(value));
    });
}
