import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'core/{model,engine}/**/*.test.ts',
      'test/{past,windows}.test.ts',
      'core/stores/tally-rows.test.ts',
    ],
    setupFiles: ['test/mutants/setup.ts'],
    pool: 'threads',
    maxWorkers: 1,
  },
})
