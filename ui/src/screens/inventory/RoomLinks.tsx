import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useAnswer } from "../../backend/queries";
import { t } from "../../words";
import { digits } from "../../words/numbers";

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexWrap: "wrap",
    gap: "4px",
    listStyleType: "none",
    margin: "0 0 0 -12px",
    padding: 0,
    "@media print": { display: "none" },
  },
  link: {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    position: "relative",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: "none",
    ":hover": { color: tokens.colorNeutralForeground1, backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  here: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    "::after": {
      content: '""',
      position: "absolute",
      insetInline: "12px",
      bottom: 0,
      height: "3px",
      borderRadius: "2px",
      backgroundColor: tokens.colorCompoundBrandStroke,
      "@media (forced-colors: active)": { backgroundColor: "Highlight" },
    },
  },
  count: {
    minWidth: "12px",
    padding: "0 6px",
    borderRadius: tokens.borderRadiusCircular,
    textAlign: "center",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "20px",
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground4,
    "@media (forced-colors: active)": { border: "1px solid CanvasText" },
  },
});

const ROOMS = [
  { to: "/apps", words: "inventory.apps" },
  { to: "/attention", words: "inventory.attention" },
  { to: "/timeline", words: "inventory.timeline" },
  { to: "/rotations", words: "inventory.rotations" },
  { to: "/reminders", words: "inventory.reminders" },
] as const;

/** The rooms of Apps and secrets, with what waits in each. */
export const RoomLinks = memo(function RoomLinks({ here }: { here: (typeof ROOMS)[number]["to"] }) {
  const styles = useStyles();
  const findings = useAnswer("findings", {
    rule: null,
    appId: null,
    text: "",
    ignored: false,
    offset: 0,
    limit: 1,
  });
  const rotations = useAnswer("rotations", null);
  const waiting = rotations.data?.filter(({ state }) => state !== "done" && state !== "undone").length;
  const counts: Record<string, number | undefined> = {
    "/attention": findings.data?.total,
    "/rotations": waiting,
  };
  return (
    <nav aria-label={t("inventory.parts")}>
      <ul className={styles.list}>
        {ROOMS.map(({ to, words }) => (
          <li key={to}>
            <Link
              to={to}
              className={mergeClasses(styles.link, to === here && styles.here)}
              activeProps={{ "aria-current": undefined }}
              {...(to === here ? { "aria-current": "page" as const } : {})}
            >
              {t(words)}
              {(counts[to] ?? 0) > 0 && <span className={styles.count}>{digits(counts[to] ?? 0)}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
});
