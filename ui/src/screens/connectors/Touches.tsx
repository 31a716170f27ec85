import { makeStyles, tokens } from "@fluentui/react-components";
import { t } from "../../words";

const useStyles = makeStyles({
  root: { display: "flex", flexWrap: "wrap", gap: "4px", margin: 0, padding: 0 },
  thing: {
    padding: "0 8px",
    lineHeight: "20px",
    fontSize: tokens.fontSizeBase200,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground3,
    "@media (forced-colors: active)": { border: "1px solid" },
  },
  hidden: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
});

/** What a connector touches, as labels; read out as one sentence. */
export function Touches({ things }: { things: string[] }) {
  const styles = useStyles();
  if (things.length === 0) return null;
  return (
    <div className={styles.root}>
      <span className={styles.hidden}>{t("connectors.touches", { things: things.join(", ") })}</span>
      {things.map((thing) => (
        <span className={styles.thing} key={thing} aria-hidden="true">
          {thing}
        </span>
      ))}
    </div>
  );
}
