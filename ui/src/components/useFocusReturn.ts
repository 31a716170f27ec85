import { useEffect, useState } from "react";

/** Gives the focus back to what had it before, when the component goes away. For dialogs that nothing else opened. */
export function useFocusReturn(): void {
  // Taken while drawing: when effects run, the dialog inside has the focus already.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // After the dialog has left the page; what had the focus may have left too.
      setTimeout(() => {
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    },
    [before],
  );
}
