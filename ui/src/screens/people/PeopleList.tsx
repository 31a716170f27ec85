import { makeStyles, tokens } from "@fluentui/react-components";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { useListMargin } from "../../components/useListMargin";
import type { ConnectedPerson } from "../../contract/types";
import { t } from "../../words";
import { PersonRow } from "./PersonRow";

/** About the height of a row with two permissions; each is measured once it is drawn. */
const ROW = 72;

const useStyles = makeStyles({
  frame: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    overflow: "hidden",
  },
  list: { position: "relative", margin: 0, padding: 0, listStyleType: "none" },
});

/** Everybody of a list, however many: only the rows in view are drawn. */
export function PeopleList(props: {
  people: readonly ConnectedPerson[];
  chosen: ReadonlySet<string>;
  names: boolean;
  onChoose: (id: string) => void;
}) {
  const styles = useStyles();
  const { people } = props;
  const list = useRef<HTMLUListElement>(null);
  const margin = useListMargin(list, "[data-people]");
  const rows = useVirtualizer({
    count: people.length,
    getScrollElement: () => document.getElementById("main"),
    getItemKey: (index) => people[index]?.id ?? index,
    estimateSize: () => ROW,
    overscan: 4,
    scrollMargin: margin,
  });
  return (
    <div className={styles.frame} data-people>
      <ul
        ref={list}
        className={styles.list}
        aria-label={t("connected.list")}
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, start }) => {
          const person = people[index];
          return (
            person && (
              <PersonRow
                key={person.id}
                person={person}
                index={index}
                count={people.length}
                start={start - margin}
                chosen={props.chosen.has(person.id)}
                names={props.names}
                measure={rows.measureElement}
                onChoose={props.onChoose}
              />
            )
          );
        })}
      </ul>
    </div>
  );
}
