import { type RefObject, useLayoutEffect, useState } from "react";

/** Before anything was measured. */
const USUAL = 848;

/** How wide an element is, in pixels. */
export function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(USUAL);
  useLayoutEffect(() => {
    if (element.current === null) return;
    const watch = new ResizeObserver(([entry]) => {
      const wide = entry?.contentRect.width ?? 0;
      if (wide > 0) setWidth(Math.round(wide));
    });
    watch.observe(element.current);
    const wide = element.current.clientWidth;
    if (wide > 0) setWidth(wide);
    return () => watch.disconnect();
  }, [element]);
  return width;
}
