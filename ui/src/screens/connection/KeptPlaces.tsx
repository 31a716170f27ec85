import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef, useState } from "react";
import { useCommand } from "../../backend/queries";
import { announce } from "../../components/announce";
import { ErrorNote } from "../../components/ErrorNote";
import { PanelList, PanelRow } from "../../components/Panel";
import { Section } from "../../components/Section";
import { StateWord } from "../../components/StateWord";
import type { ConnectedRegistration, ConnectionView } from "../../contract/types";
import { t } from "../../words";
import { looksLikeSecret } from "./looksLikeSecret";
import { rememberConnection } from "./rememberConnection";

const useStyles = makeStyles({
  form: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) auto",
    gap: "8px",
    alignItems: "start",
    flexGrow: 1,
    minWidth: 0,
    "@media (max-width: 639px)": { gridTemplateColumns: "minmax(0, 1fr)", justifyItems: "start" },
  },
  field: { width: "100%" },
  // Level with the input, which stands under its label.
  save: { marginTop: "26px", "@media (max-width: 639px)": { marginTop: 0 } },
  kept: {
    display: "flex",
    flexWrap: "wrap",
    gap: "8px 16px",
    alignItems: "center",
    flexGrow: 1,
    minWidth: 0,
  },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  name: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** Where did you keep it? One answer for each secret. */
export function KeptPlaces({ connection }: { connection: ConnectionView }) {
  const secrets = connection.registrations.filter((registration) => registration.secret !== null);
  if (secrets.length === 0) return null;
  return (
    <Section title={t("connection.keptTitle")} sentence={t("connection.keptSentence")}>
      <PanelList label={t("connection.keptTitle")}>
        {secrets.map((registration) => (
          <PanelRow key={registration.key}>
            <Place connectionId={connection.summary.id} registration={registration} />
          </PanelRow>
        ))}
      </PanelList>
    </Section>
  );
}

function Place(props: { connectionId: string; registration: ConnectedRegistration }) {
  const styles = useStyles();
  const { registration } = props;
  const known = registration.secret?.keptAt ?? null;
  const [changing, setChanging] = useState(false);
  const [place, setPlace] = useState(known ?? "");
  const [refused, setRefused] = useState(false);
  const [justSaved, setJustSaved] = useState(false);
  const kept = useRef<HTMLDivElement>(null);
  // The form goes away when its place is saved; the focus stays here.
  useEffect(() => {
    if (justSaved) kept.current?.querySelector("button")?.focus();
  }, [justSaved]);
  const save = useCommand("secret_kept_at", (connection, client) => {
    rememberConnection(connection, client);
    setChanging(false);
    setJustSaved(true);
    announce(t("connection.keptSaved"));
  });
  const submit = () => {
    const words = place.trim();
    setRefused(looksLikeSecret(words));
    if (words === "" || looksLikeSecret(words)) return;
    save.mutate({ connectionId: props.connectionId, registration: registration.key, place: words });
  };
  if (known !== null && !changing) {
    return (
      <div className={styles.kept} ref={kept}>
        <div className={styles.words}>
          <p className={styles.name}>{registration.name}</p>
          <StateWord tone="good">{t("connection.secretKept", { place: known })}</StateWord>
        </div>
        <Button
          size="small"
          onClick={() => {
            setChanging(true);
            setJustSaved(false);
          }}
        >
          {t("connection.keptChange")}
        </Button>
      </div>
    );
  }
  return (
    <form
      noValidate
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field
        className={styles.field}
        label={t("connection.keptLabel", { name: registration.name })}
        hint={t("connection.keptExample")}
        validationState={refused ? "error" : "none"}
        validationMessage={refused ? t("connection.keptLooksSecret") : null}
      >
        <Input autoComplete="off" value={place} onChange={(_, { value }) => setPlace(value)} />
      </Field>
      <Button className={styles.save} type="submit" disabled={save.isPending || place.trim() === ""}>
        {t("connection.keptSave")}
      </Button>
      {save.error && <ErrorNote error={save.error} actions={{ tryAgain: submit }} />}
    </form>
  );
}
