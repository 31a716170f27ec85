import { Button } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { announce } from "./announce";
import { copyText } from "./copyText";
import { CopiedIcon, CopyIcon } from "./icons";

/** Copies words that are not secret, and says so for a moment. */
export function CopyButton(props: {
  text: string;
  /** What the button says. */
  words: string;
  /** What it is called where the words alone do not say it. */
  label?: string;
  /** What it says just afterwards. */
  copied: string;
  appearance?: "primary" | "secondary" | "subtle";
}) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 3_000);
    return () => clearTimeout(timer);
  }, [done]);
  const copy = async () => {
    await copyText(props.text);
    setDone(true);
    announce(props.copied);
  };
  return (
    <Button
      appearance={props.appearance ?? "secondary"}
      icon={done ? <CopiedIcon /> : <CopyIcon />}
      aria-label={props.label}
      onClick={() => void copy()}
    >
      {done ? props.copied : props.words}
    </Button>
  );
}
