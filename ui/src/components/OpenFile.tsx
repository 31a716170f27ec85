import { Button } from "@fluentui/react-components";
import { useRef, useState } from "react";
import { t } from "../words";
import { FileIcon } from "./icons";
import { StateWord } from "./StateWord";

/** What people bring here is a few thousand characters; anything much bigger is something else. */
const MOST_BYTES = 256 * 1024;

/** A button that reads a text file. One that is far too big is refused before it is read. */
export function OpenFile(props: {
  words: string;
  /** File endings and types, as the system's dialog takes them. */
  accept: string;
  appearance?: "primary" | "secondary";
  /** What is said when the file is too big, where there is more to say. */
  tooBig?: string;
  onText: (text: string, name: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [tooBig, setTooBig] = useState(false);
  const open = async (file: File | undefined) => {
    setTooBig(false);
    if (file === undefined) return;
    if (file.size > MOST_BYTES) return setTooBig(true);
    props.onText(await file.text(), file.name);
  };
  return (
    <>
      <Button
        appearance={props.appearance ?? "secondary"}
        icon={<FileIcon />}
        onClick={() => input.current?.click()}
      >
        {props.words}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept={props.accept}
        aria-label={props.words}
        onChange={({ target }) => {
          void open(target.files?.[0]);
          target.value = "";
        }}
      />
      {tooBig && (
        <div role="alert">
          <StateWord tone="bad">{props.tooBig ?? t("file.tooBig")}</StateWord>
        </div>
      )}
    </>
  );
}
