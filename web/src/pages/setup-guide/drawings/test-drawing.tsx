import { useTranslation } from 'react-i18next'
import { Arrow, Box, Drawing, Words } from './drawing.tsx'

/** The way that is tested: a token from Entra, then mail to the mailbox itself and back. */
export function TestDrawing() {
  const { t } = useTranslation('setup-guide')
  return (
    <Drawing label={t('test.drawing.label')} height={156}>
      <Box x={1} y={58} width={96} height={40} tone="accent" />
      <Words x={49} y={82} tone="on-accent" anchor="middle">
        {t('test.drawing.here')}
      </Words>
      <Box x={203} y={4} width={116} height={40} />
      <Words x={261} y={28} anchor="middle">
        {t('test.drawing.entra')}
      </Words>
      <Box x={203} y={108} width={116} height={40} />
      <Words x={261} y={132} anchor="middle">
        {t('test.drawing.mailbox')}
      </Words>
      <Arrow d="M97 68 C150 66 150 24 196 24 m-6 -5 l7 5 l-7 5" />
      <Words x={104} y={32} tone="dim">
        {t('test.drawing.token')}
      </Words>
      <Arrow d="M97 90 C150 92 150 128 196 128 m-6 -5 l7 5 l-7 5" />
      <Words x={104} y={136} tone="dim">
        {t('test.drawing.mail')}
      </Words>
    </Drawing>
  )
}
