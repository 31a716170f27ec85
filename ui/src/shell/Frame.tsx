import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { Navigate, Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { keyOf, useChanges, useStatus } from "../backend/queries";
import { ErrorNote } from "../components/ErrorNote";
import { LiveRegion } from "../components/LiveRegion";
import { Skeleton } from "../components/Skeleton";
import type { AppStatus } from "../contract/types";
import { t } from "../words";
import { ClockNote, StorageNote } from "./MachineNotes";
import { PracticeBand } from "./PracticeBand";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";
import { useAccountChange } from "./useAccountChange";
import { useFirstRows } from "./useFirstRows";
import { VaultGateRoom } from "./VaultGateRoom";

/** Not part of the first load: an invitation can wait for the first picture. */
const InvitationArrival = lazy(() =>
  import("../screens/personal/invitation/InvitationArrival").then((module) => ({
    default: module.InvitationArrival,
  })),
);

const useStyles = makeStyles({
  root: {
    height: "100dvh",
    display: "flex",
    flexDirection: "column",
    backgroundColor: tokens.colorNeutralBackground1,
  },
  skip: {
    position: "absolute",
    insetInlineStart: "8px",
    top: "-64px",
    zIndex: 10,
    boxShadow: tokens.shadow8,
    ":focus": { top: "8px" },
  },
  under: {
    display: "flex",
    flexGrow: 1,
    minHeight: 0,
    "@media (max-width: 639px)": { flexDirection: "column" },
  },
  side: { display: "flex", flexDirection: "column", flexGrow: 1, minWidth: 0, minHeight: 0 },
  main: {
    flexGrow: 1,
    minHeight: 0,
    overflowY: "auto",
    display: "flex",
    flexDirection: "column",
    backgroundColor: tokens.colorNeutralBackground1,
    scrollPaddingBlock: "72px",
  },
  wait: { padding: "32px" },
});

/** Screens that may be seen before a door on Welcome was chosen. */
const BEFORE_THE_DOORS = ["/welcome", "/settings"];

/** The frame of the window: the practice band, the rail, the bar, and the screen. */
export function Frame() {
  const styles = useStyles();
  useChanges();
  const status = useStatus();
  const account = status.data?.activeAccount;
  useAccountChange(account);
  useFirstRows(account ?? null);
  return (
    <VaultGateRoom>
      <div className={styles.root}>
        <Button className={styles.skip} onClick={() => document.getElementById("main")?.focus()}>
          {t("shell.skip")}
        </Button>
        {status.data?.space === "practice" && <PracticeBand practice={status.data.practice} />}
        <div className={styles.under}>
          <Rail inside={status.data != null && status.data.space !== null} />
          <div className={styles.side}>
            {status.data?.space != null && <TopBar status={status.data} />}
            <main className={styles.main} id="main" tabIndex={-1}>
              {status.error && (
                <div className={styles.wait}>
                  <ErrorNote error={status.error} actions={{ tryAgain: () => void status.refetch() }} />
                </div>
              )}
              {status.data && <Room status={status.data} />}
              {status.isPending && <Skeleton />}
            </main>
          </div>
        </div>
      </div>
      <LiveRegion />
      <Suspense>
        <InvitationArrival />
      </Suspense>
    </VaultGateRoom>
  );
}

function Room({ status }: { status: AppStatus }) {
  const client = useQueryClient();
  const path = useRouterState({ select: (state) => state.location.pathname });
  // What is drawn can be a moment older than what is known: whoever has just passed a door must not be sent back.
  const known = client.getQueryData<AppStatus>(keyOf("app_status", null)) ?? status;
  if (known.space === null && !BEFORE_THE_DOORS.includes(path)) {
    return (
      <>
        <Navigate to="/welcome" replace />
        <Skeleton />
      </>
    );
  }
  return (
    <>
      <StorageNote problem={status.storageProblem} />
      <ClockNote ahead={status.clockAheadSeconds} />
      <Suspense fallback={<Skeleton />}>
        <Outlet />
      </Suspense>
    </>
  );
}
