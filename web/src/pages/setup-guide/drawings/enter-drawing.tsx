import { useTranslation } from 'react-i18next'
import { Arrow, Box, Drawing, Words } from './drawing.tsx'

/** What was noted in Entra, and the field that each of it goes into. */
export function EnterDrawing() {
  const { t } = useTranslation('setup-guide')
  const rows = ['client', 'tenant', 'value'] as const
  return (
    <Drawing label={t('enter.drawing.label')} height={176}>
      <Box x={1} y={1} width={136} height={174} tone="quiet" />
      <Box x={183} y={1} width={136} height={174} tone="quiet" />
      <Words x={69} y={22} tone="strong" anchor="middle">
        {t('enter.drawing.entra')}
      </Words>
      <Words x={251} y={22} tone="strong" anchor="middle">
        {t('enter.drawing.here')}
      </Words>
      {rows.map((row, index) => {
        const y = 36 + index * 46
        return (
          <g key={row}>
            <Box x={9} y={y} width={120} height={34} />
            <Words x={69} y={y + 21} anchor="middle">
              {t(`enter.drawing.from.${row}`)}
            </Words>
            <Arrow d={`M141 ${y + 17} H176 m-6 -5 l6 5 l-6 5`} />
            <Box x={191} y={y} width={120} height={34} />
            <Words x={251} y={y + 21} anchor="middle">
              {t(`enter.drawing.to.${row}`)}
            </Words>
          </g>
        )
      })}
    </Drawing>
  )
}
