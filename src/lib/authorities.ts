import { getCACertificates } from 'node:tls'

/** The system's certification authorities, in PEM, and the administrator's. */
export function authorities(extraCa: string | null): string[] {
  return extraCa === null ? getCACertificates('default') : [...getCACertificates('default'), extraCa]
}
