/**
 * While a dialog is open, everything else is hidden from assistive technology. A dialog that goes away together with its
 * screen can leave that behind, and the whole window would be silent to a screen reader: here it is taken back.
 */
export function takeBackWhatNoDialogHides(root: HTMLElement): () => void {
  const look = () => {
    if (root.getAttribute("aria-hidden") === "true" && document.querySelector("[aria-modal=true]") === null) {
      root.removeAttribute("aria-hidden");
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(root, { attributes: true, attributeFilter: ["aria-hidden"] });
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}
