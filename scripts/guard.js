// Plain JavaScript, so that an older Node reaches this message instead of a syntax error in a .ts file.
// Usage: node scripts/guard.js [node flags] FILE.ts [arguments]

import { spawn } from 'node:child_process'
import { nodeEnvironment, nodeFlags } from './how-node-starts.js'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 19)) {
  console.error(
    `Countersign needs Node 22.19 or newer; this is ${process.versions.node}.\n` +
      'Run "npm ci" and start it through npm ("npm run demo", "npm run countersign -- serve"): the repository\n' +
      'brings Node 24 as a development dependency and npm puts it first on the PATH.',
  )
  process.exit(1)
}

const child = spawn(process.execPath, [...nodeFlags, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...nodeEnvironment, ...process.env },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
