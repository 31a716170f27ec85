import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAnswer } from "../../backend/queries";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { PanelList, PanelRow } from "../../components/Panel";
import { Screen } from "../../components/Screen";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import { Waiting } from "../../components/Waiting";
import type { RotationView } from "../../contract/types";
import { t } from "../../words";
import { RoomLinks } from "../inventory/RoomLinks";
import { SecretMatchDialog } from "./SecretMatchDialog";
import { STATES, waitsFor } from "./states";
import { rotationTitle } from "./titles";

const useStyles = makeStyles({
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase400 },
  next: { margin: 0, color: tokens.colorNeutralForeground2 },
  state: { fontSize: tokens.fontSizeBase200 },
});

const GROUPS = ["yours", "watched", "past"] as const;

/** Everything that is being renewed, whose turn it is first. */
export function RotationsScreen() {
  const navigate = useNavigate();
  const rotations = useAnswer("rotations", null);
  const [matching, setMatching] = useState(false);
  return (
    <Screen
      wide
      title={t("rotations.title")}
      sentence={t("rotations.sentence")}
      secondary={<Button onClick={() => setMatching(true)}>{t("secrets.which")}</Button>}
    >
      <RoomLinks here="/rotations" />
      {rotations.isPending && <Waiting words={t("rotations.looking")} />}
      {rotations.error && (
        <ErrorNote error={rotations.error} actions={{ tryAgain: () => void rotations.refetch() }} />
      )}
      {rotations.data?.length === 0 && (
        <EmptyState
          title={t("rotations.emptyTitle")}
          sentence={t("rotations.emptySentence")}
          action={
            <Button appearance="primary" onClick={() => void navigate({ to: "/apps" })}>
              {t("rotations.emptyButton")}
            </Button>
          }
        />
      )}
      {GROUPS.map((group) => {
        const those = rotations.data?.filter((each) => waitsFor(each) === group) ?? [];
        return (
          those.length > 0 && (
            <Section key={group} title={t(`rotations.${group}`)}>
              <PanelList label={t(`rotations.${group}`)}>
                {those.map((rotation) => (
                  <PanelRow key={rotation.id}>
                    <Row rotation={rotation} />
                  </PanelRow>
                ))}
              </PanelList>
            </Section>
          )
        );
      })}
      {matching && <SecretMatchDialog appId={null} onClose={() => setMatching(false)} />}
    </Screen>
  );
}

function Row({ rotation }: { rotation: RotationView }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [tone, word] = STATES[rotation.state];
  const words = t(waitsFor(rotation) === "yours" ? "rotations.open" : "rotations.look");
  return (
    <>
      <div className={styles.words}>
        <div className={styles.state}>
          <StateWord tone={tone}>{t(word)}</StateWord>
        </div>
        <p className={styles.title}>{rotationTitle(rotation)}</p>
        <p className={styles.next}>{rotation.next}</p>
      </div>
      <Button
        aria-label={t("rotations.openLabel", { words, name: rotation.appName })}
        onClick={() => void navigate({ to: "/rotations/$rotationId", params: { rotationId: rotation.id } })}
      >
        {words}
      </Button>
    </>
  );
}
