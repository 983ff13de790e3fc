/** The nonce by which the server's content security policy lets in the styles that are written at run time. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}

/** For the library beneath Mantine's dialogs, which looks for the nonce in the place that webpack invented. */
export function letInStyles(): void {
  Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
}
