/** Where the time comes from; tests hand in their own. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()

/** A time so many milliseconds after another. */
export function after(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds)
}
