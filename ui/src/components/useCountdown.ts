import { useCallback, useEffect, useState } from "react";

/**
 * Counts whole seconds down to a fixed moment, then is none again; `onEnd` is called there. The end has a timer of its own, so
 * that a window in the background, whose ticks are late, still ends in time.
 */
export function useCountdown(onEnd?: () => void) {
  const [count, setCount] = useState<{ endsAt: number; left: number } | null>(null);
  const endsAt = count?.endsAt ?? null;
  useEffect(() => {
    if (endsAt === null) return;
    const tick = setInterval(
      () => setCount({ endsAt, left: Math.max(1, Math.ceil((endsAt - performance.now()) / 1_000)) }),
      1_000,
    );
    const end = setTimeout(() => {
      setCount(null);
      onEnd?.();
    }, endsAt - performance.now());
    return () => {
      clearInterval(tick);
      clearTimeout(end);
    };
  }, [endsAt, onEnd]);
  return {
    /** Seconds left; none while nothing is counted. */
    left: count?.left ?? null,
    start: useCallback(
      (seconds: number) => setCount({ endsAt: performance.now() + seconds * 1_000, left: seconds }),
      [],
    ),
    stop: useCallback(() => setCount(null), []),
  };
}
