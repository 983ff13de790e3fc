import { defineConfig } from 'vitest/config'

// CI reads the counts from a file; people read them on the screen.
const report = process.env.VITEST_JSON_REPORT

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'simulator/test/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/seed-properties.ts'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    // Two cores: more workers only wait for one another.
    maxWorkers: 2,
    // Files share their worker's process. What they import would be loaded anew for each of them, and compiled anew:
    // WebAssembly of PGlite, languages of the reader. No module holds state but caches and no test replaces modules,
    // so there is nothing that a process of its own would keep apart.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
