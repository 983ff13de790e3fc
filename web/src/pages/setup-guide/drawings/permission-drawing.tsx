import { useTranslation } from 'react-i18next'
import { Box, Drawing, Frame, Mark, WIDTH, Words } from './drawing.tsx'

/** The choice of permissions: of the application, and each of those that are needed ticked. */
export function PermissionDrawing({ api, names }: { api: string; names: string[] }) {
  const { t } = useTranslation('setup-guide')
  const height = 96 + names.length * 30
  const half = (WIDTH - 36) / 2
  return (
    <Drawing label={t('permission.drawing.label', { api, names: names.join(', ') })} height={height}>
      <Frame title={api} height={height} />
      <Box x={14} y={46} width={half} height={28} tone="quiet" />
      <Words x={14 + half / 2} y={64} tone="dim" anchor="middle">
        {t('permission.drawing.delegated')}
      </Words>
      <Box x={22 + half} y={46} width={half} height={28} tone="accent" />
      <Words x={22 + half * 1.5} y={64} tone="on-accent" anchor="middle">
        {t('permission.drawing.application')}
      </Words>
      {names.map((name, index) => (
        <g key={name} transform={`translate(0 ${88 + index * 30})`}>
          <Box x={14} y={0} width={20} height={20} />
          <Mark x={18} y={10} kind="good" />
          <Words x={44} y={15}>
            {name}
          </Words>
        </g>
      ))}
    </Drawing>
  )
}
