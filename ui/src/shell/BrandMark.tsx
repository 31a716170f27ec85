/** The app's own picture, a gatehouse; the same drawing as `icons/gatehouse.svg`, in flat colours. */
export function BrandMark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 512 512" aria-hidden="true" focusable="false">
      <rect width="512" height="512" rx="112" fill="#0d6464" />
      <path
        fill="#f4fbf9"
        d="M88 148h30v30h26v-30h32v30h26v-30h30v68h48v-68h30v30h26v-30h32v30h26v-30h30v276H88z"
      />
      <path fill="#0b5557" d="M190 424V318a66 66 0 0 1 132 0v106z" />
      <path fill="#ffc857" d="M216 424V320a40 40 0 0 1 80 0v104z" />
      <path fill="#0b5557" d="M134 236a20 20 0 0 1 40 0v44h-40zM338 236a20 20 0 0 1 40 0v44h-40z" />
    </svg>
  );
}
