import { app } from '@azure/functions'
import { ConfigError } from '../core/model/errors.ts'
import { theApp } from './app.ts'

app.http('health', {
  methods: ['GET'],
  authLevel: 'function',
  handler: async () => {
    try {
      const report = await theApp().health()
      return { status: report.ok ? 200 : 503, jsonBody: report }
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      return { status: 503, jsonBody: { ok: false, problems: error.problems } }
    }
  },
})
