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
          // Files share the loaded service: to load it for each takes longer than most of its tests.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        plugins: [vue()],
        test: {
          name: 'web',
          include: ['test/web/**/*.test.ts'],
          environment: 'happy-dom',
          // The page keeps state in its modules, so each file has a world of its own, in a process that stays.
          pool: 'vmForks',
          setupFiles: ['test/support/streams.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // One browser at a time, for all files: two would slow each other until waiting for the page fails.
          fileParallelism: false,
          isolate: false,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // On a busy machine a second, the default, is short for a browser and a server together.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
})
