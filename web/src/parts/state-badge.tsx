import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle'
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck'
import IconCircleDashed from '@tabler/icons-react/icons/IconCircleDashed'
import IconClock from '@tabler/icons-react/icons/IconClock'
import classes from './state-badge.module.css'

/** What a state means to the reader; its colour stands for nothing else. */
export type StateKind = 'done' | 'waiting' | 'failed' | 'quiet'

const icons = {
  done: IconCircleCheck,
  waiting: IconClock,
  failed: IconAlertTriangle,
  quiet: IconCircleDashed,
}

/** A state as icon and word: never by colour alone. */
export function StateBadge({ kind, children }: { kind: StateKind; children: string }) {
  const Icon = icons[kind]
  return (
    <span className={classes.badge} data-kind={kind}>
      <Icon size={14} stroke={2} aria-hidden />
      {children}
    </span>
  )
}
