import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Gives text a colour on a terminal that has some, and leaves it as it is anywhere else. */
export type Paint = (style: Style, text: string) => string

export function painter(colours: boolean): Paint {
  // Whether the terminal has colours was asked before (`main.ts`), of the stream that is written to.
  return colours ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text
}
