import { app } from '@azure/functions'
import { minutes, theApp } from './app.ts'

app.timer('deliver', {
  schedule: '0 * * * * *',
  handler: async (_timer, context) => {
    const { sent, waiting, parked } = await theApp().deliver(minutes(1), context)
    if (sent + waiting + parked > 0)
      context.info(`Alerts: ${sent} sent, ${waiting} waiting, ${parked} refused.`)
  },
})
