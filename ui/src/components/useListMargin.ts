import { type RefObject, useLayoutEffect, useState } from "react";

/**
 * How far below the top of the scrolled content a list begins that draws only what is in view. What stands above `root` may grow
 * and shrink.
 */
export function useListMargin(list: RefObject<HTMLElement | null>, root: string): number {
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const main = document.getElementById("main");
    if (main === null || list.current === null) return;
    const measure = () => {
      if (list.current === null) return;
      const offset = list.current.getBoundingClientRect().top - main.getBoundingClientRect().top;
      setMargin(Math.round(offset + main.scrollTop));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(main);
    for (
      let above = list.current.closest(root)?.previousElementSibling;
      above;
      above = above.previousElementSibling
    )
      watch.observe(above);
    return () => watch.disconnect();
  }, [list, root]);
  return margin;
}
