import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** The step of the setup guide that mends a failure, filled in for the mailbox. */
export function GuideLink({ step, mailbox }: { step: number; mailbox: string }) {
  const { t } = useTranslation('remote-approval')
  return (
    <Anchor
      display="block"
      mt={4}
      inherit
      renderRoot={(props) => <Link to="/configuration/setup-guide" search={{ step, mailbox }} {...props} />}
    >
      {t('check.guide', { number: step })}
    </Anchor>
  )
}
