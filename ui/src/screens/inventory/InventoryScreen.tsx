import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { Waiting } from "../../components/Waiting";
import type { AppRow } from "../../contract/types";
import { t } from "../../words";
import { useNow } from "../../words/useNow";
import { useSettled } from "../wizard/answers/useSettled";
import { AddOwner } from "./AddOwner";
import { AppGrid, type Chosen } from "./AppGrid";
import { chosenColumns, keepColumns } from "./columns";
import { EndTiles } from "./EndTiles";
import { RoomLinks } from "./RoomLinks";
import { SaveApps } from "./SaveApps";
import { SyncFailure, SyncLine } from "./SyncLine";
import { Tools } from "./Tools";
import { useExpired } from "./useExpired";
import { useAllRows, useHead } from "./useRows";
import { useSync } from "./useSync";
import { EVERYTHING, isNarrowed, rememberedView, rememberView, type View } from "./view";

const useStyles = makeStyles({
  shown: { margin: "0 0 -16px", color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  chosen: { alignSelf: "center", fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: "tabular-nums" },
});

/** Letters that come this fast are looked for together. */
const TYPING_MS = 40;
const NONE: Chosen = new Map();

/** Apps and secrets: every app of the organisation, the next one to end first. */
export function InventoryScreen() {
  const styles = useStyles();
  const navigate = useNavigate();
  const now = useNow();
  const [view, setView] = useState(rememberedView);
  const [columns, setColumns] = useState(chosenColumns);
  const [chosen, setChosen] = useState(NONE);
  const text = useSettled(view.text, TYPING_MS);
  const head = useHead(useStable({ ...view, text }));
  const sync = useSync();
  const allRows = useAllRows();
  const expired = useExpired((appId) => chosen.has(appId), chosen.size > 0);
  useEffect(() => rememberView(view), [view]);

  const open = useCallback(
    ({ app }: AppRow) => void navigate({ to: "/apps/$appId", params: { appId: app.appId } }),
    [navigate],
  );
  const choose = useCallback((row: AppRow) => {
    setChosen((before) => {
      const next = new Map(before);
      if (!next.delete(row.app.appId)) next.set(row.app.appId, row);
      return next;
    });
  }, []);
  const page = head.data;
  const { shown } = head;
  const all = page !== undefined && chosen.size >= page.total;
  const chooseAll = useCallback(async () => {
    if (all) return setChosen(NONE);
    setChosen(new Map((await allRows(shown)).map((row) => [row.app.appId, row])));
  }, [all, allRows, shown]);
  // An app that is registered elsewhere has its owners there.
  const ownable = [...chosen].filter(([, { kind }]) => kind === "registration").map(([appId]) => appId);
  const read = () => sync.mutate();
  const never = page?.sync.kind === "never";
  const busy = sync.isPending || page?.sync.kind === "reading" || page?.sync.kind === "held";
  return (
    <Screen
      wide
      title={t("inventory.title")}
      sentence={
        page && !never ? (
          <SyncLine sync={page.sync} known={page.known} now={now} busy={busy} onSync={read} />
        ) : undefined
      }
      {...(chosen.size > 0 && {
        back: (
          <>
            <span className={styles.chosen}>{t("inventory.chosen", { count: chosen.size })}</span>
            <Button appearance="subtle" onClick={() => setChosen(NONE)}>
              {t("inventory.chooseNone")}
            </Button>
          </>
        ),
        secondary: (
          <>
            {ownable.length > 0 && <AddOwner appIds={ownable} />}
            <SaveApps view={view} count={chosen.size} chosen={[...chosen.keys()]} />
          </>
        ),
        primary: (
          <Button
            appearance="primary"
            disabledFocusable={expired.count === 0}
            onClick={() =>
              void navigate({
                to: "/plan",
                search: { request: { kind: "removeEnded", appIds: expired.appIds } },
              })
            }
          >
            {t("inventory.removeExpired", { count: expired.count })}
          </Button>
        ),
      })}
    >
      <RoomLinks here="/apps" />
      {sync.error && <ErrorNote error={sync.error} actions={{ tryAgain: read, resume: read }} />}
      {head.isPending && <Waiting words={t("row.loading")} />}
      {head.error && <ErrorNote error={head.error} actions={{ tryAgain: () => void head.refetch() }} />}
      {page && !sync.error && <SyncFailure sync={page.sync} onSync={read} />}
      {never && (
        <EmptyState
          title={t("inventory.neverTitle")}
          sentence={t("inventory.neverSentence")}
          action={
            <Button appearance="primary" disabledFocusable={sync.isPending} onClick={read}>
              {t("inventory.read")}
            </Button>
          }
        />
      )}
      {page && !never && page.known === 0 && !busy && (
        <EmptyState title={t("inventory.emptyTitle")} sentence={t("inventory.emptySentence")} />
      )}
      {page && page.known > 0 && (
        <>
          <Tools
            view={view}
            total={page.total}
            facets={page.facets}
            columns={columns}
            onView={setView}
            onColumns={(next) => {
              setColumns(next);
              keepColumns(next);
            }}
          />
          <EndTiles facets={page.facets} view={view} onChange={setView} />
          {isNarrowed(view) && (
            <p className={styles.shown} role="status">
              {t("inventory.shown", { count: page.total })}
            </p>
          )}
          {page.total === 0 ? (
            <EmptyState
              title={t("inventory.noneTitle")}
              sentence={t("inventory.noneSentence")}
              action={<Button onClick={() => setView(EVERYTHING)}>{t("inventory.clear")}</Button>}
            />
          ) : (
            <AppGrid
              view={shown}
              total={page.total}
              columns={columns}
              chosen={chosen}
              now={now}
              onView={setView}
              onOpen={open}
              onChoose={choose}
              onChooseAll={chooseAll}
            />
          )}
        </>
      )}
    </Screen>
  );
}

/** The same view as long as it says the same. */
function useStable(view: View): View {
  const [stable, setStable] = useState(view);
  if (JSON.stringify(stable) === JSON.stringify(view)) return stable;
  setStable(view);
  return view;
}
