import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from "react";

const useStyles = makeStyles({
  root: { position: "relative" },
  across: { "@media (max-width: 639px)": { position: "static" } },
  panel: {
    position: "absolute",
    zIndex: 5,
    top: "calc(100% + 4px)",
    insetInlineEnd: 0,
    width: "max-content",
    minWidth: "100%",
    maxWidth: "min(520px, calc(100vw - 32px))",
    maxHeight: "60vh",
    overflowY: "auto",
    boxSizing: "border-box",
    padding: "12px 16px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow16,
  },
  up: { top: "auto", bottom: "calc(100% + 4px)" },
  start: { insetInlineEnd: "auto", insetInlineStart: 0 },
  panelAcross: { "@media (max-width: 639px)": { insetInline: 0, width: "auto", maxWidth: "none" } },
});

/**
 * A button that unfolds a small panel below it, or above. The panel follows the button in the page, so the Tab key leads into it; Escape, a
 * press elsewhere, or leaving it with the keyboard fold it again.
 */
export function Disclosure(props: {
  button: {
    icon?: ReactElement;
    appearance?: "secondary" | "subtle";
    "aria-label"?: string;
    disabledFocusable?: boolean;
  };
  words: string;
  /** Where the window is narrow, the panel is as wide as what is positioned around it. */
  across?: boolean;
  /** Unfolds above the button: for one at the bottom of the window. */
  up?: boolean;
  /** Begins where the button begins, not where it ends. */
  fromStart?: boolean;
  children: (fold: () => void) => ReactNode;
}) {
  const styles = useStyles();
  const id = useId();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const fold = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const elsewhere = ({ target }: Event) => {
      if (!(target instanceof Node && root.current?.contains(target))) setOpen(false);
    };
    document.addEventListener("pointerdown", elsewhere);
    document.addEventListener("focusin", elsewhere);
    return () => {
      document.removeEventListener("pointerdown", elsewhere);
      document.removeEventListener("focusin", elsewhere);
    };
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape folds the panel wherever the focus is inside.
    <div
      ref={root}
      className={mergeClasses(styles.root, props.across && styles.across)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        fold();
      }}
    >
      <Button
        {...props.button}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {props.words}
      </Button>
      {open && (
        <div
          id={id}
          className={mergeClasses(
            styles.panel,
            props.up && styles.up,
            props.fromStart && styles.start,
            props.across && styles.panelAcross,
          )}
        >
          {props.children(fold)}
        </div>
      )}
    </div>
  );
}
