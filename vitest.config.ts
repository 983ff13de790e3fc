import { defineConfig } from 'vitest/config'

// CI reads the counts from a file; people read them on the screen.
const report = process.env.VITEST_JSON_REPORT

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'simulator/test/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    // Two cores: more workers only wait for one another.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
