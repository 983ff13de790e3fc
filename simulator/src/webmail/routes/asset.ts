import { readFileSync } from 'node:fs'
import type { Answer } from '../http/answer.ts'
import { notFoundPage } from '../pages/problem-page.ts'
import type { Call } from './route.ts'

const types: Readonly<Record<string, string>> = {
  'webmail.css': 'text/css; charset=utf-8',
  'webmail.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
}

const assets = new Map(
  Object.entries(types).map(([name, type]): [string, Answer] => [
    name,
    {
      status: 200,
      headers: { 'Content-Type': type, 'Cache-Control': 'no-cache' },
      body: readFileSync(new URL(`../assets/${name}`, import.meta.url)),
    },
  ]),
)

/** The page's own style, script and icon: nothing is loaded from anywhere else. */
export function asset(call: Call): Answer {
  return assets.get(call.params.name ?? '') ?? notFoundPage(call)
}
