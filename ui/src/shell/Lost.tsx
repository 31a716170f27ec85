import { Button } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { ErrorNote } from "../components/ErrorNote";
import { Screen } from "../components/Screen";
import { t } from "../words";

/** An address that leads nowhere. */
export function NotFound() {
  return <Screen title={t("shell.notFound")} sentence={t("shell.notFoundSentence")} primary={<GoHome />} />;
}

/** A screen that failed while it was drawn: a mistake of ours. */
export function Broken({ error }: { error: Error }) {
  return (
    <Screen title={t("shell.broken")} sentence={t("shell.brokenSentence")} primary={<GoHome />}>
      <ErrorNote error={error} />
    </Screen>
  );
}

function GoHome() {
  const navigate = useNavigate();
  return (
    <Button appearance="primary" onClick={() => void navigate({ to: "/home" })}>
      {t("shell.goHome")}
    </Button>
  );
}
