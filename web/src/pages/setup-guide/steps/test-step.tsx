import { Anchor } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../../parts/callout.tsx'
import { CheckPanel } from '../../remote-approval/doctor/check-panel.tsx'
import { useDoctor } from '../../remote-approval/doctor/use-doctor.ts'
import { type Mailbox, mailboxes } from '../../remote-approval/mailboxes.ts'
import { TestDrawing } from '../drawings/test-drawing.tsx'
import type { StepProps } from '../step-props.ts'
import { StepBody } from './step-body.tsx'

/** Step 8: the doctor says whether all of it was right. */
export function TestStep({ subject: { stored } }: StepProps) {
  const { t } = useTranslation('setup-guide')
  return (
    <StepBody why={t('test.why')} drawing={<TestDrawing />}>
      {stored === null ? <Callout kind="quiet">{t('test.not-stored')}</Callout> : <Doctor mailbox={stored} />}
    </StepBody>
  )
}

function Doctor({ mailbox }: { mailbox: Mailbox }) {
  const { t } = useTranslation('setup-guide')
  const queries = useQueryClient()
  const { examination, examine } = useDoctor(mailbox.name)
  return (
    <>
      <CheckPanel
        examination={examination}
        onStart={async () => {
          await examine()
          await queries.invalidateQueries({ queryKey: mailboxes.queryKey })
        }}
        isDirty={false}
        mailbox={mailbox}
      />
      <Anchor
        renderRoot={(props) => (
          <Link to="/configuration/remote-approval/$mailbox" params={{ mailbox: mailbox.name }} {...props} />
        )}
      >
        {t('test.settings')}
      </Anchor>
    </>
  )
}
