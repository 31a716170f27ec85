import { makeStyles } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { onAnnouncement } from "./announce";

const useStyles = makeStyles({
  root: {
    position: "absolute",
    width: "1px",
    height: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
  },
});

/** The one place where announcements are read from. */
export function LiveRegion() {
  const [words, setWords] = useState("");
  useEffect(() => onAnnouncement(setWords), []);
  return (
    <div className={useStyles().root} role="status" aria-live="polite">
      {words}
    </div>
  );
}
