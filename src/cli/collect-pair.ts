import { InvalidArgumentError } from 'commander'

/** Gathers an option that is given several times as `name=value`. */
export function collectPair(pair: string, before: [string, string][]): [string, string][] {
  const equals = pair.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('name=value')
  return [...before, [pair.slice(0, equals), pair.slice(equals + 1)]]
}
