import { useTranslation } from 'react-i18next'
import { Arrow, Box, Drawing, Mark, Words } from './drawing.tsx'

/** The application opens one mailbox, and the others stay shut. */
export function LimitDrawing({ address }: { address: string }) {
  const { t } = useTranslation('setup-guide')
  const mailboxes = [
    { words: address, isOpen: true },
    { words: t('limit.drawing.other'), isOpen: false },
    { words: t('limit.drawing.everyone'), isOpen: false },
  ]
  return (
    <Drawing label={t('limit.drawing.label')} height={168}>
      <Box x={1} y={59} width={92} height={50} tone="accent" />
      <Words x={47} y={88} tone="on-accent" anchor="middle">
        {t('limit.drawing.application')}
      </Words>
      {mailboxes.map(({ words, isOpen }, index) => {
        const y = 4 + index * 58
        const middle = y + 22
        return (
          <g key={words}>
            <Arrow d={`M95 84 C116 84 112 ${middle} 132 ${middle}`} isShut={!isOpen} />
            <Box x={138} y={y} width={181} height={44} tone={isOpen ? 'plain' : 'dashed'} />
            <Mark x={150} y={middle} kind={isOpen ? 'good' : 'bad'} />
            <Words x={172} y={middle + 4} tone={isOpen ? 'text' : 'dim'}>
              {shortened(words)}
            </Words>
          </g>
        )
      })}
    </Drawing>
  )
}

/** As much of an address as its box has room for. */
const shortened = (words: string) => (words.length > 21 ? `${words.slice(0, 20)}…` : words)
