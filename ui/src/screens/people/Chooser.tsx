import { Button, Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { EmptyState } from "../../components/EmptyState";
import { SearchField } from "../../components/SearchField";
import type { ConnectedPerson } from "../../contract/types";
import { t } from "../../words";
import { PeopleList } from "./PeopleList";
import { fitting } from "./people";

const useStyles = makeStyles({
  tools: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "8px 16px" },
  search: { flexGrow: 1, minWidth: "min(100%, 240px)" },
  bar: {
    position: "sticky",
    top: 0,
    zIndex: 1,
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "8px 12px",
    minHeight: "44px",
    paddingInlineStart: "5px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  words: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
  end: { display: "flex", gap: "8px", marginInlineStart: "auto" },
});

const NOBODY: ReadonlySet<string> = new Set();

/** Search, choose, take back. */
export function Chooser({ appId, people }: { appId: string; people: readonly ConnectedPerson[] }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [names, setNames] = useState(false);
  const [chosen, setChosen] = useState(NOBODY);
  const shown = useMemo(() => fitting(people, text), [people, text]);
  const choose = useCallback(
    (id: string) =>
      setChosen((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const all = shown.length > 0 && shown.every(({ id }) => chosen.has(id));
  const some = shown.some(({ id }) => chosen.has(id));
  const chooseShown = () =>
    setChosen((before) => {
      const next = new Set(before);
      for (const { id } of shown) {
        if (all) next.delete(id);
        else next.add(id);
      }
      return next;
    });
  const takeBack = () =>
    void navigate({
      to: "/plan",
      search: {
        request: { kind: "revokeConsent", appId, whose: { kind: "people", ids: [...chosen] } },
      },
    });
  return (
    <>
      <search className={styles.tools}>
        <SearchField
          className={styles.search}
          label={t("connected.search")}
          hint={t("connected.searchHint")}
          text={text}
          onText={setText}
        />
        <Checkbox
          checked={names}
          label={t("connected.names")}
          onChange={(_, { checked }) => setNames(checked === true)}
        />
      </search>
      <div className={styles.bar}>
        <Checkbox
          checked={all ? true : some ? "mixed" : false}
          label={t("connected.chooseAll")}
          onChange={chooseShown}
        />
        <span className={styles.words} role="status">
          {chosen.size > 0
            ? t("connected.chosen", { count: chosen.size })
            : text.trim() !== "" && t("connected.shown", { count: shown.length })}
        </span>
        <span className={styles.end}>
          {chosen.size > 0 && (
            <Button appearance="subtle" onClick={() => setChosen(NOBODY)}>
              {t("connected.chooseNone")}
            </Button>
          )}
          <Button appearance="primary" disabledFocusable={chosen.size === 0} onClick={takeBack}>
            {t("connected.takeBack")}
          </Button>
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState
          title={t("connected.noFitTitle")}
          sentence={t("connected.noFitSentence")}
          action={<Button onClick={() => setText("")}>{t("connected.clear")}</Button>}
        />
      ) : (
        <PeopleList people={shown} chosen={chosen} names={names} onChoose={choose} />
      )}
    </>
  );
}
