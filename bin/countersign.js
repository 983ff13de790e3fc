#!/usr/bin/env node
// The command that npm links: checks the Node version in plain JavaScript, then runs src/main.ts.
import { fileURLToPath } from 'node:url'

process.argv.splice(2, 0, fileURLToPath(new URL('../src/main.ts', import.meta.url)))
await import('../scripts/guard.js')
