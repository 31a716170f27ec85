import {
  Button,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Switch,
  tokens,
} from "@fluentui/react-components";
import { type ReactNode, useState } from "react";
import { keyOf, useCommand } from "../../backend/queries";
import { ErrorNote } from "../../components/ErrorNote";
import { PanelList, PanelRow } from "../../components/Panel";
import type { ChannelState, ReminderChannel, ReminderSettings, RemindersView } from "../../contract/types";
import { t } from "../../words";
import { ago } from "../../words/dates";
import { useNow } from "../../words/useNow";

const useStyles = makeStyles({
  row: { display: "flex", flexDirection: "column", gap: "4px", width: "100%", minWidth: 0 },
  quiet: {
    margin: "-4px 0 4px 60px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
  },
  more: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    gap: "8px",
    margin: "4px 0 4px 60px",
    maxWidth: "480px",
    "& > *": { width: "100%" },
    "@media (max-width: 639px)": { marginInlineStart: 0 },
  },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

/** The ways for a reminder to reach somebody, each with how it stands. */
export function Channels(props: { view: RemindersView; onChange: (settings: ReminderSettings) => void }) {
  const { settings, channels } = props.view;
  const change = (part: Partial<ReminderSettings>) => props.onChange({ ...settings, ...part });
  const stateOf = (channel: ReminderChannel) => channels.find((each) => each.channel === channel);
  const [wantsAddress, setWantsAddress] = useState(false);
  const [wantsFile, setWantsFile] = useState(false);
  return (
    <PanelList label={t("reminders.where")}>
      <Way
        words={t("reminders.desktop")}
        state={stateOf("desktop")}
        on={settings.notifications}
        onSwitch={(notifications) => change({ notifications })}
      />
      <Way
        words={t("reminders.schedule")}
        state={stateOf("schedule")}
        on={settings.scheduled}
        onSwitch={(scheduled) => change({ scheduled })}
      />
      <Way
        words={t("reminders.tray")}
        state={stateOf("tray")}
        on={settings.tray}
        onSwitch={(tray) => change({ tray })}
      />
      <Way
        words={t("reminders.autostart")}
        on={settings.autostart}
        onSwitch={(autostart) => change({ autostart })}
      />
      <Way
        words={t("reminders.calendar")}
        state={stateOf("calendar")}
        on={settings.calendar.kind !== "off"}
        onSwitch={(on) => change({ calendar: { kind: on ? "mine" : "off" } })}
      >
        {settings.calendar.kind !== "off" && (
          <CalendarChoice calendar={settings.calendar} onChange={(calendar) => change({ calendar })} />
        )}
      </Way>
      <Way
        words={t("reminders.webhook")}
        state={stateOf("webhook")}
        on={settings.webhook || wantsAddress}
        onSwitch={(on) => {
          setWantsAddress(on);
          if (!on && settings.webhook) change({ webhook: false });
        }}
      >
        {(settings.webhook || wantsAddress) && <Address kept={settings.webhook} />}
      </Way>
      <Way
        words={t("reminders.metrics")}
        state={stateOf("metrics")}
        on={settings.metricsFile !== null || wantsFile}
        onSwitch={(on) => {
          setWantsFile(on);
          if (!on && settings.metricsFile !== null) change({ metricsFile: null });
        }}
      >
        {(settings.metricsFile !== null || wantsFile) && (
          <MetricsFile path={settings.metricsFile} onChange={(metricsFile) => change({ metricsFile })} />
        )}
      </Way>
    </PanelList>
  );
}

function Way(props: {
  words: string;
  state?: ChannelState | undefined;
  on: boolean;
  onSwitch: (on: boolean) => void;
  children?: ReactNode;
}) {
  const styles = useStyles();
  const now = useNow();
  const { state } = props;
  return (
    <PanelRow>
      <div className={styles.row}>
        <Switch
          checked={props.on}
          disabled={state !== undefined && !state.available && !props.on}
          label={props.words}
          onChange={(_, { checked }) => props.onSwitch(checked)}
        />
        {state !== undefined && (
          <p className={styles.quiet}>
            {state.sentence}
            {state.lastAt !== null && ` ${t("reminders.last", { when: ago(state.lastAt, now) })}`}
          </p>
        )}
        {state?.error != null && <ErrorNote error={state.error} />}
        {props.children && <div className={styles.more}>{props.children}</div>}
      </div>
    </PanelRow>
  );
}

function CalendarChoice(props: {
  calendar: ReminderSettings["calendar"];
  onChange: (calendar: ReminderSettings["calendar"]) => void;
}) {
  const { calendar, onChange } = props;
  const [shared, setShared] = useState(calendar.kind === "shared");
  const [address, setAddress] = useState(calendar.kind === "shared" ? calendar.address : "");
  const usable = /^\S+@\S+\.\S+$/.test(address.trim());
  const differs = calendar.kind !== "shared" || calendar.address !== address.trim();
  return (
    <>
      <Field label={t("reminders.whose")}>
        <RadioGroup
          layout="horizontal"
          value={shared ? "shared" : "mine"}
          onChange={(_, { value }) => {
            setShared(value === "shared");
            if (value === "mine") onChange({ kind: "mine" });
          }}
        >
          <Radio value="mine" label={t("reminders.mine")} />
          <Radio value="shared" label={t("reminders.shared")} />
        </RadioGroup>
      </Field>
      {shared && (
        <>
          <Field label={t("reminders.sharedAddress")}>
            <Input
              type="email"
              dir="ltr"
              autoComplete="off"
              value={address}
              onChange={(_, { value }) => setAddress(value)}
            />
          </Field>
          {differs && (
            <div>
              <Button
                disabledFocusable={!usable}
                onClick={() => onChange({ kind: "shared", address: address.trim() })}
              >
                {t("reminders.sharedSave")}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

/** The address for messages. The page forgets it as soon as it is handed over, and never sees a kept one. */
function Address({ kept }: { kept: boolean }) {
  const styles = useStyles();
  const [url, setUrl] = useState("");
  const keep = useCommand("reminder_webhook_set", (view, client) => {
    setUrl("");
    client.setQueryData(keyOf("reminders", null), view);
  });
  return (
    <>
      <Field label={t("reminders.address")} hint={t("reminders.addressHint")}>
        <Input
          type="password"
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          placeholder={kept ? t("reminders.addressKept") : ""}
          value={url}
          onChange={(_, { value }) => setUrl(value)}
        />
      </Field>
      <div className={styles.buttons}>
        <Button
          disabledFocusable={url.trim() === "" || keep.isPending}
          onClick={() => keep.mutate({ url: url.trim() })}
        >
          {t("reminders.addressSave")}
        </Button>
        {kept && (
          <Button appearance="subtle" onClick={() => keep.mutate({ url: "" })}>
            {t("reminders.addressForget")}
          </Button>
        )}
      </div>
      {keep.error && <ErrorNote error={keep.error} actions={{ changeAnswers: keep.reset }} />}
    </>
  );
}

function MetricsFile({ path, onChange }: { path: string | null; onChange: (path: string) => void }) {
  const [typed, setTyped] = useState(path ?? "");
  return (
    <>
      <Field label={t("reminders.path")} hint={t("reminders.pathHint")}>
        <Input
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(_, { value }) => setTyped(value)}
        />
      </Field>
      {typed.trim() !== (path ?? "") && (
        <div>
          <Button disabledFocusable={typed.trim() === ""} onClick={() => onChange(typed.trim())}>
            {t("reminders.pathSave")}
          </Button>
        </div>
      )}
    </>
  );
}
