import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../../parts/facts.tsx'
import { useLocalText } from '../../../parts/local-text.ts'
import { useNotation } from '../../../parts/notation.ts'
import { Panel } from '../../../parts/panel.tsx'
import { StateBadge } from '../../../parts/state-badge.tsx'
import classes from './tried-facts.module.css'
import type { TriedMessage } from './try-message.ts'

/** What would follow, that nobody's identity was looked at, and what was read as the answer to what. */
export function TriedFacts({ tried }: { tried: TriedMessage }) {
  const { t } = useTranslation('mail')
  const text = useLocalText()
  const number = new Intl.NumberFormat(useNotation())
  const { from, subject, attachments, size, sha256, against, follows } = tried
  const { request, action, person } = against
  return (
    <>
      <Panel title={t('try.would')}>
        <Text>{follows}</Text>
        <Text size="sm" c="dimmed" mt="xs">
          {t('try.nothing')}
        </Text>
      </Panel>
      <Panel title={t('trust.title')}>
        <StateBadge kind="quiet">{t('try.unjudged')}</StateBadge>
        <Text size="sm" mt="xs">
          {t('try.why-unjudged')}
        </Text>
      </Panel>
      <Panel title={t('try.facts')}>
        <Facts
          facts={[
            [t('try.against'), `${text(against.process)} · ${text(against.step)}`],
            [t('facts.request'), request !== null && `#${request}-${action}`],
            [t('facts.person'), person?.name],
            [t('facts.from'), from.length > 0 && <bdi key="from">{from.join(', ')}</bdi>],
            [t('try.subject'), subject !== '' && <bdi key="subject">{subject}</bdi>],
            [t('try.attachments'), attachments.map((name) => name ?? t('try.unnamed')).join(', ')],
            [t('try.size'), t('try.octets', { number: number.format(size) })],
          ]}
        />
        <div className={classes.digest}>
          <span>{t('try.sha256')}</span>
          <code>{sha256}</code>
        </div>
      </Panel>
    </>
  )
}
