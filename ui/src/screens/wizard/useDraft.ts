import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useBackend } from "../../backend/useBackend";
import type { SetupDraft } from "../../contract/types";
import { rememberDraft } from "./rememberDraft";

/** Answers are saved this long after the last change, and on every step. */
const QUIET_MS = 600;

/** Answers that are saved while they are given, so that closing the window at any moment loses nothing. */
export function useDraft(initial: SetupDraft) {
  const backend = useBackend();
  const client = useQueryClient();
  const [draft, setDraft] = useState(initial);
  const [failure, setFailure] = useState<Error | null>(null);
  const latest = useRef(initial);
  const saved = useRef(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const save = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    const wanted = latest.current;
    if (wanted === saved.current) return true;
    try {
      const kept = await backend.call("draft_save", wanted);
      saved.current = wanted;
      setFailure(null);
      rememberDraft(client, kept);
      return true;
    } catch (problem) {
      setFailure(problem as Error);
      return false;
    }
  }, [backend, client]);

  const change = useCallback(
    (next: (before: SetupDraft) => SetupDraft) => {
      latest.current = next(latest.current);
      setDraft(latest.current);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), QUIET_MS);
    },
    [save],
  );

  /** Nothing more will be saved: the answers were thrown away. */
  const forget = useCallback(() => {
    clearTimeout(timer.current);
    saved.current = latest.current;
  }, []);

  // Leaving in the middle of a word saves it too.
  useEffect(() => () => void save(), [save]);

  /** Whether something was changed since the last save: by the person, or filled in for them meanwhile. */
  const isUnsaved = useCallback(() => latest.current !== saved.current, []);

  return { draft, change, save, isUnsaved, forget, failure };
}
