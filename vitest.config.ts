import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** Three projects: `unit` (rules, HTTP, properties, docs), `web` (components) and `e2e` (journeys in a real browser). */
export default defineConfig({
  test: {
    // Tests are bound by the processor: one worker for each, where vitest would leave one free.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/web/**', 'test/e2e/**'],
          testTimeout: 30_000,
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'web',
          include: ['test/web/**/*.test.ts'],
          environment: 'happy-dom',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // One browser at a time: two would slow each other until waiting for the page fails.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // On a busy machine a second, the default, is short for a browser and a server together.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
})
