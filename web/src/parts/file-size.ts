import { useNotation } from './notation.ts'

/** The size of a file as people read it, in units of 1,024 as their file managers count: `182 kB`, `1,2 Mo`. */
export function useFileSize(): (octets: number) => string {
  const notation = useNotation()
  return (octets) => {
    const whole = Math.max(1, Math.round(octets / 1024))
    const [value, unit] = whole < 1000 ? [whole, 'kilobyte'] : [octets / 1024 ** 2, 'megabyte']
    const style = { style: 'unit', unit, maximumFractionDigits: 1 } as const
    return new Intl.NumberFormat(notation, style).format(value)
  }
}
