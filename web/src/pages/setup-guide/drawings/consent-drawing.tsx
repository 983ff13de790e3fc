import { useTranslation } from 'react-i18next'
import { Box, Drawing, Frame, Mark, Words } from './drawing.tsx'

/** The list of permissions after consent: each with its mark. */
export function ConsentDrawing({ names }: { names: string[] }) {
  const { t } = useTranslation('setup-guide')
  const height = 92 + names.length * 28
  return (
    <Drawing label={t('consent.drawing.label')} height={height}>
      <Frame title={t('consent.drawing.title')} height={height} />
      <Box x={14} y={44} width={292} height={28} tone="quiet" />
      <Mark x={24} y={58} kind="good" />
      <Words x={44} y={62}>
        {t('consent.drawing.grant')}
      </Words>
      {names.map((name, index) => (
        <g key={name} transform={`translate(0 ${82 + index * 28})`}>
          <Words x={14} y={14}>
            {name}
          </Words>
          <Mark x={196} y={10} kind="good" />
          <Words x={214} y={14} tone="good">
            {t('consent.drawing.granted')}
          </Words>
        </g>
      ))}
    </Drawing>
  )
}
