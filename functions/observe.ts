import { app } from '@azure/functions'
import { minutes, theApp } from './app.ts'

app.timer('observe', {
  schedule: '0 4-59/15 * * * *',
  handler: async (_timer, context) => {
    const reports = await theApp().observe(minutes(9), context)
    for (const { observer, problem } of reports)
      context.info(`Observer ${observer}: ${problem === undefined ? 'looked' : problem.code}.`)
  },
})
