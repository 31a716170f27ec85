/** At most one announcement in this time, so that a screen reader is not talked over. */
const QUIET_MS = 5_000;

type Listener = (words: string) => void;

let listener: Listener | null = null;
let lastSaid = Number.NEGATIVE_INFINITY;
let waiting: { words: string; timer: ReturnType<typeof setTimeout> } | null = null;

/** Says something to people who use a screen reader. Of several within five seconds, the last is said. */
export function announce(words: string): void {
  if (waiting !== null) {
    waiting.words = words;
    return;
  }
  const wait = lastSaid + QUIET_MS - performance.now();
  if (wait <= 0) {
    say(words);
    return;
  }
  waiting = {
    words,
    timer: setTimeout(() => {
      const { words } = waiting ?? { words: "" };
      waiting = null;
      say(words);
    }, wait),
  };
}

/** The live region listens here. Returns how to stop. */
export function onAnnouncement(next: Listener): () => void {
  listener = next;
  return () => {
    listener = null;
    if (waiting !== null) clearTimeout(waiting.timer);
    waiting = null;
    lastSaid = Number.NEGATIVE_INFINITY;
  };
}

function say(words: string): void {
  lastSaid = performance.now();
  listener?.(words);
}
