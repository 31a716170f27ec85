import { Button, makeStyles, Switch } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { Screen } from "../../components/Screen";
import { SearchField } from "../../components/SearchField";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import type { FindingsQuery } from "../../contract/types";
import { t } from "../../words";
import { RoomLinks } from "../inventory/RoomLinks";
import { useHead } from "../inventory/useRows";
import { EVERYTHING } from "../inventory/view";
import { useSettled } from "../wizard/answers/useSettled";
import { FindingRows } from "./FindingRows";
import { Gaps } from "./Gaps";
import { RuleGroup } from "./RuleGroup";

const useStyles = makeStyles({
  tools: { display: "flex", flexWrap: "wrap", gap: "8px 16px", alignItems: "center" },
  search: { flexGrow: 1, minWidth: "min(100%, 240px)", maxWidth: "480px" },
  groups: { display: "flex", flexDirection: "column", gap: "12px" },
});

const ALL: FindingsQuery = { rule: null, appId: null, text: "", ignored: false, offset: 0, limit: 1 };

/** What needs attention on the organisation's apps, by what kind of thing it is. */
export function AttentionScreen() {
  const styles = useStyles();
  const [text, setText] = useState("");
  const [withIgnored, setWithIgnored] = useState(false);
  const wanted = useSettled(text.trim(), 150);
  const all = useAnswer("findings", ALL);
  const ignored = all.data?.ignored ?? 0;
  return (
    <Screen
      wide
      title={t("attention.title")}
      sentence={
        all.data && all.data.total > 0
          ? t("attention.sentence", { count: all.data.total })
          : t("attention.sentenceLooking")
      }
    >
      <RoomLinks here="/attention" />
      {all.isPending && <Waiting words={t("attention.looking")} />}
      {all.error && <ErrorNote error={all.error} actions={{ tryAgain: () => void all.refetch() }} />}
      {all.data && all.data.total === 0 && ignored === 0 && <Nothing />}
      {all.data && (all.data.total > 0 || ignored > 0) && (
        <>
          <search className={styles.tools}>
            <SearchField
              className={styles.search}
              label={t("attention.search")}
              text={text}
              onText={setText}
            />
            {ignored > 0 && (
              <Switch
                checked={withIgnored}
                label={t("attention.ignoredToggle", { count: ignored })}
                onChange={(_, { checked }) => setWithIgnored(checked)}
              />
            )}
          </search>
          {wanted === "" ? (
            <div className={styles.groups}>
              {all.data.rules.map((group, place) => (
                <RuleGroup key={group.rule} group={group} open={place === 0} />
              ))}
            </div>
          ) : (
            <Fitting text={wanted} />
          )}
          {withIgnored && ignored > 0 && <Ignored text={wanted} />}
        </>
      )}
      {all.data && <Gaps gaps={all.data.gaps} />}
    </Screen>
  );
}

/** Findings of apps whose name fits. */
function Fitting({ text }: { text: string }) {
  const page = useAnswer("findings", { ...ALL, text, limit: 100 }, { keepPrevious: true });
  if (page.error) return <ErrorNote error={page.error} actions={{ tryAgain: () => void page.refetch() }} />;
  if (page.data === undefined) return <Waiting words={t("attention.looking")} />;
  if (page.data.total === 0) {
    return <EmptyState title={t("attention.noneTitle", { text })} sentence={t("attention.noneSentence")} />;
  }
  const title = t("attention.found", { count: page.data.total });
  return (
    <Section title={title}>
      <FindingRows findings={page.data.findings} label={title} withApp withSeverity />
    </Section>
  );
}

function Ignored({ text }: { text: string }) {
  const page = useAnswer("findings", { ...ALL, text, ignored: true, limit: 500 }, { keepPrevious: true });
  const ignored = page.data?.findings.filter((each) => each.ignored !== null) ?? [];
  if (ignored.length === 0) return null;
  return (
    <Section title={t("attention.ignored")}>
      <FindingRows findings={ignored} label={t("attention.ignored")} withApp />
    </Section>
  );
}

/** Calm is claimed only when somebody has looked. */
function Nothing() {
  const navigate = useNavigate();
  const head = useHead(EVERYTHING);
  if (head.data === undefined) return <Waiting words={t("attention.looking")} />;
  return head.data.sync.kind === "never" ? (
    <EmptyState
      title={t("attention.neverTitle")}
      sentence={t("attention.neverSentence")}
      action={
        <Button appearance="primary" onClick={() => void navigate({ to: "/apps" })}>
          {t("attention.neverButton")}
        </Button>
      }
    />
  ) : (
    <EmptyState title={t("attention.emptyTitle")} sentence={t("attention.emptySentence")} />
  );
}
