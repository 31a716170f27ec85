import { Checkbox, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
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

/** What a person does elsewhere before the first change. The ticks are for the person; nothing waits for them. */
export function Before({ followUps, labelledBy }: { followUps: FollowUp[]; labelledBy: string }) {
  const styles = useStyles();
  const [ticked, setTicked] = useState<string[]>([]);
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
              checked={ticked.includes(each.id)}
              label={each.tick}
              onChange={(_, { checked }) =>
                setTicked(checked === true ? [...ticked, each.id] : ticked.filter((tick) => tick !== each.id))
              }
            />
          </li>
        ))}
      </ul>
    </Group>
  );
}
