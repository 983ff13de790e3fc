import { describe, expect, test } from 'vitest'
import { weekStarts } from './week-starts.ts'

const starts = (now: string, count: number, timeZone: string) =>
  weekStarts(new Date(now), count, timeZone).map(({ startsOn, at }) => `${startsOn} ${at.toISOString()}`)

describe('weeks of a reader’s calendar', () => {
  test('begin on Monday at midnight where the reader is, the present one last', () => {
    expect(starts('2026-11-26T09:00:00Z', 2, 'UTC')).toEqual([
      '2026-11-16 2026-11-16T00:00:00.000Z',
      '2026-11-23 2026-11-23T00:00:00.000Z',
    ])
    expect(starts('2026-11-26T09:00:00Z', 1, 'Asia/Kathmandu')).toEqual([
      '2026-11-23 2026-11-22T18:15:00.000Z',
    ])
  })

  test('are those of the reader’s day: it is Monday already in Auckland, and Sunday still in Los Angeles', () => {
    expect(starts('2026-11-22T20:00:00Z', 1, 'Pacific/Auckland')).toEqual([
      '2026-11-23 2026-11-22T11:00:00.000Z',
    ])
    expect(starts('2026-11-23T05:00:00Z', 1, 'America/Los_Angeles')).toEqual([
      '2026-11-16 2026-11-16T08:00:00.000Z',
    ])
  })

  test('keep midnight when the clocks change, and go over the end of a year', () => {
    expect(starts('2026-10-28T12:00:00Z', 2, 'Europe/Paris')).toEqual([
      '2026-10-19 2026-10-18T22:00:00.000Z',
      '2026-10-26 2026-10-25T23:00:00.000Z',
    ])
    expect(starts('2027-01-05T12:00:00Z', 2, 'Europe/Paris')).toEqual([
      '2026-12-28 2026-12-27T23:00:00.000Z',
      '2027-01-04 2027-01-03T23:00:00.000Z',
    ])
  })
})
