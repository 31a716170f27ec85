/** Segoe where there is one; otherwise what the system reads best with. */
export const fonts = {
  fontFamilyBase:
    '"Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Noto Sans", "Cantarell", "Ubuntu", sans-serif',
  fontFamilyMonospace:
    '"Cascadia Mono", Consolas, ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono", monospace',
};
