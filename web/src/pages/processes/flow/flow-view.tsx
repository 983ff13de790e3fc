import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../parts/panel.tsx'
import type { Definition } from '../processes.ts'
import { FlowPicture } from './flow-picture.tsx'
import { FlowSteps } from './flow-steps.tsx'

/** The flow of a process as a picture, and the same in words. */
export default function FlowView({ definition }: { definition: Definition }) {
  const { t } = useTranslation('processes')
  return (
    <Stack gap="lg">
      <Panel title={t('flow.picture')}>
        <FlowPicture definition={definition} />
      </Panel>
      <Panel title={t('flow.steps')}>
        <FlowSteps definition={definition} />
      </Panel>
    </Stack>
  )
}
