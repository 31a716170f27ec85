import { Button } from "@fluentui/react-components";
import { useCommand } from "../backend/queries";
import { ErrorNote } from "./ErrorNote";
import { OutsideIcon } from "./icons";

/** Opens a page in the person's browser, through the application. */
export function OutsideLink(props: {
  url: string;
  children: string;
  /** What it is called where the words alone do not say it. */
  label?: string;
  appearance?: "secondary" | "subtle" | "transparent";
}) {
  const open = useCommand("link_open");
  return (
    <>
      <Button
        appearance={props.appearance ?? "secondary"}
        icon={<OutsideIcon />}
        iconPosition="after"
        aria-label={props.label}
        onClick={() => open.mutate(props.url)}
      >
        {props.children}
      </Button>
      {open.error && <ErrorNote error={open.error} actions={{ tryAgain: () => open.mutate(props.url) }} />}
    </>
  );
}
