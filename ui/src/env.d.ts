interface ImportMetaEnv {
  readonly TEXT_FONT: string;
  readonly MONO_FONT: string;
}
