import { makeStyles, tokens } from "@fluentui/react-components";
import { t } from "../words";

const useStyles = makeStyles({
  root: {
    width: "100%",
    maxWidth: "944px",
    marginInline: "auto",
    padding: "32px",
    boxSizing: "border-box",
    "@media (max-width: 639px)": { padding: "20px 16px" },
    "& div": {
      height: "56px",
      marginTop: "16px",
      borderRadius: tokens.borderRadiusLarge,
      backgroundColor: tokens.colorNeutralBackground3,
    },
    "& div:first-child": { height: "28px", width: "50%", margin: "4px 0 0" },
    "& div:nth-child(2)": { height: "16px", width: "75%", margin: "16px 0 32px" },
  },
  words: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
});

/** The shape of a screen whose code or first answer is still on its way, so that the window is never blank. */
export function Skeleton() {
  const styles = useStyles();
  return (
    <div className={styles.root} role="status">
      <div />
      <div />
      <div />
      <div />
      <span className={styles.words}>{t("shell.loading")}</span>
    </div>
  );
}
