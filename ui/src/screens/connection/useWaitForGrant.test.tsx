import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Backend } from "../../backend/Backend";
import type { ConnectionView } from "../../contract/types";
import { around } from "../../testing/around";
import { useWaitForGrant } from "./useWaitForGrant";

const waiting = {
  summary: { id: "c" },
  grantRequest: { link: "https://login.example/" },
} as unknown as ConnectionView;
const granted = { ...waiting, grantRequest: null } as ConnectionView;

function wait(first: ConnectionView) {
  const called: string[] = [];
  const call = async (command: string) => {
    called.push(command);
    return granted;
  };
  const backend = { call, stream: call } as unknown as Backend;
  return { ...renderHook(useWaitForGrant, { initialProps: first, wrapper: around(backend) }), called };
}

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

describe("a set-up that waits for another person", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it("is looked at again and again, and tested once when it is granted", async () => {
    const { rerender, called } = wait(waiting);
    await pass(14_000);
    expect(called).toEqual([]);
    await pass(17_000);
    expect(called).toEqual(["connection_refresh", "connection_refresh"]);
    rerender(granted);
    await pass(60_000);
    expect(called.slice(2)).toEqual(["connection_test"]);
  });

  it("is left alone when nothing is missing, and when the page is closed", async () => {
    const nothing = wait(granted);
    const closed = wait(waiting);
    closed.unmount();
    await pass(60_000);
    expect(nothing.called).toEqual([]);
    expect(closed.called).toEqual([]);
  });

  it("is left alone while nobody sees the window", async () => {
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    const { called } = wait(waiting);
    await pass(60_000);
    expect(called).toEqual([]);
    hidden.mockRestore();
  });
});
