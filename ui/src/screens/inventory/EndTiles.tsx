import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { FacetCount } from "../../contract/types";
import { t } from "../../words";
import { digits } from "../../words/numbers";
import { facetWord } from "./facetWords";
import { isChosen, toggled, type View } from "./view";

const useStyles = makeStyles({
  root: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(88px, 1fr))",
    gap: "8px",
    margin: 0,
    padding: 0,
    listStyleType: "none",
    "@media (max-width: 639px)": { gridTemplateColumns: "repeat(4, minmax(0, 1fr))" },
  },
  tile: {
    width: "100%",
    height: "100%",
    boxSizing: "border-box",
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    padding: "8px 12px",
    font: "inherit",
    textAlign: "start",
    cursor: "pointer",
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    ":hover": { backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "1px" },
    "@media (max-width: 639px)": { padding: "6px" },
  },
  chosen: {
    border: `1px solid ${tokens.colorCompoundBrandStroke}`,
    boxShadow: `inset 0 0 0 1px ${tokens.colorCompoundBrandStroke}`,
    backgroundColor: tokens.colorNeutralBackground3,
    "@media (forced-colors: active)": { outline: "2px solid Highlight" },
  },
  number: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
    // Five digits fit into a tile of a phone's width.
    "@media (max-width: 639px)": { fontSize: tokens.fontSizeBase400 },
  },
  empty: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  pressing: { color: tokens.colorStatusDangerForeground1 },
  soon: { color: tokens.colorStatusWarningForeground1 },
  word: { order: 1, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

const VALUES = ["expired", "7", "30", "90", "later", "noEnd", "none"] as const;

/** When things end, at a glance: each number narrows the list to those apps. */
export function EndTiles(props: { facets: FacetCount[]; view: View; onChange: (view: View) => void }) {
  const styles = useStyles();
  const tones: Partial<Record<(typeof VALUES)[number], string>> = {
    expired: styles.pressing,
    "7": styles.pressing,
    "30": styles.soon,
  };
  return (
    <ul className={styles.root} aria-label={t("facet.ends")}>
      {VALUES.map((value) => {
        const which = { facet: "ends", value } as const;
        const count =
          props.facets.find((each) => each.value.facet === "ends" && each.value.value === value)?.count ?? 0;
        const chosen = isChosen(props.view, which);
        const words = facetWord(which);
        return (
          <li key={value}>
            <button
              type="button"
              className={mergeClasses(styles.tile, chosen && styles.chosen)}
              aria-pressed={chosen}
              onClick={() => props.onChange(toggled(props.view, which))}
            >
              {/* Said first, though it stands below the number. */}
              <span className={styles.word}>{words}</span>{" "}
              <span className={mergeClasses(styles.number, count === 0 ? styles.empty : tones[value])}>
                {digits(count)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
