/** A window that is not shown gets no frames. */
const LONGEST_WAIT_MS = 200;

/**
 * Fetches the application once the first picture, which is in index.html, has been painted: reading half a megabyte of script
 * would hold it back. The module is its own beginning.
 */
async function afterTheFirstPicture(): Promise<void> {
  await new Promise<void>((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, LONGEST_WAIT_MS);
  });
  await import("./main");
}

void afterTheFirstPicture();
