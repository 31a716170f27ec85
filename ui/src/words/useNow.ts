import { createContext, useContext, useEffect, useState } from "react";

/** The clock of the window; tests and pictures set their own. */
export const ClockContext = createContext<() => Date>(() => new Date());

/** The present moment, kept fresh every `everyMs` milliseconds. */
export function useNow(everyMs = 30_000): Date {
  const clock = useContext(ClockContext);
  const [now, setNow] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
