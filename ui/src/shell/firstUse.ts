const SIGNS = ["pointermove", "keydown"] as const;

/** Calls once, when somebody first uses the window. What is given back stops waiting for it. */
export function onFirstUse(then: () => void): () => void {
  const stop = () => {
    for (const sign of SIGNS) removeEventListener(sign, begin);
  };
  const begin = () => {
    stop();
    then();
  };
  for (const sign of SIGNS) addEventListener(sign, begin);
  return stop;
}
