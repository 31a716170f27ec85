import { Button, Field, Input, makeStyles, Select, tokens } from "@fluentui/react-components";
import { useAnswer } from "../../backend/queries";
import { AddIcon, DiscardIcon } from "../../components/icons";
import { StateWord } from "../../components/StateWord";
import type { DraftPermission } from "../../contract/types";
import { t } from "../../words";
import { useSettled } from "../wizard/answers/useSettled";

const useStyles = makeStyles({
  rows: { display: "flex", flexDirection: "column", gap: "16px" },
  row: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 3fr) minmax(0, 2fr) minmax(0, 3fr) auto",
    gap: "8px",
    alignItems: "end",
    "@media (max-width: 639px)": {
      gridTemplateColumns: "minmax(0, 1fr)",
      paddingBottom: "16px",
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
      justifyItems: "stretch",
    },
  },
  said: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center", marginTop: "4px" },
  select: { minWidth: 0 },
});

const NEW: DraftPermission = { resource: "Microsoft Graph", value: "", kind: "application", why: "" };

/** The permissions of a connector that is being built, by name; each name is looked up as it is typed. */
export function PermissionRows(props: {
  permissions: DraftPermission[];
  onChange: (permissions: DraftPermission[]) => void;
}) {
  const styles = useStyles();
  const { permissions, onChange } = props;
  const set = (place: number, change: Partial<DraftPermission>) =>
    onChange(permissions.map((each, index) => (index === place ? { ...each, ...change } : each)));
  return (
    <div className={styles.rows}>
      {permissions.map((permission, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone while it is typed
        <div key={place}>
          <div className={styles.row}>
            <Field label={t("own.permissionName")}>
              <Input
                spellCheck={false}
                autoComplete="off"
                placeholder="Calendars.Read"
                value={permission.value}
                onChange={(_, { value }) => set(place, { value })}
              />
            </Field>
            <Field label={t("own.permissionKind")}>
              <Select
                className={styles.select}
                value={permission.kind}
                onChange={(_, { value }) => set(place, { kind: value as DraftPermission["kind"] })}
              >
                <option value="application">{t("permission.application")}</option>
                <option value="delegated">{t("permission.delegated")}</option>
              </Select>
            </Field>
            <Field label={t("own.permissionWhy")}>
              <Input value={permission.why} onChange={(_, { value }) => set(place, { why: value })} />
            </Field>
            <Button
              appearance="subtle"
              icon={<DiscardIcon />}
              aria-label={t("own.permissionRemove", { number: place + 1 })}
              onClick={() => onChange(permissions.filter((_, index) => index !== place))}
            />
          </div>
          <Said name={permission.value} onTake={(value) => set(place, { value })} />
        </div>
      ))}
      <div>
        <Button icon={<AddIcon />} onClick={() => onChange([...permissions, NEW])}>
          {t("own.permissionAdd")}
        </Button>
      </div>
    </div>
  );
}

/** What a name means; or what was probably meant, to take with one click. */
function Said({ name, onTake }: { name: string; onTake: (value: string) => void }) {
  const styles = useStyles();
  const wanted = useSettled(name.trim(), 400);
  const enough = wanted.length > 3;
  const check = useAnswer("permission_name_check", wanted, { enabled: enough });
  const [first] = check.data ?? [];
  if (!enough || check.data === undefined || wanted !== name.trim()) return null;
  return (
    <div className={styles.said} role="status">
      {first === undefined ? (
        <StateWord tone="warn">{t("names.none", { name: wanted })}</StateWord>
      ) : (
        <>
          <StateWord tone={first.exact ? "good" : "warn"}>
            {first.exact ? first.permission.sentence : first.sentence}
          </StateWord>
          {!first.exact && (
            <Button size="small" onClick={() => onTake(first.permission.value)}>
              {t("wizard.take", { answer: first.permission.value })}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
