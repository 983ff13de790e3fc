/** The package brings no types; this is what of it is measured. */
declare module 'planer' {
  const planer: { extractFromPlain(text: string): string }
  export default planer
}
