/** The families of `vite.fonts.ts`, with which index.html draws the first picture too. */
export const fonts = {
  fontFamilyBase: import.meta.env.TEXT_FONT,
  fontFamilyMonospace: import.meta.env.MONO_FONT,
};
