import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import type { FindingGap } from "../../contract/types";
import { t } from "../../words";
import { useRemedy } from "./useRemedy";

const useStyles = makeStyles({
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  remedy: { margin: "8px 0 0" },
  button: { flexShrink: 0, alignSelf: "flex-start" },
});

/** What could not be looked at, and why: that nothing was found there does not mean that all is well. */
export function Gaps({ gaps }: { gaps: FindingGap[] }) {
  const styles = useStyles();
  const go = useRemedy();
  if (gaps.length === 0) return null;
  return (
    <Section title={t("gaps.title")} sentence={t("gaps.sentence")}>
      <PanelList label={t("gaps.title")}>
        {gaps.map(({ sentence, apps, rules, remedy }) => {
          const action = remedy?.action ?? null;
          return (
            <PanelRow key={sentence}>
              <div className={styles.words}>
                <p className={styles.title}>{sentence}</p>
                <p className={styles.quiet}>
                  {t("gaps.about", { apps, rules: rules.map((rule) => `“${rule}”`).join(", ") })}
                </p>
                {remedy !== null && <p className={styles.remedy}>{remedy.sentence}</p>}
              </div>
              {action !== null && remedy !== null && remedy.button !== null && (
                <Button
                  className={styles.button}
                  aria-label={`${remedy.button}: ${sentence}`}
                  onClick={() => go(action)}
                >
                  {remedy.button}
                </Button>
              )}
            </PanelRow>
          );
        })}
      </PanelList>
    </Section>
  );
}
