/** What we use of mjml 5, which brings no types. */
declare module 'mjml' {
  export default function mjml(
    source: string,
    options: {
      filePath: string
      ignoreIncludes: boolean
      validationLevel: 'strict'
      fonts: Record<string, string>
      keepComments: boolean
    },
  ): Promise<{ html: string }>
}
