import { useTranslation } from 'react-i18next'
import classes from './drawing.module.css'
import { Box, Drawing, Frame, WIDTH, Words } from './drawing.tsx'

/** The form of a new registration: a name, one tenant, no redirect URI. */
export function RegisterDrawing() {
  const { t } = useTranslation('setup-guide')
  return (
    <Drawing label={t('register.drawing.label')} height={214}>
      <Frame title={t('register.drawing.title')} height={214} />
      <Words x={14} y={56} tone="dim">
        {t('register.drawing.name')}
      </Words>
      <Box x={14} y={62} width={WIDTH - 28} height={26} tone="quiet" />
      <Words x={24} y={79}>
        {t('register.name')}
      </Words>
      <Words x={14} y={108} tone="dim">
        {t('register.drawing.accounts')}
      </Words>
      <circle className={classes.plain} cx={21} cy={123} r={6} />
      <circle className={classes.accent} cx={21} cy={123} r={3} />
      <Words x={34} y={127}>
        {t('register.drawing.single')}
      </Words>
      <Words x={14} y={152} tone="dim">
        {t('register.drawing.redirect')}
      </Words>
      <Box x={14} y={158} width={200} height={26} tone="dashed" />
      <Words x={24} y={175} tone="dim">
        {t('register.drawing.empty')}
      </Words>
      <Box x={224} y={176} width={82} height={26} tone="accent" />
      <Words x={265} y={193} tone="on-accent" anchor="middle">
        {t('register.drawing.register')}
      </Words>
    </Drawing>
  )
}
