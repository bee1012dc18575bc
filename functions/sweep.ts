import { app } from '@azure/functions'
import { minutes, theApp } from './app.ts'

app.timer('sweep', {
  schedule: '0 17 * * * *',
  handler: async (_timer, context) => {
    const { relisted, dropped } = await theApp().sweep(minutes(9), context)
    context.info(
      `Listed the last ${relisted / 3600} hours again; dropped ${dropped} outdated tables and rows.`,
    )
  },
})
