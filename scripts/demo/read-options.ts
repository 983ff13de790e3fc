import { parseArgs } from 'node:util'
import { type DemoType, demoTypes } from './set-up.ts'
import { texts } from './texts.ts'

/** What the demo was called with. `--help` is answered, and a wrong call told, by ending the process (exit codes 0 and 2). */
export function readOptions(): { auto: boolean; type: DemoType } {
  try {
    const { values } = parseArgs({
      options: {
        auto: { type: 'boolean', default: false },
        type: { type: 'string', default: 'exchange-online-ews' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) {
      console.log(texts.usage(demoTypes.join(', ')))
      process.exit()
    }
    const type = demoTypes.find((known) => known === values.type)
    if (type === undefined) throw new Error(texts.unknownType(values.type, demoTypes.join(', ')))
    return { auto: values.auto, type }
  } catch (error) {
    console.error(texts.wrongCall(error instanceof Error ? error.message : String(error)))
    process.exit(2)
  }
}
