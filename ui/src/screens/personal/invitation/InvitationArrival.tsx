import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { keyOf, useAnswer, useCommand, useStatus } from "../../../backend/queries";
import { useBackend } from "../../../backend/useBackend";
import type { Space } from "../../../contract/types";
import { placed } from "../places";

/** Shows the invitation that the system opened Gatehouse with. Mounted once, after the first picture. */
export function InvitationArrival() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const backend = useBackend();
  const space = useStatus().data?.space;
  const { mutateAsync: enter } = useCommand("space_enter");
  const waiting = useAnswer("invitation_waiting", null, { enabled: space !== undefined });
  const text = waiting.data ?? null;
  useEffect(() => {
    if (text === null || space === undefined) return;
    // The application gives each link once; what was taken is not shown a second time.
    client.setQueryData(keyOf("invitation_waiting", null), null);
    const show = () => navigate({ ...placed("invitation"), search: { text } });
    if (space !== null) return void show();
    const cloud = backend.call("invitation_open", text).then(
      ({ invitation }) => invitation.cloud,
      () => null, // The screen says what is wrong with it.
    );
    void cloud
      .then((where) => enter(spaceOf(where)))
      .then(show)
      .catch(() => undefined); // Welcome is there, and the link can be pasted.
  }, [text, space, navigate, client, backend, enter]);
  return null;
}

const spaceOf = (cloud: string | null): Space => (cloud === "practice" ? "practice" : "real");
