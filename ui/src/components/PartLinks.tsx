import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexWrap: "wrap",
    gap: "4px",
    listStyleType: "none",
    margin: "0 0 0 -12px",
    padding: 0,
  },
  part: {
    display: "block",
    position: "relative",
    padding: "8px 12px",
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: "none",
    ":hover": { color: tokens.colorNeutralForeground1, backgroundColor: tokens.colorNeutralBackground3 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  pill: { padding: "4px 12px", borderRadius: tokens.borderRadiusCircular },
  pillHere: {
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground4,
    fontWeight: tokens.fontWeightSemibold,
    "@media (forced-colors: active)": { outline: "1px solid Highlight" },
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
});

/** The ways between the parts of a page. Each part stands in the address, so they are links. */
export function PartLinks<P extends string>(props: {
  label: string;
  parts: readonly { part: P; words: string }[];
  here: P;
  /** Below other links of this kind: drawn as pills, so that the two are told apart. */
  pills?: boolean;
}) {
  const styles = useStyles();
  return (
    <nav aria-label={props.label}>
      <ul className={styles.list}>
        {props.parts.map(({ part, words }) => {
          const here = part === props.here;
          return (
            <li key={part}>
              <Link
                to="."
                hash={part}
                replace
                resetScroll={false}
                hashScrollIntoView={false}
                className={mergeClasses(
                  styles.part,
                  props.pills && styles.pill,
                  here && (props.pills ? styles.pillHere : styles.here),
                )}
                activeProps={{ "aria-current": undefined }}
                {...(here ? { "aria-current": "true" as const } : {})}
              >
                {words}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
