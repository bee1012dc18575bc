import { app } from '@azure/functions'
import { ConfigError, StoreError } from '../core/model/errors.ts'
import { theApp } from './app.ts'

app.http('health', {
  methods: ['GET'],
  authLevel: 'function',
  handler: async () => {
    try {
      const report = await theApp().health()
      return { status: report.ok ? 200 : 503, jsonBody: report }
    } catch (error) {
      return { status: 503, jsonBody: { ok: false, problems: problemsOf(error) } }
    }
  },
})

/** What an operator can mend. Anything else is a fault of ours, and the host's 500 is the right answer to it. */
function problemsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError) return error.problems
  if (error instanceof StoreError) return [error.message]
  throw error
}
