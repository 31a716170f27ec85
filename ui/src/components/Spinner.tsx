import { makeStyles, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  root: {
    display: "inline-block",
    flexShrink: 0,
    boxSizing: "border-box",
    width: "20px",
    height: "20px",
    borderRadius: "50%",
    border: `3px solid ${tokens.colorBrandStroke2}`,
    borderTopColor: tokens.colorCompoundBrandStroke,
    animationName: { from: { transform: "rotate(0deg)" }, to: { transform: "rotate(360deg)" } },
    animationDuration: "1.2s",
    animationTimingFunction: "linear",
    animationIterationCount: "infinite",
    "@media (prefers-reduced-motion: reduce)": {
      animationName: { from: { opacity: 1 }, to: { opacity: 0.4 } },
      animationDuration: "2s",
      animationDirection: "alternate",
    },
  },
});

/** Something is under way. Always beside words that say what; a screen reader hears only those. */
export function Spinner() {
  return <span className={useStyles().root} aria-hidden="true" />;
}
