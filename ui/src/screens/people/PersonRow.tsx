import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo, type Ref } from "react";
import { StateWord } from "../../components/StateWord";
import type { ConnectedPerson } from "../../contract/types";
import { t } from "../../words";
import { Allowed } from "./Allowed";

const useStyles = makeStyles({
  row: {
    position: "absolute",
    top: 0,
    insetInline: 0,
    boxSizing: "border-box",
    display: "grid",
    gridTemplateColumns: "44px minmax(180px, 2fr) minmax(0, 3fr)",
    alignItems: "start",
    padding: "12px 16px 12px 0",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    "@media (max-width: 639px)": { gridTemplateColumns: "40px minmax(0, 1fr)", rowGap: "8px" },
  },
  last: { borderBottomStyle: "none" },
  chosen: {
    backgroundColor: tokens.colorNeutralBackground3,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    "@media (forced-colors: active)": { outline: "1px dashed Highlight", outlineOffset: "-3px" },
  },
  check: { display: "flex", justifyContent: "center", minHeight: "24px", alignItems: "center" },
  box: {
    width: "18px",
    height: "18px",
    margin: 0,
    cursor: "pointer",
    accentColor: tokens.colorBrandBackground,
  },
  who: { minWidth: 0, paddingInlineEnd: "16px", overflowWrap: "anywhere" },
  name: { fontWeight: tokens.fontWeightSemibold, unicodeBidi: "plaintext", textAlign: "start" },
  upn: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  state: { fontSize: tokens.fontSizeBase200 },
  what: { minWidth: 0, "@media (max-width: 639px)": { gridColumnStart: 2 } },
});

interface RowProps {
  person: ConnectedPerson;
  index: number;
  count: number;
  start: number;
  chosen: boolean;
  names: boolean;
  measure: Ref<HTMLLIElement>;
  onChoose: (id: string) => void;
}

/** A person, how the account stands, and what the person allowed. */
export const PersonRow = memo(function PersonRow(props: RowProps) {
  const styles = useStyles();
  const { person, index, count, chosen } = props;
  return (
    <li
      ref={props.measure}
      data-index={index}
      className={mergeClasses(styles.row, index === count - 1 && styles.last, chosen && styles.chosen)}
      style={{ transform: `translateY(${props.start}px)` }}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <span className={styles.check}>
        <input
          type="checkbox"
          className={styles.box}
          checked={chosen}
          aria-label={t("connected.choose", { name: person.name })}
          onChange={() => props.onChoose(person.id)}
        />
      </span>
      <div className={styles.who}>
        {person.upn === null ? (
          <StateWord tone="no">{t("connected.gone")}</StateWord>
        ) : (
          <div className={styles.name}>{person.name}</div>
        )}
        <div className={styles.upn} dir="ltr">
          {person.upn ?? person.id}
        </div>
        {person.upn !== null && person.enabled === false && (
          <span className={styles.state}>
            <StateWord tone="warn">{t("connected.off")}</StateWord>
          </span>
        )}
      </div>
      <div className={styles.what}>
        <Allowed
          grant={person.grant}
          label={t("connected.allowed", { name: person.name })}
          names={props.names}
        />
      </div>
    </li>
  );
});
