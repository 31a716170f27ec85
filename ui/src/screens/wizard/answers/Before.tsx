import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { OutsideLink } from "../../../components/OutsideLink";
import type { FollowUp } from "../../../contract/types";
import { t } from "../../../words";
import { Group } from "./Group";

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexDirection: "column",
    gap: "20px",
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  item: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "4px" },
  line: { margin: 0 },
  place: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What a person does elsewhere before the first change. The ticks are kept for the person; nothing waits for them. */
export function Before(props: {
  followUps: FollowUp[];
  /** Ids of those that are done. */
  ticks: string[];
  labelledBy: string;
  onTick: (id: string, done: boolean) => void;
}) {
  const styles = useStyles();
  const { followUps, labelledBy, ticks } = props;
  return (
    <Group labelledBy={labelledBy}>
      <ul className={styles.list}>
        {followUps.map((each) => (
          <li key={each.id} className={styles.item}>
            <p className={styles.line}>{each.sentence}</p>
            {each.place.length > 0 && (
              <p className={styles.place}>{t("connection.place", { place: each.place.join(" › ") })}</p>
            )}
            {each.url !== null && <OutsideLink url={each.url}>{t("connection.followUpPage")}</OutsideLink>}
            <Checkbox
              checked={ticks.includes(each.id)}
              label={each.tick}
              onChange={(_, { checked }) => props.onTick(each.id, checked === true)}
            />
          </li>
        ))}
      </ul>
    </Group>
  );
}
