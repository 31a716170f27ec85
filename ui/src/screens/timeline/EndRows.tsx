import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { DaysLeft } from "../../components/DaysLeft";
import { CloseIcon } from "../../components/icons";
import { PanelList, PanelRow } from "../../components/Panel";
import { useTextLink } from "../../components/textLink";
import type { TimelineDay } from "../../contract/types";
import { t } from "../../words";
import { relativeDay } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { credentialName } from "../inventory/facetWords";
import { longDay, numberOf } from "./calendar";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  head: { display: "flex", alignItems: "center", gap: "12px" },
  title: {
    margin: 0,
    flexGrow: 1,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    outlineStyle: "none",
  },
  words: { flexGrow: 1, flexBasis: 0, minWidth: "160px", overflowWrap: "anywhere" },
  what: { color: tokens.colorNeutralForeground2 },
  more: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "12px", margin: 0 },
});

/** What ends on some days, to be opened one by one. */
export function EndRows({
  title,
  days,
  onClose,
}: {
  title: string;
  days: TimelineDay[];
  onClose: () => void;
}) {
  const styles = useStyles();
  const link = useTextLink();
  const navigate = useNavigate();
  const now = useNow();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another day takes the focus anew.
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView?.({ block: "nearest" });
  }, [title]);
  const ends = days.flatMap((day) => day.ends).slice(0, 60);
  const count = days.reduce((sum, day) => sum + day.count, 0);
  return (
    <section className={styles.root} aria-label={title}>
      <div className={styles.head}>
        <h2 className={styles.title} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <Button appearance="subtle" icon={<CloseIcon />} aria-label={t("common.close")} onClick={onClose} />
      </div>
      <PanelList label={title}>
        {ends.map((end) => (
          <PanelRow key={`${end.appId}.${end.keyId}`}>
            <DaysLeft until={end.at} now={now} />
            <div className={styles.words}>
              <Link to="/apps/$appId" params={{ appId: end.appId }} className={link}>
                {end.appName}
              </Link>
              <div className={styles.what}>{credentialName(end)}</div>
            </div>
            <Button
              aria-label={t("secrets.renewLabel", { name: `${credentialName(end)}, ${end.appName}` })}
              onClick={() =>
                void navigate({
                  to: "/apps/$appId",
                  params: { appId: end.appId },
                  hash: `renew-${end.keyId}`,
                })
              }
            >
              {t("secrets.renew")}
            </Button>
          </PanelRow>
        ))}
      </PanelList>
      {count > ends.length && (
        <p className={styles.more}>
          {t("timeline.of", { shown: ends.length, count })}
          <Button onClick={() => void navigate({ to: "/apps" })}>{t("timeline.allApps")}</Button>
        </p>
      )}
    </section>
  );
}

/** "2 December 2026 (in 12 days)". */
export function dayTitle(day: TimelineDay, now: Date): string {
  return t("timeline.on", {
    when: longDay(numberOf(day.date)),
    relative: relativeDay(localDay(day.date), now),
  });
}

/** A day of the calendar as a moment of it, wherever one is. */
export const localDay = (date: string): Date => new Date(`${date}T12:00:00`);
