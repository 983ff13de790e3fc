import { useTranslation } from 'react-i18next'
import { Box, Drawing, Frame, Mark, Words } from './drawing.tsx'

/** The list of secrets: the value is to be copied, not the ID. */
export function CredentialDrawing() {
  const { t } = useTranslation('setup-guide')
  return (
    <Drawing label={t('credential.drawing.label')} height={150}>
      <Frame title={t('credential.drawing.title')} height={150} />
      <Words x={14} y={58} tone="strong">
        {t('credential.drawing.value')}
      </Words>
      <Words x={176} y={58} tone="dim">
        {t('credential.drawing.id')}
      </Words>
      <Box x={14} y={68} width={146} height={30} tone="quiet" />
      <Words x={24} y={87}>
        {'Kp~8Q…w3aT'}
      </Words>
      <Box x={176} y={68} width={130} height={30} tone="dashed" />
      <Words x={186} y={87} tone="dim">
        {'5f0c1e…'}
      </Words>
      <Mark x={14} y={120} kind="good" />
      <Words x={34} y={125} tone="good">
        {t('credential.drawing.copy')}
      </Words>
      <Mark x={177} y={120} kind="bad" />
      <Words x={194} y={125} tone="bad">
        {t('credential.drawing.not')}
      </Words>
    </Drawing>
  )
}
