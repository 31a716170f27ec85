/**
 * True when words that should name a place look like a secret: one long run without spaces, with letters and digits. Microsoft's
 * secrets have 40 characters and "~" among them. A web address or a path is a place.
 */
export function looksLikeSecret(words: string): boolean {
  if (/\s/.test(words) || /[/\\:@]/.test(words)) return false;
  if (words.length < 24) return false;
  return /\d/.test(words) && /[a-z]/i.test(words);
}
