import { makeStyles, tokens } from "@fluentui/react-components";
import { OutsideLink } from "../../../components/OutsideLink";
import { PanelList, PanelRow } from "../../../components/Panel";
import { Section } from "../../../components/Section";
import type { Leftover } from "../../../contract/types";
import { t } from "../../../words";

const useStyles = makeStyles({
  root: { display: "flex", flexDirection: "column", gap: "4px", alignItems: "flex-start", minWidth: 0 },
  what: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  way: { margin: 0, color: tokens.colorNeutralForeground2 },
  link: { marginTop: "8px" },
});

/** What still stands at Microsoft, and for each how it goes away. */
export function Leftovers(props: { title: string; sentence?: string; leftovers: Leftover[] }) {
  if (props.leftovers.length === 0) return null;
  return (
    <Section title={props.title} {...(props.sentence === undefined ? {} : { sentence: props.sentence })}>
      <LeftoverList title={props.title} leftovers={props.leftovers} />
    </Section>
  );
}

/** The list alone, for a place that has its own heading. */
export function LeftoverList({ title, leftovers }: { title: string; leftovers: Leftover[] }) {
  const styles = useStyles();
  return (
    <PanelList label={title}>
      {leftovers.map(({ sentence, way, link }) => (
        <PanelRow key={sentence}>
          <div className={styles.root}>
            <p className={styles.what}>{sentence}</p>
            <p className={styles.way}>{way}</p>
            {link !== null && (
              <div className={styles.link}>
                <OutsideLink url={link} label={`${t("personalPage.page")}: ${sentence}`}>
                  {t("personalPage.page")}
                </OutsideLink>
              </div>
            )}
          </div>
        </PanelRow>
      ))}
    </PanelList>
  );
}
