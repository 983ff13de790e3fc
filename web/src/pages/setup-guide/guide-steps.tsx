import { Button, Group, Text } from '@mantine/core'
import IconArrowLeft from '@tabler/icons-react/icons/IconArrowLeft'
import IconArrowRight from '@tabler/icons-react/icons/IconArrowRight'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ComponentType, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Callout } from '../../parts/callout.tsx'
import { ErrorState } from '../../parts/error-state.tsx'
import { LoadingState } from '../../parts/loading-state.tsx'
import { Panel } from '../../parts/panel.tsx'
import type { Mailbox } from '../remote-approval/mailboxes.ts'
import { atStep, type Step, steps } from './place.ts'
import type { StepProps } from './step-props.ts'
import { BrandingStep } from './steps/branding-step.tsx'
import { ConsentStep } from './steps/consent-step.tsx'
import { CredentialStep } from './steps/credential-step.tsx'
import { EnterStep } from './steps/enter-step.tsx'
import { LimitStep } from './steps/limit-step.tsx'
import { PermissionStep } from './steps/permission-step.tsx'
import { RegisterStep } from './steps/register-step.tsx'
import { TestStep } from './steps/test-step.tsx'
import { guideFor, type Subject, subjectOf } from './subject.ts'
import { usePlace } from './use-place.ts'

const contents: Record<Step, ComponentType<StepProps>> = {
  register: RegisterStep,
  permission: PermissionStep,
  consent: ConsentStep,
  credential: CredentialStep,
  branding: BrandingStep,
  enter: EnterStep,
  limit: LimitStep,
  test: TestStep,
}

/** The step that is open, with the way to the one before and after it. */
export function GuideSteps({ stored }: { stored: Mailbox | null }) {
  const { t, i18n } = useTranslation('setup-guide')
  const { place } = usePlace()
  const number = place.step ?? 1
  const step = steps[number - 1] ?? 'register'
  const panel = useRef<HTMLDivElement>(null)
  const shown = useRef(number)
  useEffect(() => {
    // Who goes on by keyboard or hears the page comes to the new step, not past it.
    if (shown.current !== number) panel.current?.focus()
    shown.current = number
  }, [number])

  const subject = subjectOf(place, stored)
  return (
    <div ref={panel} tabIndex={-1} style={{ outline: 'none', minWidth: 0 }}>
      <Panel title={t('heading', { number, title: t(`step.${step}`) })}>
        {subject === null ? (
          <Callout kind="quiet">{t('by-password')}</Callout>
        ) : (
          <StepContent
            key={`${step} ${stored?.name ?? ''}`}
            step={step}
            subject={subject}
            language={i18n.language}
          />
        )}
        <Group justify="space-between" mt="xl" gap="sm">
          {number > 1 ? (
            <Button
              variant="default"
              leftSection={<IconArrowLeft size={18} aria-hidden />}
              renderRoot={(props) => (
                <Link to="/configuration/setup-guide" search={atStep(place, number - 1)} {...props} />
              )}
            >
              {t('back')}
            </Button>
          ) : (
            <span />
          )}
          {/* On a phone there is no room between the buttons, and the heading says it. */}
          <Text size="sm" c="dimmed" visibleFrom="xs">
            {t('progress', { number, count: steps.length })}
          </Text>
          {number < steps.length ? (
            <Button
              rightSection={<IconArrowRight size={18} aria-hidden />}
              renderRoot={(props) => (
                <Link to="/configuration/setup-guide" search={atStep(place, number + 1)} {...props} />
              )}
            >
              {t('next')}
            </Button>
          ) : (
            <span />
          )}
        </Group>
      </Panel>
    </div>
  )
}

interface StepContentProps {
  step: Step
  subject: Subject
  language: string
}

function StepContent({ step, subject, language }: StepContentProps) {
  const { data, error, refetch } = useQuery(guideFor(subject, language))
  const Content = contents[step]
  if (data) return <Content subject={subject} guide={data} />
  return error ? <ErrorState error={error} onRetry={refetch} /> : <LoadingState />
}
