import { Button, makeStyles, Radio, RadioGroup, Textarea, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { FileProblems } from "../../components/FileProblems";
import { OpenFile } from "../../components/OpenFile";
import { RadioWords } from "../../components/RadioWords";
import { Section } from "../../components/Section";
import { Waiting } from "../../components/Waiting";
import { t } from "../../words";
import { ManifestDifference } from "./ManifestDifference";
import { NameCheck } from "./NameCheck";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "8px", alignItems: "flex-start" },
  text: { width: "100%", "& textarea": { fontFamily: tokens.fontFamilyMonospace } },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
  end: { display: "flex", flexDirection: "column", gap: "12px", alignItems: "flex-start" },
  line: { margin: 0 },
});

/** A part of a manifest from a vendor's guide: names for its ids, what would change, and merging it in. */
export function ManifestPart({ appId }: { appId: string }) {
  const styles = useStyles();
  const id = useId();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [replace, setReplace] = useState(false);
  const review = useCommand("manifest_review");
  const look = (wanted: string) => review.mutate({ appId, text: wanted });
  const take = (read: string) => {
    setText(read);
    look(read);
  };
  const found = review.data;
  return (
    <>
      <Section title={t("manifest.title")} sentence={t("manifest.sentence")}>
        <div className={styles.form}>
          <span id={id}>{t("manifest.label")}</span>
          <Textarea
            className={styles.text}
            aria-labelledby={id}
            rows={7}
            resize="vertical"
            spellCheck={false}
            value={text}
            placeholder={'"requiredResourceAccess": [ … ]'}
            onChange={(_, { value }) => {
              setText(value);
              review.reset();
            }}
          />
          <div className={styles.buttons}>
            <Button
              appearance={found ? "secondary" : "primary"}
              disabledFocusable={text.trim() === "" || review.isPending}
              onClick={() => look(text)}
            >
              {t("manifest.look")}
            </Button>
            <OpenFile words={t("manifest.file")} accept=".json,.txt,application/json" onText={take} />
          </div>
        </div>
      </Section>
      {review.isPending && <Waiting words={t("manifest.looking")} />}
      {review.error && <ErrorNote error={review.error} actions={{ tryAgain: () => look(text) }} />}
      {found && <FileProblems problems={found.problems} />}
      {found && found.entries.length > 0 && (
        <>
          <ManifestDifference review={found} replace={replace} />
          <div className={styles.end}>
            {found.onlyThere.length > 0 && (
              <RadioGroup
                aria-label={t("manifest.how")}
                value={replace ? "replace" : "merge"}
                onChange={(_, { value }) => setReplace(value === "replace")}
              >
                <Radio
                  value="merge"
                  label={<RadioWords title={t("manifest.merge")} hint={t("manifest.mergeHint")} />}
                />
                <Radio
                  value="replace"
                  label={
                    <RadioWords
                      title={t("manifest.replace")}
                      hint={t("manifest.replaceHint", { count: found.onlyThere.length })}
                    />
                  }
                />
              </RadioGroup>
            )}
            <Button
              appearance="primary"
              onClick={() =>
                void navigate({
                  to: "/plan",
                  search: { request: { kind: "mergePermissions", appId, text, replace } },
                })
              }
            >
              {t("wizard.seePlan")}
            </Button>
          </div>
        </>
      )}
      <NameCheck />
    </>
  );
}
