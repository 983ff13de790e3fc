import type { Translate } from '../../lib/translate.ts'
import { answerButtons, answerWords } from './answer-blocks.ts'
import { instructionList, refusalBlocks } from './instruction-blocks.ts'
import type { Block, MailContent } from './mail-content.ts'
import type { AskedBackModel, HelpFacts } from './mail-model.ts'

/** All that may be answered and asked for, for who writes HELP or wrote an instruction that cannot be followed. */
export function howToAnswer(model: AskedBackModel, help: HelpFacts, translate: Translate): MailContent {
  const key = help.refused === null ? 'help' : 'delegation-refused'
  const asked: Block[] =
    help.refused === null
      ? [{ kind: 'paragraph', text: translate('mails:asked-back.reason.help') }]
      : refusalBlocks(model, help, translate)
  return {
    subjectPrefix: translate(`mails:${key}.subject`),
    lead: translate(`mails:${key}.lead`),
    blocks: [
      ...asked,
      ...answerButtons(model, translate),
      ...answerWords(model, translate),
      ...instructionList(help, translate),
    ],
  }
}
