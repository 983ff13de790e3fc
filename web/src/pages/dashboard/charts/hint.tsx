import type { TooltipContentProps } from 'recharts'
import classes from './chart.module.css'
import type { Drawing } from './chart.ts'

/** What stands beside the pointer: the values of the point below it. */
export function hintOf({ series, write }: Drawing) {
  return ({ active, label, payload }: Pick<TooltipContentProps, 'active' | 'label' | 'payload'>) =>
    active && payload.length > 0 ? (
      <div className={classes.hint}>
        <strong>{label}</strong>
        {series.map(({ key, label: name }) => {
          const value = payload.find((one) => one.name === key)?.value
          return typeof value === 'number' ? (
            <div key={key}>
              {name}
              <span>{write(value)}</span>
            </div>
          ) : null
        })}
      </div>
    ) : null
}
