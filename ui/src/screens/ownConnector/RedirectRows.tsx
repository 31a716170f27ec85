import { Button, Input, makeStyles, Select } from "@fluentui/react-components";
import { AddIcon, DiscardIcon } from "../../components/icons";
import type { RedirectPlatform, RedirectUri } from "../../contract/types";
import { t } from "../../words";

const useStyles = makeStyles({
  row: { display: "flex", flexWrap: "wrap", gap: "8px", alignItems: "center" },
  field: { flexGrow: 1, minWidth: "min(100%, 200px)" },
});

const PLATFORMS: RedirectPlatform[] = ["web", "spa", "public"];

/** Addresses to which Microsoft sends people back, to be typed; each with what waits there. */
export function RedirectRows(props: {
  redirects: RedirectUri[];
  onChange: (redirects: RedirectUri[]) => void;
}) {
  const styles = useStyles();
  const { redirects, onChange } = props;
  const set = (place: number, change: Partial<RedirectUri>) =>
    onChange(redirects.map((each, index) => (index === place ? { ...each, ...change } : each)));
  return (
    <>
      {redirects.map((redirect, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone while it is typed
        <div key={place} className={styles.row}>
          <Select
            aria-label={t("app.platformOf", { number: place + 1 })}
            value={redirect.platform}
            onChange={(_, { value }) => set(place, { platform: value as RedirectPlatform })}
          >
            {PLATFORMS.map((platform) => (
              <option key={platform} value={platform}>
                {t(`platform.${platform}`)}
              </option>
            ))}
          </Select>
          <Input
            className={styles.field}
            aria-label={t("app.addressOf", { number: place + 1 })}
            spellCheck={false}
            autoComplete="off"
            value={redirect.uri}
            onChange={(_, { value }) => set(place, { uri: value })}
          />
          <Button
            appearance="subtle"
            icon={<DiscardIcon />}
            aria-label={t("app.addressRemove", { number: place + 1 })}
            onClick={() => onChange(redirects.filter((_, index) => index !== place))}
          />
        </div>
      ))}
      <div>
        <Button icon={<AddIcon />} onClick={() => onChange([...redirects, { platform: "web", uri: "" }])}>
          {t("app.addressAdd")}
        </Button>
      </div>
    </>
  );
}
