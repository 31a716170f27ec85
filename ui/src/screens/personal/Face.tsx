import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  root: {
    width: "48px",
    height: "48px",
    flexShrink: 0,
    borderRadius: tokens.borderRadiusCircular,
    display: "flex",
    alignItems: "center",
    justifyContent: "center",
    overflow: "hidden",
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    "@media (forced-colors: active)": { border: "1px solid" },
  },
  picture: { objectFit: "cover" },
});

/** First letters of the first and the last word of a name. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /^\p{L}/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...(word ?? "")][0]?.toUpperCase() ?? "").join("");
}

/** A person's picture; the initials where there is none. The name stands beside it in words. */
export function Face({ name, picture }: { name: string; picture: string | null }) {
  const styles = useStyles();
  if (picture !== null)
    return <img className={mergeClasses(styles.root, styles.picture)} src={picture} alt="" />;
  return (
    <span className={styles.root} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
