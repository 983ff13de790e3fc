import { Link } from '@tanstack/react-router'
import classes from './brand.module.css'

/** The product's name and mark; leads home. */
export function Brand() {
  return (
    <Link to="/" className={classes.brand}>
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="7" />
        <path d="M8 16.5l5.5 5.5L24 10.5" />
      </svg>
      <span className={classes.name}>{'Countersign'}</span>
    </Link>
  )
}
