/** The command line: hands the parts to `run-cli`, which parses and dispatches. */
import { argv, env, stderr, stdout } from 'node:process'
import { chooseCliLocale } from './cli/choose-cli-locale.ts'
import { runCli } from './cli/run-cli.ts'
import { readConfig } from './config/read-config.ts'

// Whoever reads our output may stop before its end (`| head`); the command goes on to its own.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

process.exitCode = await runCli(argv.slice(2), {
  readConfig: () => readConfig(env),
  // Loaded when needed: help and `message inspect` do without the database and the adapters.
  openApp: async (...options) => (await import('./app.ts')).openApp(...options),
  locale: chooseCliLocale(env),
  // Heeds NO_COLOR, FORCE_COLOR and TERM=dumb.
  colours: stdout.isTTY === true && stdout.hasColors(16, env),
  stdout,
  stderr,
})
