import { Text, Timeline } from '@mantine/core'
import IconArrowForwardUp from '@tabler/icons-react/icons/IconArrowForwardUp'
import IconBan from '@tabler/icons-react/icons/IconBan'
import IconCheck from '@tabler/icons-react/icons/IconCheck'
import IconFlag from '@tabler/icons-react/icons/IconFlag'
import IconInfoCircle from '@tabler/icons-react/icons/IconInfoCircle'
import IconMail from '@tabler/icons-react/icons/IconMail'
import IconMessage from '@tabler/icons-react/icons/IconMessage'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
import { useTranslation } from 'react-i18next'
import { useNotation } from '../../parts/notation.ts'
import { Quote } from '../../parts/quote.tsx'
import { useTimeZone } from '../../parts/time-zone.ts'
import { Unbroken } from '../../parts/unbroken.tsx'
import type { Request } from './requests.ts'
import { useTimelineSteps } from './timeline-steps.ts'

const icons = {
  made: IconPlus,
  asked: IconMail,
  decided: IconCheck,
  handed: IconArrowForwardUp,
  said: IconMessage,
  ended: IconFlag,
  cancelled: IconBan,
  noted: IconInfoCircle,
}

/** What happened to a request: who, when, by which door. */
export function RequestTimeline({ request }: { request: Request }) {
  const { t } = useTranslation('requests')
  const notation = useNotation()
  const steps = useTimelineSteps(request)
  const timeZone = useTimeZone()
  const exact = new Intl.DateTimeFormat(notation, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  return (
    <Timeline
      active={steps.length}
      color="var(--line)"
      bulletSize={28}
      lineWidth={2}
      role="list"
      styles={{
        itemBullet: {
          background: 'var(--ground)',
          color: 'var(--mantine-color-text)',
          borderColor: 'var(--line)',
        },
      }}
    >
      {steps.map(({ sequence, icon, text, door, at, comment, reason }) => {
        const Icon = icons[icon]
        return (
          <Timeline.Item
            key={sequence}
            role="listitem"
            bullet={<Icon size={16} stroke={1.75} aria-hidden />}
            lineVariant="solid"
          >
            <Text>{text}</Text>
            <Text size="sm" c="dimmed">
              {door && (
                <>
                  <Unbroken>{t(`door.${door}`)}</Unbroken>
                  {' · '}
                </>
              )}
              <time dateTime={at}>{exact.format(new Date(at))}</time>
            </Text>
            {comment && <Quote>{comment}</Quote>}
            {reason && <Text size="sm">{t('because', { reason })}</Text>}
          </Timeline.Item>
        )
      })}
    </Timeline>
  )
}
