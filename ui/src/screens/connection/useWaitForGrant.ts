import { useEffect, useRef } from "react";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import type { ConnectionView } from "../../contract/types";
import { t } from "../../words";
import { rememberConnection } from "./rememberConnection";

/** Between two looks at what is granted. */
const EVERY_MS = 15_000;

/** While a set-up waits for another person: looks whether the rest was granted, and tests the set-up when it was. */
export function useWaitForGrant(connection: ConnectionView): void {
  const { id } = connection.summary;
  const waits = connection.grantRequest !== null;
  const { mutate: look } = useCommand("connection_refresh", rememberConnection);
  const { mutate: test } = useCommand("connection_test", rememberConnection);
  const waited = useRef(waits);
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => {
      // Nobody waits at a window that is not seen.
      if (!document.hidden) look(id);
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [waits, look, id]);
  useEffect(() => {
    if (waited.current && !waits) {
      announce(t("connection.granted"));
      test(id);
    }
    waited.current = waits;
  }, [waits, test, id]);
}
