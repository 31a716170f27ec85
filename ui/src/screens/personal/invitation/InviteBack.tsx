import { Button } from "@fluentui/react-components";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { t } from "../../../words";

/** The way back: to the page of the app that the invitation was begun from, or to My account. */
export function InviteBack({ begun }: { begun: boolean }) {
  const navigate = useNavigate();
  const { history } = useRouter();
  if (begun && history.canGoBack()) return <Button onClick={() => history.back()}>{t("common.back")}</Button>;
  return <Button onClick={() => void navigate({ to: "/account" })}>{t("personal.title")}</Button>;
}
