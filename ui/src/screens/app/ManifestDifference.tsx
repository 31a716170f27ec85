import { makeStyles } from "@fluentui/react-components";
import { PanelList, PanelRow } from "../../components/Panel";
import { PermissionRow } from "../../components/PermissionRow";
import { Section } from "../../components/Section";
import { StateWord, type Tone } from "../../components/StateWord";
import type { ManifestReview, PermissionWords } from "../../contract/types";
import { t, type WordKey } from "../../words";

const useStyles = makeStyles({
  row: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0, flexGrow: 1 },
});

interface Line {
  permission: PermissionWords;
  tone: Tone;
  words: WordKey;
}

/** Every permission of both sides, and what becomes of it. */
function lines({ entries, onlyThere }: ManifestReview, replace: boolean): Line[] {
  const fromText = entries.map(({ permission, known, already }): Line => {
    if (already === true) return { permission, tone: "good", words: "manifest.already" };
    return known
      ? { permission, tone: "info", words: "manifest.new" }
      : { permission, tone: "warn", words: "manifest.unknown" };
  });
  const fromThere = onlyThere.map(
    (permission): Line =>
      replace
        ? { permission, tone: "bad", words: "manifest.removed" }
        : { permission, tone: "good", words: "manifest.kept" },
  );
  return [...fromText, ...fromThere];
}

/** What the text and the registration have in common, and what not. */
export function ManifestDifference({ review, replace }: { review: ManifestReview; replace: boolean }) {
  const styles = useStyles();
  return (
    <Section title={t("manifest.difference")} sentence={review.sentence}>
      <PanelList label={t("manifest.difference")}>
        {lines(review, replace).map(({ permission, tone, words }) => (
          <PanelRow key={permission.key}>
            <div className={styles.row}>
              <StateWord tone={tone}>{t(words)}</StateWord>
              <PermissionRow permission={permission} />
            </div>
          </PanelRow>
        ))}
      </PanelList>
    </Section>
  );
}
