import { makeStyles, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { StateWord } from "../../components/StateWord";
import type { PersonalConnection } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";
import { placed } from "./places";
import { STATE_TONES } from "./states";
import { Who } from "./Who";

const useStyles = makeStyles({
  root: {
    display: "flex",
    flexDirection: "column",
    gap: "16px",
    height: "100%",
    padding: "20px",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    position: "relative",
    overflowWrap: "anywhere",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
    ":active": { backgroundColor: tokens.colorNeutralBackground1Pressed },
    "@media (max-width: 639px)": { padding: "16px" },
  },
  // The whole card is the link's; what is read is the heading.
  link: {
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    "::after": { content: '""', position: "absolute", inset: 0, borderRadius: tokens.borderRadiusLarge },
    ":focus-visible": { outlineStyle: "none" },
    ":focus-visible::after": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "2px" },
  },
  product: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  features: { margin: 0, paddingInlineStart: "20px", flexGrow: 1, listStyleType: "disc" },
  foot: { display: "flex", flexDirection: "column", gap: "4px" },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** A connection among others: which product, whose account, what for, and whether it works. The whole card leads to it. */
export function ConnectionCard({ connection }: { connection: PersonalConnection }) {
  const styles = useStyles();
  const now = useNow();
  const { product, name, tenantName, state, checkedAt } = connection;
  return (
    <article className={styles.root}>
      <h3 className={styles.product}>
        <Link
          className={styles.link}
          {...placed("connection", connection.id)}
          aria-label={t("personal.openOf", { product, name, organisation: tenantName })}
        >
          {product}
        </Link>
      </h3>
      <Who connection={connection} />
      <ul className={styles.features}>
        {connection.features.map((feature) => (
          <li key={feature}>{t(`personalFeature.${feature}`)}</li>
        ))}
      </ul>
      <div className={styles.foot}>
        <StateWord tone={STATE_TONES[state.kind]}>{t(`personalState.${state.kind}`)}</StateWord>
        <span className={styles.quiet}>
          {checkedAt === null
            ? t("personal.neverChecked")
            : t("personal.checked", { when: ago(checkedAt, now) })}
        </span>
      </div>
    </article>
  );
}
